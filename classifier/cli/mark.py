"""`misinfo mark`: the signals of each document, with exact offsets."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from classifier.cli.exits import Exit, ending, tell
from classifier.cli.options import (
    Encoding,
    Families,
    IdColumn,
    InputFormat,
    Inputs,
    Out,
    Rejects,
    TextColumn,
    TitleColumn,
    columns,
    documents,
    family_names,
    output,
    summary,
)


class MarkFormat(StrEnum):
    """Output formats of `misinfo mark`."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


def mark(
    inputs: Inputs,
    format_: Annotated[MarkFormat | None, typer.Option("--format", help="text, json or jsonl. Default: text on a terminal, jsonl elsewhere.", show_default=False)] = None,
    out: Out = None,
    rejects: Rejects = None,
    families: Families = "hedges,sourcing",
    text: TextColumn = None,
    title: TitleColumn = None,
    id_: IdColumn = None,
    encoding: Encoding = None,
    input_format: InputFormat = "auto",
) -> None:
    """Mark hedged language and sourcing, each with its place in the text."""
    with ending():
        from classifier.cli.show import shown_marking
        from classifier.io import JsonLinesWriter, RejectsWriter, default_rejects_path, read
        from classifier.scoring.scorer import Marker
        from classifier.signals.registry import load_families

        marker = Marker(load_families(family_names(families)))
        records = read(inputs, columns=columns(text, title, id_), encoding=encoding, input_format=input_format, notes=tell)
        chosen = format_ or (MarkFormat.TEXT if out is None and sys.stdout.isatty() else MarkFormat.JSONL)
        done = 0
        with RejectsWriter(rejects or default_rejects_path(out, inputs)) as refused, output(out) as stream:
            writer = JsonLinesWriter(stream)
            for marking in marker.mark_many(documents(records, refused)):
                done += 1
                if chosen is MarkFormat.TEXT:
                    stream.write(shown_marking(marking, color=out is None and sys.stdout.isatty()).encode("utf-8", "replace"))
                elif chosen is MarkFormat.JSON:
                    import json

                    stream.write(json.dumps(marking.to_dict(), ensure_ascii=False, indent=2, allow_nan=False).encode("utf-8", "replace") + b"\n")
                else:
                    writer.write(marking.to_dict())
                if out is None:
                    stream.flush()
        code = summary(f"{done} marked, {refused.count} rejected", done, refused.count, inputs)
    if code is not Exit.DONE:
        raise typer.Exit(code)
