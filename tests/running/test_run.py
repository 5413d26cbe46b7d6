"""The logic of a run with workers that are only played: what is lost, tried again, merged and counted."""

import io
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from classifier.cli.forms import AnswersShown, MarkingLines, MarkingsShown, Results
from classifier.cli.terminal import Page
from classifier.errors import InputError, MisinfoError, ModelError
from classifier.io.bundle import load_scorer
from classifier.io.ranges import read_chunks
from classifier.io.results import ResultFormat, ResultTable
from classifier.io.runs import RunFolder
from classifier.running.chunks import numbered
from classifier.running.pool import LostError
from classifier.running.run import Run, Watcher
from classifier.running.work import Form, Marks, Scoring, Work, answer
from classifier.text.document import Document, Reject

SIZE = 8


class Played:
    """A pool in this process. A text with KILL in it loses the worker, ONCE the first time only."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.calls: list[int] = []

    def each(self, tasks: Iterator[Any]) -> Generator[Any, None, None]:
        waiting: list[Any] = []
        for task in tasks:  # one ahead, as joblib is
            waiting.append(task)
            if len(waiting) > 1:
                yield self.alone(waiting.pop(0))
        for task in waiting:
            yield self.alone(task)

    def alone(self, task: Any) -> Any:
        call, arguments, _ = task
        documents = arguments[-1]
        self.calls.append(len(documents))
        for document in documents:
            if "KILL" in document.raw:
                raise LostError
            if "ONCE" in document.raw and document.raw not in self.seen:
                self.seen.add(document.raw)
                raise LostError
        return call(*arguments)


class Heard(Watcher):
    def __init__(self, stop_after: int = 10**9) -> None:
        self.tally: Counter[str] = Counter()
        self.rejects: list[Reject] = []
        self.notes: list[str] = []
        self._left = stop_after

    def stops(self) -> bool:
        return self._left <= 0

    def finished(self, tally: Counter[str], rejects: list[Reject], *, earlier: bool) -> None:
        self.tally += tally
        self.rejects += rejects
        self._left -= not earlier

    def noticed(self, note: str) -> None:
        self.notes.append(note)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    rows = [f'r{i},"The mill may close, {i} men said. It was built in 1904."' for i in range(5 * SIZE - 3)]
    rows[9] = "r9,"
    path.write_text("id,text\n" + "\n".join(rows) + "\n")
    return path


def run(source: Path, work: Work, form: Form, pool: Any, heard: Heard, *, resume: bool = False) -> Run:
    out = source.with_name("out")
    facts = {"command": "score"}
    with RunFolder(out, facts, [str(source)], "auto", resume=resume) as folder:
        going = Run(work, form, folder, pool, heard)
        going.to_end(numbered(read_chunks([str(source)], size=SIZE)))
        if going.complete:
            folder.join(form.join, source.with_name("rejects"), going.chunks)
    return going


@pytest.fixture
def work(small_model: Path) -> Scoring:
    return Scoring(load_scorer(small_model).bundle)


def forms() -> list[Form]:
    tables = [ResultTable(format_, signals=format_ == "jsonl") for format_ in ResultFormat]
    return [*map(Results, tables), AnswersShown(Page(80, False), False)]


@pytest.mark.parametrize("form", forms(), ids=["jsonl", "csv", "parquet", "text"])
def test_output_is_that_of_one_go_whatever_is_lost(form: Form, work: Scoring, source: Path) -> None:
    text = source.read_text()
    source.write_text(text.replace(" 12 men", " 12 men KILL").replace(" 30 men", " 30 ONCE men"))
    heard = Heard()
    going = run(source, work, form, Played(), heard)
    assert going.complete and not source.with_name("out.parts").exists()
    n = 5 * SIZE - 3
    assert heard.tally == {"abstained": n - 2, "rejected": 2}
    assert [(r.code, r.file, r.record, r.line, r.id) for r in heard.rejects] == [
        ("empty_text", str(source), 10, 11, "r9"),
        ("worker_lost", str(source), 13, 14, "r12"),
    ]
    documents = [found for chunk in read_chunks([str(source)]) for found in chunk.records]
    answers = work.open()([d for d in documents if isinstance(d, Document) and "KILL" not in d.raw])
    (source.parent / "whole").write_bytes(form.part(answers))
    in_one_go = io.BytesIO()
    form.join([source.parent / "whole"], in_one_go)
    assert source.with_name("out").read_bytes() == in_one_go.getvalue()
    assert source.with_name("rejects").read_bytes().count(b"\n") == 2


def test_stopped_and_resumed_any_number_of_times_gives_the_same(work: Scoring, source: Path) -> None:
    form = forms()[0]
    run(source, work, form, Played(), Heard())
    expected = source.with_name("out").read_bytes(), source.with_name("rejects").read_bytes()
    source.with_name("out").unlink()
    pool = Played()
    for _ in range(9):
        if run(source, work, form, pool, Heard(stop_after=1), resume=True).complete:
            break
    assert (source.with_name("out").read_bytes(), source.with_name("rejects").read_bytes()) == expected
    assert sum(pool.calls) == 5 * SIZE - 4  # each document once


def test_marks_are_joined_too(source: Path) -> None:
    for form in (MarkingLines(), MarkingsShown(Page(80, False))):
        heard = Heard()
        run(source, Marks(("hedges",)), form, Played(), heard)
        assert heard.tally == {"marked": 5 * SIZE - 4, "rejected": 1}
        assert source.with_name("out").read_bytes().count(b"r1") > 0


def test_a_pool_that_never_lives_is_no_reason_to_reject(work: Scoring, source: Path) -> None:
    class Dead(Played):
        def alone(self, task: Any) -> Any:
            raise LostError

    with pytest.raises(MisinfoError, match="can't be kept alive even without an article"):
        run(source, work, forms()[0], Dead(), Heard())
    assert not source.with_name("out").exists()


def test_what_reading_raises_comes_when_the_rest_is_done(work: Scoring, source: Path) -> None:
    def broken() -> Iterator[Any]:
        yield from list(read_chunks([str(source)], size=SIZE))[:2]
        raise InputError("in.csv: went away; bring it back")

    heard = Heard()
    out = source.with_name("out")
    with RunFolder(out, {}, [str(source)], "auto", resume=False) as folder:
        going = Run(work, forms()[0], folder, Played(), heard)
        with pytest.raises(InputError, match="went away"):
            going.to_end(numbered(broken()))
    assert sorted(folder.finished) == [0, 1] and not going.complete


def test_another_version_in_a_worker_is_refused(work: Scoring) -> None:
    with pytest.raises(ModelError, match=r"a worker has version .* and this process 0\.0"):
        answer(work, forms()[0], "0.0", ())


def test_records_are_told_apart_by_all_that_is_answered(source: Path) -> None:
    texts = {chunk.texts() for chunk in numbered(read_chunks([str(source)], size=SIZE))}
    for old, new in ((" 3 men", " 4 men"), ("r3,", "r03,"), ("r9,", "r9,x")):
        source_text = source.read_text()
        source.write_text(source_text.replace(old, new))
        changed = {chunk.texts() for chunk in numbered(read_chunks([str(source)], size=SIZE))}
        assert len(changed - texts) == 1, old
        source.write_text(source_text)
