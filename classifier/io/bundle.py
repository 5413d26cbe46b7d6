"""Model folders: ``manifest.json``, ``estimator.npz`` and ``card.md``. Loading one runs nothing that lies in it."""

import hashlib
import io
import zipfile
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from classifier.errors import ModelError
from classifier.io.write import atomic_writer
from classifier.models.linear import LinearModel
from classifier.scoring.bundle import FORMAT, Bundle
from classifier.scoring.scorer import Scorer

DEFAULT = "signals"
MANIFEST, ARRAYS, CARD = "manifest.json", "estimator.npz", "card.md"
_REQUIRED = {
    "format": int, "families": dict, "measures": list, "positive": str, "usual": list, "versions": dict,
    "check": dict, "data": list, "report": dict,
}  # fmt: skip


def shipped_models() -> dict[str, Path]:
    """Name -> folder of the models that come with the product."""
    packed = Path(str(resources.files("classifier"))) / "shipped"  # in a wheel
    source = Path(__file__).resolve().parents[2] / "models"  # in a checkout
    root = packed if packed.is_dir() else source
    return {path.parent.name: path.parent for path in sorted(root.glob(f"*/{MANIFEST}"))}


def find_model(model: str | PathLike[str] | None) -> Path:
    """The folder of a model given by name or path; None: the default model. ModelError lists what there is."""
    shipped = shipped_models()
    if model is None:
        model = DEFAULT
    if str(model) in shipped:
        return shipped[str(model)]
    path = Path(model)
    if path.is_dir() and (path / MANIFEST).is_file():
        return path
    if path.exists():
        raise ModelError(f"{path} is no model folder (it has no {MANIFEST}); give the folder that `misinfo train --out` wrote")
    raise ModelError(
        f"there is no model {str(model)!r}; give a model folder, or one of those shipped: {', '.join(sorted(shipped)) or 'none'}"
    )


def read_bundle(folder: Path) -> Bundle:
    """Read a model folder; ModelError names the file and the remedy."""
    try:
        manifest_bytes = (folder / MANIFEST).read_bytes()
        array_bytes = (folder / ARRAYS).read_bytes()
    except OSError as error:
        raise ModelError(f"the model file {error.filename} can't be read ({error.strerror}); get the model again") from error
    manifest = _manifest(folder, manifest_bytes)
    try:
        with np.load(io.BytesIO(array_bytes), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        model = LinearModel(**arrays)
    except (ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile, OSError) as error:
        raise ModelError(f"{folder / ARRAYS} is damaged ({error}); get the model again") from error
    if len(model.coef) != len(manifest["measures"]) or np.shape(manifest["usual"]) != (len(model.coef), 2):
        raise ModelError(f"{folder}: manifest and arrays do not belong together; get the model again")
    digest = hashlib.sha256(manifest_bytes + array_bytes).hexdigest()
    return Bundle(folder.resolve().name, manifest, model, digest)


def _manifest(folder: Path, data: bytes) -> dict[str, Any]:
    where = folder / MANIFEST
    try:
        manifest = msgspec.json.decode(data, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise ModelError(f"{where} is damaged ({error}); get the model again") from error
    if manifest.get("format") != FORMAT:
        raise ModelError(
            f"{where} has the format version {manifest.get('format')!r} and this version of misinfo reads {FORMAT};"
            " install the version that made it, or train it again with `misinfo train`"
        )
    for key, kind in _REQUIRED.items():
        if not isinstance(manifest.get(key), kind):
            raise ModelError(f"{where} lacks {key!r}; get the model again")
    return manifest


def write_bundle(manifest: dict[str, Any], model: LinearModel, card: str, folder: Path) -> Bundle:
    """Write a model folder, each file atomically, the manifest last; the same model gives the same bytes."""
    if folder.exists() and not folder.is_dir():
        raise ModelError(f"{folder} is a file; give --out a folder")
    folder.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    np.savez(packed, **model.arrays())  # type: ignore[arg-type]
    with atomic_writer(folder / ARRAYS, binary=True) as out:
        out.write(packed.getvalue())
    with atomic_writer(folder / CARD) as text:
        text.write(card)
    encoded = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    with atomic_writer(folder / MANIFEST, binary=True) as out:
        out.write(encoded)
    return read_bundle(folder)


def load_scorer(model: str | PathLike[str] | None = None) -> Scorer:
    """A scorer for a shipped model's name or a model folder; None: the default model."""
    return Scorer(read_bundle(find_model(model)))
