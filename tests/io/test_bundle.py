"""Model folders: what is written is read, what is damaged or foreign is refused, and nothing in it runs."""

import io
import json
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_articles import articles, trained, trained_on_wording, written

from classifier.errors import MisinfoError, ModelError
from classifier.io import bundle as bundles
from classifier.io.bundle import ARRAYS, CARD, MANIFEST, find_model, load_scorer, read_bundle, write_bundle
from classifier.io.card import card
from classifier.scoring.bundle import FORMAT
from classifier.scoring.estimator import Estimator
from classifier.scoring.scorer import Scorer

Change = Callable[[dict[str, Any]], Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "small")


def change(folder: Path, how: Change) -> None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    how(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def put_arrays(folder: Path, data: bytes) -> None:
    """Other arrays, with a manifest that vouches for them."""
    import hashlib

    (folder / ARRAYS).write_bytes(data)
    change(folder, lambda m: m.update(estimator_sha256=hashlib.sha256(data).hexdigest()))


def packed(**arrays: Any) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def test_round_trip(folder: Path) -> None:
    there = trained()
    back = read_bundle(folder)
    assert back.name == "small"
    assert {k: v for k, v in back.manifest.items() if k != "estimator_sha256"} == json.loads(
        json.dumps(there.manifest)
    )
    for name, array in there.estimator.arrays().items():
        np.testing.assert_array_equal(back.estimator.arrays()[name], array)
    assert (folder / CARD).read_text(encoding="utf-8") == card(back.manifest)
    assert sorted(path.name for path in folder.iterdir()) == sorted((MANIFEST, ARRAYS, CARD))
    assert back.check() is None


def test_the_same_model_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "elsewhere")
    for name in (MANIFEST, ARRAYS, CARD):
        assert (other / name).read_bytes() == (folder / name).read_bytes()
    assert read_bundle(other).sha256 == read_bundle(folder).sha256
    assert read_bundle(other).name == "small"  # the model's own name, not the folder's


def test_the_manifest_has_what_a_reader_needs(folder: Path) -> None:
    manifest = read_bundle(folder).manifest
    m = len(manifest["measures"])
    assert manifest["format"] == FORMAT
    assert set(manifest["families"]) == {"hedges", "sourcing"}
    assert all(len(f["lexicon_sha256"]) == 64 for f in manifest["families"].values())
    assert (
        len(manifest["usual"])
        == len(manifest["check"]["measures"])
        == m
        == len(read_bundle(folder).estimator.model.curves)
        == sum(map(len, manifest["groups"]))
    )
    assert [d["articles"] for d in manifest["data"]] == [120]
    assert all(len(d["sha256"]) == 64 for d in manifest["data"])
    assert {"python", "misinfo-signals", "numpy", "scikit-learn", "scipy"} <= set(manifest["versions"])
    assert manifest["thresholds"] == {"body_words": 75, "running_text": 0.5}
    for figures in (manifest["report"]["estimates"], manifest["random_folds"]):
        assert all(set(e) == {"value", "low", "high"} for e in figures.values())
        assert figures["auroc"]["low"] <= figures["auroc"]["value"] <= figures["auroc"]["high"]


@pytest.mark.parametrize("number", [FORMAT + 1, 0, None, "1", [1]])
def test_another_format_is_refused_with_both_numbers(folder: Path, number: Any) -> None:
    (folder / MANIFEST).write_text(json.dumps({"format": number}), encoding="utf-8")
    with pytest.raises(ModelError) as refused:
        read_bundle(folder)
    says = str(refused.value)
    assert f"format version {number!r}" in says
    assert f"reads {FORMAT}" in says
    assert "misinfo train" in says
    assert str(folder / MANIFEST) in says


