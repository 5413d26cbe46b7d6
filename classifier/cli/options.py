"""Options that several commands share, and reading their inputs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from classifier.cli.exits import Exit, tell
from classifier.text.document import Document, Reject

if TYPE_CHECKING:
    from classifier.io import Columns, RejectsWriter

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help="Text, HTML, CSV, TSV or JSON Lines files (also .gz), folders of articles, or - for standard input.", show_default=False)]
Families = Annotated[str, typer.Option("--families", help="Signal families, separated by commas.")]
Model = Annotated[str | None, typer.Option("--model", help="A shipped model's name or a model folder. Default: the shipped model.", show_default=False)]
Encoding = Annotated[str | None, typer.Option("--encoding", help="Encoding of the inputs. Default: UTF-8, else found and said.", show_default=False)]
InputFormat = Annotated[str, typer.Option("--input-format", help="auto, text, html, csv, tsv or jsonl.")]
TextColumn = Annotated[str | None, typer.Option("--text", help="Column or key of the text. Default: text, body, content ...", show_default=False)]
TitleColumn = Annotated[str | None, typer.Option("--title", help="Column or key of the headline.", show_default=False)]
IdColumn = Annotated[str | None, typer.Option("--id", help="Column or key of the id.", show_default=False)]
LabelColumn = Annotated[str | None, typer.Option("--label", help="Column or key of the label.", show_default=False)]
PublisherColumn = Annotated[str | None, typer.Option("--publisher", help="Column or key of the publisher.", show_default=False)]
DateColumn = Annotated[str | None, typer.Option("--date", help="Column or key of the date.", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", help="File to write. Default: standard output.", show_default=False)]
Rejects = Annotated[Path | None, typer.Option("--rejects", help="File for records that can't be used. Default: OUT.rejects.jsonl beside --out.", show_default=False)]


def columns(text: str | None, title: str | None, id_: str | None, **more: str | None) -> "Columns":
    """The chosen columns as `classifier.io.Columns`."""
    from classifier.io import Columns

    return Columns(text=text, title=title, id=id_, **more)


def documents(records: Iterator[Document | Reject], rejects: "RejectsWriter", *, say: Callable[[str], None] = tell) -> Iterator[Document]:
    """The usable records; the others go to the rejects file and are told on stderr."""
    for record in records:
        if isinstance(record, Reject):
            rejects.write(record)
            if rejects.count <= TOLD:
                say(f"{record.file}, record {record.record}, line {record.line}: {record.message}; {record.remedy}")
            elif rejects.count == TOLD + 1:
                say("more rejects are not told one by one; --rejects FILE keeps them all")
        else:
            yield record


TOLD = 20  # rejects told on stderr before it stops repeating itself


def family_names(families: str) -> list[str]:
    """Names from a comma-separated list."""
    from classifier.errors import FamilyError

    names = [name.strip() for name in families.split(",") if name.strip()]
    if not names:
        raise FamilyError("--families names no signal family; `misinfo signals` lists them")
    return names


@contextmanager
def output(out: Path | None) -> Iterator[BinaryIO]:
    """Where results go: a file that appears whole at the end, or standard output."""
    from classifier.io import atomic_writer

    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with atomic_writer(out, binary=True) as stream:
        yield stream


def summary(counts: str, done: int, rejected: int, inputs: list[str]) -> Exit:
    """Say on stderr what became of the records, and which exit code that is."""
    tell(counts)
    if not rejected:
        return Exit.DONE
    return Exit.UNUSABLE if not done and len(inputs) == 1 and rejected == 1 else Exit.REJECTS
