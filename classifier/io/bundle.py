"""Model folders: ``manifest.json``, ``estimator.npz`` and ``card.md``. Loading one runs nothing in it."""

import hashlib
import io
import struct
import zipfile
import zlib
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from classifier.errors import ModelError
from classifier.io.manifest import checked_manifest
from classifier.io.write import atomic_writer
from classifier.scoring.bundle import Bundle
from classifier.scoring.estimator import Estimator
from classifier.scoring.scorer import Scorer

DEFAULT = "signals"
MANIFEST, ARRAYS, CARD = "manifest.json", "estimator.npz", "card.md"

# What zipfile and numpy raise on bytes that are no archive of plain arrays; an object array is a ValueError.
_DAMAGED = (
    ValueError,
    TypeError,
    KeyError,
    EOFError,
    OSError,
    MemoryError,
    RuntimeError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def shipped_models() -> dict[str, Path]:
    """Name -> folder of the models that come with the product."""
    packed = Path(str(resources.files("classifier"))) / "shipped"  # in a wheel
    source = Path(__file__).resolve().parents[2] / "models"  # in a checkout
    root = packed if packed.is_dir() else source
    return {path.parent.name: path.parent for path in sorted(root.glob(f"*/{MANIFEST}"))}


def find_model(model: str | PathLike[str] | None) -> Path:
    """The folder of a model given by name or path; None: the default. ModelError lists what there is."""
    shipped = shipped_models()
    if model is None:
        model = DEFAULT
    if str(model) in shipped:
        return shipped[str(model)]
    path = Path(model)
    if path.is_dir() and (path / MANIFEST).is_file():
        return path
    if path.exists():
        raise ModelError(
            f"{path} is no model folder (it has no {MANIFEST}); give the folder that `misinfo train"
            " --out` wrote"
        )
    raise ModelError(
        f"there is no model {str(model)!r}; give a model folder, or one of those shipped:"
        f" {', '.join(sorted(shipped)) or 'none'}"
    )


def read_bundle(folder: Path) -> Bundle:
    """Read a model folder; ModelError names the file and the remedy."""
    manifest_bytes, array_bytes = _read(folder / MANIFEST), _read(folder / ARRAYS)
    manifest = checked_manifest(manifest_bytes, str(folder / MANIFEST))
    if manifest["estimator_sha256"] != hashlib.sha256(array_bytes).hexdigest():
        raise ModelError(
            f"{folder / ARRAYS} is damaged or of another model than {MANIFEST} beside it; get the model again"
        )
    estimator = _arrays(array_bytes, str(folder / ARRAYS))
    if len(estimator.model.knots) != len(manifest["measures"]):
        raise ModelError(
            f"{folder / ARRAYS} has {len(estimator.model.knots)} curves for {len(manifest['measures'])} measures;"
            " get the model again"
        )
    digest = hashlib.sha256(manifest_bytes + array_bytes).hexdigest()
    return Bundle(manifest["name"], manifest, estimator, digest)


def write_bundle(manifest: dict[str, Any], estimator: Estimator, card: str, folder: Path) -> Bundle:
    """Write a model folder, each file atomically, the manifest last; the same model gives the same bytes.

    The manifest gets the hash of the arrays, so that a folder written half over another is noticed.
    ModelError where the folder can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ModelError(f"{folder} is a file; give --out a folder") from error
    except OSError as error:
        raise ModelError(
            f"the folder {folder} can't be made ({error.strerror}); give --out another one"
        ) from error
    packed = io.BytesIO()
    np.savez_compressed(packed, **estimator.arrays())  # type: ignore[arg-type]
    data = packed.getvalue()
    whole = manifest | {"estimator_sha256": hashlib.sha256(data).hexdigest()}
    with atomic_writer(folder / ARRAYS, binary=True) as out:
        out.write(data)
    with atomic_writer(folder / CARD) as text:
        text.write(card)
    with atomic_writer(folder / MANIFEST, binary=True) as out:
        out.write(msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n")
    return read_bundle(folder)


def load_scorer(
    model: str | PathLike[str] | None = None,
    *,
    risk: float | None = None,
    prevalence: float | None = None,
) -> Scorer:
    """A scorer for a shipped model's name or a model folder; None: the default model. See `Scorer`."""
    return Scorer(read_bundle(find_model(model)), risk=risk, prevalence=prevalence)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"the model file {path} can't be read ({error.strerror}); get the model again"
        ) from error


def _arrays(data: bytes, where: str) -> Estimator:
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            return Estimator.from_arrays({name: stored[name] for name in stored.files})
    except ModelError as error:
        raise ModelError(f"{where}: {error}") from error
    except _DAMAGED as error:
        raise ModelError(f"{where} is damaged ({error}); get the model again") from error
