"""Tables in, the same tables with scores out."""

import sys
from pathlib import Path
from typing import Any

import pytest
from invented_articles import articles, written

from classifier.errors import InputError
from classifier.io.bundle import load_scorer
from classifier.scoring import frames
from classifier.scoring.frames import NO_TEXT, score_frame
from classifier.scoring.scorer import Scorer

pytest.importorskip("narwhals", reason="the extra `frames` is not installed")
TEXTS = [
    *(a.document.raw for a in articles(4, seed=8)),
    "Short.",
    None,
    "",
    articles(1, seed=9)[0].document.raw,
]
NEW = ["probability", "low", "high", "label", "abstained", "says"]


@pytest.fixture(scope="module")
def scorer(tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    return load_scorer(written(tmp_path_factory.mktemp("models") / "small"))


def made(kind: str, columns: dict[str, list[Any]]) -> Any:
    library = pytest.importorskip(kind.partition(" ")[0], reason=f"{kind} is not installed")
    match kind:
        case "pandas":
            return library.DataFrame(columns, index=[n // 2 for n in range(len(columns["text"]))])
        case "pandas strings":
            return library.DataFrame(columns).astype({"text": "string"})
        case "polars":
            return library.DataFrame(columns)
        case "polars lazily":
            return library.LazyFrame(columns)
        case _:
            return library.table(columns)


def rows(frame: Any) -> list[dict[str, Any]]:
    """Rows with None for what is missing."""
    kind = type(frame).__module__.partition(".")[0]
    if kind == "pyarrow":
        return frame.to_pylist()  # type: ignore[no-any-return]
    if kind == "polars":
        return frame.lazy().collect().to_dicts()  # type: ignore[no-any-return]
    plain = frame.astype(object).where(frame.notna(), None)
    return plain.to_dict("records")  # type: ignore[no-any-return]


KINDS = ["pandas", "pandas strings", "polars", "polars lazily", "pyarrow"]


@pytest.mark.parametrize("kind", KINDS)
def test_scores_are_those_of_score_many(scorer: Scorer, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "BATCH", 3)
    frame = made(kind, {"nr": list(range(len(TEXTS))), "text": TEXTS})
    scored = score_frame(scorer, frame)
    assert type(scored) is type(frame)
    got = rows(scored)
    assert [list(row) for row in got] == [["nr", "text", *NEW]] * len(TEXTS)
    assert [(row["nr"], row["text"]) for row in got] == list(enumerate(TEXTS))
    for row, text in zip(got, TEXTS, strict=True):
        if text is None:
            assert [row[name] for name in NEW] == [None] * 4 + [NO_TEXT, "the row has no text"]
            continue
        answer = scorer.score(text)
        if answer.score is None:
            assert answer.abstained is not None
            assert [row[name] for name in NEW] == [None] * 4 + [answer.abstained.code, answer.abstained.says]
        else:
            score = answer.score
            assert [row[name] for name in NEW[:4]] == [score.probability, score.low, score.high, score.label]
            reasons = score.reasons()
            assert (row["abstained"], row["says"]) == (None, reasons[0].says if reasons else None)
    if kind == "pandas":
        assert list(scored.index) == list(frame.index)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_table_and_one_without_scores_have_the_same_types(scorer: Scorer, kind: str) -> None:
    import narwhals as nw

    for texts in (["Short."], TEXTS[:2]):
        scored = nw.from_native(score_frame(scorer, made(kind, {"text": texts}))).lazy().collect()
        kinds = [scored.schema[name] for name in NEW]
        assert kinds[:3] == [nw.Float64] * 3
        assert all(found in (nw.String, nw.Object) for found in kinds[3:])
    empty = made(kind, {"text": TEXTS[:1]})
    empty = empty.slice(0, 0) if kind in ("pyarrow", "polars", "polars lazily") else empty[:0]
    assert rows(score_frame(scorer, empty)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_title_and_prefix(scorer: Scorer, kind: str) -> None:
    frame = made(
        kind, {"text": TEXTS[:2], "body": TEXTS[:2], "head": ["Gate may be shut", None], "low": [1, 2]}
    )
    got = rows(score_frame(scorer, frame, "body", title="head", prefix="misinfo_"))
    assert [row["low"] for row in got] == [1, 2]
    assert list(got[0])[-6:] == [f"misinfo_{name}" for name in NEW]
    from classifier import Document

    wanted = scorer.score(Document("0", str(TEXTS[0]), "Gate may be shut")).score
    assert wanted is not None
    assert got[0]["misinfo_probability"] == wanted.probability


def test_nothing_is_scored_before_it_is_collected(scorer: Scorer, monkeypatch: pytest.MonkeyPatch) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    scored: list[int] = []
    plain = Scorer.score_many
    monkeypatch.setattr(Scorer, "score_many", lambda self, texts: scored.append(1) or plain(self, texts))
    lazy = score_frame(scorer, polars.LazyFrame({"nr": [0, 1], "text": TEXTS[:2]}))
    assert not scored
    assert lazy.filter(polars.col("nr") == 1).select("probability").collect().shape == (1, 1)
    assert scored


@pytest.mark.parametrize(
    ("columns", "options", "sentence"),
    [
        ({"body": ["x"]}, {}, "the table has no column 'text' (columns: 'body'); name the right one"),
        ({"text": ["x"]}, {"title": "head"}, "no column 'head'"),
        ({"text": [1]}, {}, "the column 'text' holds Int64; give one that holds strings"),
        ({"text": ["x"], "low": [1]}, {}, "has a column 'low' already; give a prefix"),
    ],
)
@pytest.mark.parametrize("kind", ["pandas strings", "polars", "polars lazily", "pyarrow"])
def test_what_can_not_be_scored(scorer: Scorer, kind: str, columns: Any, options: Any, sentence: str) -> None:
    if kind == "pandas strings":
        frame = pytest.importorskip("pandas", reason="pandas is not installed").DataFrame(columns)
    else:
        frame = made(kind, columns)
    with pytest.raises(InputError) as caught:
        score_frame(scorer, frame, **options)
    assert sentence in str(caught.value)


def test_a_number_among_the_texts_is_told_with_its_row(scorer: Scorer) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    with pytest.raises(InputError, match="row 1 of the column 'text' holds a int; give strings or nulls"):
        score_frame(scorer, pandas.DataFrame({"text": ["x", 5]}))


def test_other_things_are_no_tables(scorer: Scorer) -> None:
    with pytest.raises(InputError, match="list is no table known here; give a pandas or polars DataFrame"):
        score_frame(scorer, [{"text": "x"}])


def test_without_narwhals_the_remedy_is_told(scorer: Scorer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(InputError, match=r"not installed; install it with: .*misinfo-signals\[frames\]"):
        score_frame(scorer, [])


def test_the_module_loads_no_library(tmp_path: Path) -> None:
    import subprocess

    code = (
        "import sys, classifier.scoring.frames as f;"
        "print(sorted({'narwhals', 'pandas', 'polars', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
