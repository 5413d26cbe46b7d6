"""`misinfo mark`: the signals of each document, with exact offsets."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.exits import tell
from classifier.cli.options import (
    ALL_FAMILIES,
    Encoding,
    Families,
    IdColumn,
    InputFormat,
    Inputs,
    Out,
    Rejects,
    TextColumn,
    TitleColumn,
    family_names,
)
from classifier.cli.records import (
    Rejected,
    html_page,
    json,
    json_lines,
    keep_apart,
    on_terminal,
    output,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classifier.scoring.answers import Marking


class MarkFormat(StrEnum):
    """Output formats of `misinfo mark`."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


def mark(
    inputs: Inputs,
    format_: Annotated[
        MarkFormat | None,
        typer.Option(
            "--format",
            help="json gives one object, or an array of several; html a page to look at, of one article."
            " Default: text on a terminal, else jsonl.",
            show_default=False,
        ),
    ] = None,
    out: Out = None,
    rejects: Rejects = None,
    families: Families = ALL_FAMILIES,
    text: TextColumn = None,
    title: TitleColumn = None,
    id_: IdColumn = None,
    encoding: Encoding = None,
    input_format: InputFormat = "auto",
) -> int:
    """Mark hedged language and sourcing, each with its place in the text."""
    from classifier.io import Columns, default_rejects_path, read
    from classifier.scoring.scorer import Marker
    from classifier.signals.registry import load_families

    marker = Marker(load_families(family_names(families)))
    keep_apart(inputs, out, rejects)
    chosen = format_ or (MarkFormat.TEXT if on_terminal(out) else MarkFormat.JSONL)
    columns = Columns(text=text, title=title, id=id_)
    records = read(inputs, columns=columns, encoding=encoding, input_format=input_format, notes=tell)
    done = 0

    def counted(markings: "Iterable[Marking]") -> "Iterator[Marking]":
        nonlocal done
        for marking in markings:
            done += 1
            yield marking

    with Rejected(rejects or default_rejects_path(out, inputs)) as rejected, output(out) as stream:
        markings = counted(marker.mark_many(rejected.usable(records)))
        if chosen is MarkFormat.TEXT:
            from classifier.cli.show import shown_marking
            from classifier.cli.terminal import Page

            page = Page.of(on_terminal(out))
            shown = (shown_marking(marking, page) for marking in markings)
            write((part.encode() for part in shown), out, stream)
        elif chosen is MarkFormat.HTML:
            write(html_page(markings), out, stream)
        else:
            objects = (marking.to_dict() for marking in markings)
            write(json(objects) if chosen is MarkFormat.JSON else json_lines(objects), out, stream)
    return rejected.end(f"{done} marked", done)
