"""`misinfo score`: a probability with its reasons for each article, or why there is none."""

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.exits import tell
from classifier.cli.long import Asked, LongRun, begun, to_end
from classifier.cli.options import (
    Cluster,
    Encoding,
    IdColumn,
    InputFormat,
    Inputs,
    Model,
    Out,
    Quiet,
    Rejects,
    Resume,
    TextColumn,
    TitleColumn,
    Workers,
)
from classifier.cli.records import Rejected, keep_apart, on_terminal, output, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classifier.running.work import Form
    from classifier.scoring.answers import Answer


class ScoreFormat(StrEnum):
    """Output formats of `misinfo score`."""

    TEXT = "text"
    JSONL = "jsonl"


def score(
    inputs: Inputs,
    model: Model = None,
    format_: Annotated[
        ScoreFormat | None,
        typer.Option("--format", help="Default: text on a terminal, else jsonl.", show_default=False),
    ] = None,
    out: Out = None,
    rejects: Rejects = None,
    signals: Annotated[
        bool, typer.Option("--signals", help="Add everything that `misinfo mark` says (jsonl).")
    ] = False,
    all_reasons: Annotated[
        bool,
        typer.Option("--all-reasons", help="Give the contribution of every measure, not only the largest."),
    ] = False,
    text: TextColumn = None,
    title: TitleColumn = None,
    id_: IdColumn = None,
    encoding: Encoding = None,
    input_format: InputFormat = "auto",
    workers: Workers = None,
    cluster: Cluster = None,
    resume: Resume = False,
    quiet: Quiet = False,
) -> int:
    """Score articles: a probability with its reasons, or why none can be given."""
    from classifier.cli.forms import AnswerLines, AnswersShown
    from classifier.cli.show import Page
    from classifier.io import Columns, default_rejects_path
    from classifier.io.bundle import load_scorer
    from classifier.io.read import read_placed

    asked = Asked(workers, cluster, resume, quiet)
    asked.check(out)
    scorer = load_scorer(model)
    if changed := scorer.bundle.check():
        tell(changed)
    keep_apart(inputs, out, rejects)
    rejects = rejects or default_rejects_path(out, inputs)
    chosen = format_ or (ScoreFormat.TEXT if on_terminal(out) else ScoreFormat.JSONL)
    form: Form
    if chosen is ScoreFormat.TEXT:
        form = AnswersShown(Page.of(on_terminal(out)), all_reasons)
    else:
        form = AnswerLines(signals, all_reasons)
    columns = Columns(text=text, title=title, id=id_)
    records, chunks = begun(
        read_placed(inputs, columns=columns, encoding=encoding, input_format=input_format, notes=tell), out
    )
    if chunks is not None and out is not None:
        from classifier.running.work import Scoring

        facts = {
            "command": "score",
            "model": f"{scorer.bundle.name} {scorer.bundle.sha256}",
            "--format": chosen.value,
            "--signals": signals,
            "--all-reasons": all_reasons,
            "--text": text,
            "--title": title,
            "--id": id_,
            "--encoding": encoding,
            "--input-format": input_format,
        }
        run = LongRun(Scoring(scorer.bundle), form, inputs, input_format, facts, out, rejects, asked)
        return to_end(run, chunks)
    tally: Counter[str] = Counter()

    def counted(answers: "Iterable[Answer]") -> "Iterator[Answer]":
        for answer in answers:
            tally["abstained" if answer.score is None else "scored"] += 1
            yield answer

    with Rejected(rejects) as rejected, output(out) as stream:
        answers = counted(scorer.score_many(rejected.usable(record.found for record in records)))
        write((form.part([answer]) for answer in answers), out, stream)
    return rejected.end(f"{tally['scored']} scored, {tally['abstained']} abstained", tally.total())
