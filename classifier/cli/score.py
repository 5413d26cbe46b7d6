"""`misinfo score`: a probability with its reasons for each article, or why there is none."""

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.exits import tell
from classifier.cli.options import (
    Encoding,
    IdColumn,
    InputFormat,
    Inputs,
    Model,
    Out,
    Rejects,
    TextColumn,
    TitleColumn,
)
from classifier.cli.records import (
    Rejected,
    html_page,
    json_lines,
    keep_apart,
    on_terminal,
    output,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classifier.scoring.answers import Answer


class ScoreFormat(StrEnum):
    """Output formats of `misinfo score`."""

    TEXT = "text"
    JSONL = "jsonl"
    HTML = "html"


def score(
    inputs: Inputs,
    model: Model = None,
    format_: Annotated[
        ScoreFormat | None,
        typer.Option(
            "--format",
            help="html gives a page to look at, of one article. Default: text on a terminal, else jsonl.",
            show_default=False,
        ),
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
) -> int:
    """Score articles: a probability with its reasons, or why none can be given."""
    from classifier.io import Columns, default_rejects_path, read
    from classifier.io.bundle import load_scorer

    scorer = load_scorer(model)
    if changed := scorer.bundle.check():
        tell(changed)
    keep_apart(inputs, out, rejects)
    chosen = format_ or (ScoreFormat.TEXT if on_terminal(out) else ScoreFormat.JSONL)
    columns = Columns(text=text, title=title, id=id_)
    records = read(inputs, columns=columns, encoding=encoding, input_format=input_format, notes=tell)
    tally: Counter[str] = Counter()

    def counted(answers: "Iterable[Answer]") -> "Iterator[Answer]":
        for answer in answers:
            tally["abstained" if answer.score is None else "scored"] += 1
            yield answer

    with Rejected(rejects or default_rejects_path(out, inputs)) as rejected, output(out) as stream:
        answers = counted(scorer.score_many(rejected.usable(records)))
        if chosen is ScoreFormat.TEXT:
            from classifier.cli.show import shown_answers
            from classifier.cli.terminal import Page

            page = Page.of(on_terminal(out))
            shown = shown_answers(answers, page, every=all_reasons)
            write((part.encode() for part in shown), out, stream)
        elif chosen is ScoreFormat.HTML:
            write(html_page(answers), out, stream)
        else:
            objects = (answer.to_dict(signals=signals, all_reasons=all_reasons) for answer in answers)
            write(json_lines(objects), out, stream)
    return rejected.end(f"{tally['scored']} scored, {tally['abstained']} abstained", tally.total())