@pytest.mark.parametrize("name", [MANIFEST, ARRAYS])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "noise", "folder"])
def test_missing_and_damaged_files(folder: Path, name: str, damage: str) -> None:
    path = folder / name
    data = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage != "missing":
        path.write_bytes(
            {"empty": b"", "cut": data[: len(data) // 2], "noise": b"\xff\xfe" + data[2:]}[damage]
        )
    with pytest.raises(ModelError, match="get the model again") as refused:
        read_bundle(folder)
    assert str(path) in str(refused.value)


def drop(name: str) -> Change:
    return lambda m: m.pop(name)


def put(name: str, value: Any) -> Change:
    return lambda m: m.update({name: value})


@pytest.mark.parametrize(
    ("how", "says"),
    [
        *(
            (drop(name), name)
            for name in (
                "measures",
                "families",
                "positive",
                "usual",
                "groups",
                "thresholds",
                "check",
                "report",
            )
        ),
        *(
            (drop(name), name)
            for name in ("versions", "data", "options", "left_out", "random_folds", "prevalence", "promise")
        ),
        (put("measures", "hedges"), "measures"),
        (put("families", {"hedges": {}}), "lexicon_sha256"),
        (put("usual", [[0]]), "usual"),
        (put("prevalence", 1.5), "prevalence"),
        (put("thresholds", {"body_words": -1, "running_text": 0.5}), "body_words"),
        (put("thresholds", {"body_words": 75, "running_text": 0.5, "mood": 1}), "mood"),
        (put("data", [{"corpus": "x"}]), "data"),
        (put("groups", [[0], [0]]), "partition"),
        (put("promise", {"confidence": 0.95}), "promise"),
        (lambda m: m["check"].update(probability=2), "probability"),
        (lambda m: m["check"]["measures"].pop(), "lists of measures"),
        (lambda m: m["usual"].pop(), "lists of measures"),
        (lambda m: m["measures"].__setitem__(0, m["measures"][1]), "lists of measures"),
        (lambda m: m["report"]["rivals"].update(tfidf={}), "rival"),
        (lambda m: m["report"]["estimates"].update(auroc=0.5), "auroc|estimates"),
    ],
)
def test_damaged_manifests(folder: Path, how: Change, says: str) -> None:
    change(folder, how)
    with pytest.raises(ModelError, match=says) as refused:
        read_bundle(folder)
    assert "get the model again" in str(refused.value)


def test_unknown_fields_are_no_harm(folder: Path) -> None:
    change(folder, put("added_by_a_later_version", {"x": 1}))
    assert read_bundle(folder).name == "small"


class Trap:
    """Unpickled, it would call a function; the test fails if it ever does."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (pytest.fail, ("a pickle was run",))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            lambda good: packed(**(good | {"curves": np.array([Trap()], dtype=object)})), id="object array"
        ),
        pytest.param(
            lambda good: packed(**good, extra=np.array([Trap()], dtype=object)), id="object array beside"
        ),
        pytest.param(lambda good: pickle.dumps(Trap()), id="pickle for npz"),
        pytest.param(
            lambda good: with_member(packed(**good), "curves.npy", pickle.dumps(Trap())), id="pickle in npz"
        ),
    ],
)
def test_no_pickle_runs(folder: Path, data: Callable[[dict[str, Any]], bytes]) -> None:
    put_arrays(folder, data(trained().estimator.arrays()))
    with pytest.raises(ModelError, match="damaged"):
        read_bundle(folder)


def doubled() -> Estimator:
    """Another model: the same with curves twice as steep."""
    arrays = trained().estimator.arrays()
    return Estimator.from_arrays(arrays | {"curves": arrays["curves"] * 2})


def with_member(archive: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            new.writestr(member, data if member == name else old.read(member))
    return out.getvalue()


@pytest.mark.parametrize(
    "how",
    [
        lambda a: a.pop("curves"),
        lambda a: a.pop("drawn_curves"),
        lambda a: a.pop("wording.idf"),
        lambda a: a.pop("novelty.span"),
        lambda a: a.update(extra=np.zeros(1)),
        lambda a: a.update({"novelty.extra": np.zeros(1)}),
        lambda a: a.update(curves=a["curves"][1:]),
        lambda a: a.update(curves=a["curves"].astype(np.float32)),
        lambda a: a.update(curves=a["curves"] * np.nan),
        lambda a: a.update(calibration=-a["calibration"]),
        lambda a: a.update(knots=a["knots"][:, ::-1]),
        lambda a: a.update({k: a[k][1:] for k in ("knots", "curves")}, drawn_curves=a["drawn_curves"][:, 1:]),
        lambda a: a.update(weights=a["weights"][1:], drawn_weights=a["drawn_weights"][:, 1:]),
        lambda a: [a.pop(f"wording.{name}") for name in ("words", "keys", "idf", "usual")],
        lambda a: a.update({"wording.keys": a["wording.keys"][::-1]}),
        lambda a: a.update({"wording.keys": a["wording.keys"].astype(np.float64)}),
        lambda a: a.update({"wording.usual": a["wording.usual"][1:]}),
        lambda a: a.update({"novelty.span": a["novelty.span"][1:]}),
        lambda a: a.update({"novelty.threshold": a["novelty.threshold"] * np.nan}),
    ],
)
def test_arrays_that_make_no_model(folder: Path, how: Change) -> None:
    arrays: dict[str, Any] = dict(trained_on_wording().estimator.arrays())
    how(arrays)
    put_arrays(folder, packed(**arrays))
    with pytest.raises(ModelError, match="get the model again") as refused:
        read_bundle(folder)
    assert str(folder / ARRAYS) in str(refused.value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), cut=st.booleans())
def test_any_damaged_byte_is_a_model_error_or_harmless(folder: Path, at: float, byte: int, cut: bool) -> None:
    good = packed(**trained().estimator.arrays())
    place = int(at * len(good))
    data = good[:place] + (b"" if cut else bytes([byte]) + good[place + 1 :])
    put_arrays(folder, data)
    try:
        estimator = read_bundle(folder).estimator
    except ModelError:
        return
    for name, array in trained().estimator.arrays().items():
        np.testing.assert_array_equal(estimator.arrays()[name], array)


def test_arrays_of_another_model_are_noticed(folder: Path) -> None:
    (folder / ARRAYS).write_bytes(packed(**doubled().arrays()))
    with pytest.raises(ModelError, match="of another model"):
        read_bundle(folder)


def test_another_word_list_is_refused(folder: Path) -> None:
    change(folder, lambda m: m["families"]["hedges"].update(lexicon_sha256="0" * 64))
    bundle = read_bundle(folder)  # its card can still be read
    with pytest.raises(ModelError) as refused:
        Scorer(bundle)
    says = str(refused.value)
    assert "word list of 'hedges'" in says
    assert "misinfo train" in says
    assert bundle.manifest["versions"]["misinfo-signals"] in says


def test_a_measure_that_is_gone_is_refused(folder: Path) -> None:
    change(folder, lambda m: m["measures"].__setitem__(0, "hedges.gone"))
    with pytest.raises(ModelError, match=r"hedges\.gone.*misinfo train"):
        load_scorer(folder)


def test_a_family_that_is_not_installed_is_named(folder: Path) -> None:
    change(folder, lambda m: m["families"].update(astrology={"lexicon_sha256": "0" * 64}))
    with pytest.raises(MisinfoError, match="astrology"):
        load_scorer(folder)


@pytest.mark.parametrize(
    "how",
    [
        lambda m: m["check"].update(text=m["check"]["text"] + "\nPerhaps it may not."),
        lambda m: m["check"].update(probability=m["check"]["probability"] + 1e-6),
        lambda m: m["check"]["measures"].__setitem__(0, None),
        lambda m: m["check"]["measures"].__setitem__(0, 99.0),
    ],
)
def test_the_check_article_tells_when_marks_changed(folder: Path, how: Change) -> None:
    assert read_bundle(folder).check() is None
    change(folder, how)
    says = read_bundle(folder).check()
    assert says is not None
    assert "marks have changed" in says
    assert "misinfo train" in says


def test_finding_models(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "shipped_models", lambda: {"signals": folder, "wording": folder})
    assert find_model(None) == find_model("signals") == find_model("wording") == folder
    assert find_model(folder) == find_model(str(folder)) == folder
    with pytest.raises(ModelError, match=r"no model 'astrology'.*signals, wording"):
        find_model("astrology")
    with pytest.raises(ModelError, match="no model folder"):
        find_model(tmp_path)
    with pytest.raises(ModelError, match="no model folder"):
        find_model(folder / CARD)


def test_every_shipped_model_can_be_used() -> None:
    if not bundles.shipped_models():
        pytest.skip("no model is shipped yet")
    assert bundles.DEFAULT in bundles.shipped_models()
    for name, path in bundles.shipped_models().items():
        scorer = load_scorer(name)
        assert scorer.bundle.name == name
        assert scorer.bundle.check() is None
        assert (path / CARD).read_text(encoding="utf-8") == card(scorer.bundle.manifest)


def test_folders_that_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(ModelError, match="--out"):
            write_bundle(trained().manifest, trained().estimator, "", out)


def test_a_model_can_be_written_over_another(folder: Path) -> None:
    other = write_bundle(trained().manifest, doubled(), "a card", folder)
    np.testing.assert_array_equal(other.estimator.model.curves, trained().estimator.model.curves * 2)


def test_the_card_is_one_table_safe_text(folder: Path) -> None:
    manifest = json.loads(json.dumps(trained().manifest))
    manifest["data"][0]["corpus"] = "a|b"
    text = card(manifest)
    assert "| a\\|b | 120 | 60 | 12 |" in text
    for needed in ("*unreliable*", "*reliable*", "75 words", "hedges.per_100_words", "random folds", "tfidf"):
        assert needed in text


HEAVY = ("sklearn", "scipy", "joblib", "pandas", "pyarrow", "typer")


def imported(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_scoring_loads_neither_scikit_learn_nor_scipy(folder: Path) -> None:
    text = articles(1)[0].document.raw
    code = f"""
import classifier
answer = classifier.load_scorer({str(folder)!r}).score({text!r})
assert answer.score
answer.to_dict(signals=True)"""
    assert not imported(code) & set(HEAVY)


def test_importing_the_package_loads_almost_nothing() -> None:
    assert not imported("import classifier") & {*HEAVY, "numpy", "msgspec"}
