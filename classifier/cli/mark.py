"""`misinfo mark`: the signals of each document, with exact offsets."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from classifier.cli.exits import tell
from classifier.cli.long import Asked, LongRun, begun, is_file, to_end
from classifier.cli.options import (
    MARKED_FAMILIES,
    Cluster,
    Encoding,
    Families,
    IdColumn,
    InputFormat,
    Inputs,
    Out,
    Quiet,
    Rejects,
    Resume,
    TextColumn,
    TitleColumn,
    Workers,
    family_names,
)
from classifier.cli.records import (
    Rejected,
    html_page,
    json,
    json_lines,
    keep_apart,
    new_folder,
    on_terminal,
    output,
    write,
    write_files,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classifier.scoring.answers import Marking
    from classifier.text.document import Document, Reject


class MarkFormat(StrEnum):
    """Output formats of `misinfo mark`."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    WEBANNOTATION = "webannotation"
    BRAT = "brat"
    WEBANNO = "webanno"
    LABELSTUDIO = "labelstudio"
    PRODIGY = "prodigy"
    DOCCANO = "doccano"
    SPACY = "spacy"
    CSV = "csv"
    LINES = "lines"
    HTML = "html"


def mark(
    inputs: Inputs,
    format_: Annotated[
        MarkFormat | None,
        typer.Option(
            "--format",
            help="json gives one object, or an array of several; html a page to look at, of one article; lines is"
            " path:line:column: kind: message; brat and webanno are files in a new folder, --out. Default: text on a"
            " terminal, else jsonl.",
            show_default=False,
        ),
    ] = None,
    out: Out = None,
    rejects: Rejects = None,
    families: Families = MARKED_FAMILIES,
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
    """Mark hedged language and sourcing, each with its place in the text."""
    from classifier import exports
    from classifier.io import Columns, default_rejects_path, read, read_chunks
    from classifier.scoring.scorer import Marker
    from classifier.signals.registry import load_families

    names = family_names(families)
    marker = Marker(load_families(names))
    keep_apart(inputs, out, rejects)
    chosen = format_ or (MarkFormat.TEXT if on_terminal(out) else MarkFormat.JSONL)
    asked = Asked(workers, cluster, resume, quiet)
    by_lines = chosen in (MarkFormat.TEXT, MarkFormat.JSONL)
    target = out if out is not None and by_lines and is_file(out) else None
    asked.check(target)
    rejects = rejects or default_rejects_path(out, inputs)
    columns = Columns(text=text, title=title, id=id_)
    reading: dict[str, Any] = {"encoding": encoding, "input_format": input_format, "notes": tell}
    records: Iterator[Document | Reject]
    if target is not None:
        short, left = begun(read_chunks(inputs, columns=columns, **reading), target)
        if left is not None:
            from classifier.cli.forms import MarkingLines, MarkingsShown
            from classifier.cli.terminal import Page
            from classifier.running.work import Marks

            facts = {
                "command": "mark",
                "--format": chosen.value,
                "--families": ",".join(names),
                "--text": text,
                "--title": title,
                "--id": id_,
                "--encoding": encoding,
                "--input-format": input_format,
            }
            form = MarkingsShown(Page.of(False)) if chosen is MarkFormat.TEXT else MarkingLines()
            run = LongRun(Marks(tuple(names)), form, inputs, input_format, facts, rejects, asked)
            return to_end(run, left, target)
        records = iter(short)
    else:
        records = read(inputs, columns=columns, **reading)
    done = 0

    def counted(markings: "Iterable[Marking]") -> "Iterator[Marking]":
        nonlocal done
        for marking in markings:
            done += 1
            yield marking

    if chosen in exports.FOLDERS:
        folder = new_folder(out, chosen)
        with Rejected(rejects) as rejected:
            files = exports.folder(chosen)(counted(marker.mark_many(rejected.usable(records))))
            write_files(files, folder)
        return rejected.end(f"{done} marked", done)
    with Rejected(rejects) as rejected, output(out) as stream:
        markings = counted(marker.mark_many(rejected.usable(records)))
        if chosen in exports.STREAMS:
            write(exports.stream(chosen)(markings), out, stream)
        elif chosen is MarkFormat.TEXT:
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
