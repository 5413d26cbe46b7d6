"""`misinfo compare`: what changed in sourcing, hedges and quotations from one version of an article to the next."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.exits import Exit, tell
from classifier.cli.options import Encoding, InputFormat, Out
from classifier.cli.records import json, keep_apart, on_terminal, output, write
from classifier.errors import InputError

if TYPE_CHECKING:
    from classifier.text.document import Document


class CompareFormat(StrEnum):
    """Output formats of `misinfo compare`."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def compare(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="The earlier version, or - for standard input.", show_default=False
        ),
    ],
    new: Annotated[
        str,
        typer.Argument(metavar="NEW", help="The later version, or - for standard input.", show_default=False),
    ],
    format_: Annotated[
        CompareFormat | None,
        typer.Option(
            "--format",
            help="html is a page with both versions side by side. Default: text on a terminal, else json.",
            show_default=False,
        ),
    ] = None,
    out: Out = None,
    encoding: Encoding = None,
    input_format: InputFormat = "auto",
) -> int:
    """Compare two versions of an article: sources, hedges and quotations that changed, came or went."""
    from classifier import comparison
    from classifier.scoring.scorer import Marker
    from classifier.signals.registry import load_families

    if old == new == "-":
        raise InputError("standard input holds one article; give a file for the other version")
    keep_apart([old, new], out)
    marker = Marker(load_families(comparison.FAMILIES))
    versions = [marker.mark(article(name, encoding, input_format)) for name in (old, new)]
    found = comparison.compare(*versions)
    chosen = format_ or (CompareFormat.TEXT if on_terminal(out) else CompareFormat.JSON)
    with output(out) as stream:
        if chosen is CompareFormat.TEXT:
            from classifier.cli.show_comparison import shown_comparison
            from classifier.cli.terminal import Page

            write([shown_comparison(found, Page.of(on_terminal(out))).encode()], out, stream)
        elif chosen is CompareFormat.HTML:
            from classifier.pages.comparison import comparison as page_of

            write([page_of(found).encode()], out, stream)
        else:
            write(json([found.to_dict()]), out, stream)
    counts = ", ".join(f"{number} {what}" for what, number in found.counts.items())
    tell(f"sentences: {counts}; {len(found.changes)} changes")
    return Exit.DONE


def article(name: str, encoding: str | None, input_format: str) -> "Document":
    """The one article of an input; InputError where there are several, or none that can be used."""
    from classifier.io import read
    from classifier.text.document import Document

    records = list(read([name], encoding=encoding, input_format=input_format, notes=tell))
    if len(records) != 1:
        raise InputError(f"{name} holds {len(records)} articles; give a file with one")
    (record,) = records
    if not isinstance(record, Document):
        raise InputError(f"{record.file}: {record.message}; {record.remedy}")
    return record
