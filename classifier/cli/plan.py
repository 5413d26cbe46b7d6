"""`misinfo score --dry-run`: what a run would read, how long it would take and how much it would write."""

import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from classifier.cli.long import LongRun, cores
from classifier.cli.progress import duration

if TYPE_CHECKING:
    from classifier.io.ranges import Chunk, Range

CHUNKS = 8  # read
SECONDS = 5.0  # of scoring


def plan(run: LongRun, chunks: "Iterator[Chunk]") -> str:
    """Reads the first records and scores them for some seconds; writes nothing."""
    from classifier.features.batches import batches
    from classifier.io.share import Share
    from classifier.text.document import Document, Reject

    share = Share(run.inputs, run.input_format)
    lines: list[str] = []
    records: list[Document | Reject] = []
    total: int | None = None
    read = 0
    described = set()
    for number, chunk in enumerate(share.followed(islice(chunks, CHUNKS + 1))):
        if share.value is not None:
            total = round(read / share.value)
        for part in chunk.ranges:
            if (layout := _layout(part)) and part.source not in described:
                described.add(part.source)
                lines.append(layout)
        read += len(chunk.records)
        if number < CHUNKS:
            records += chunk.records
    whole = read == len(records)
    total = read if whole else total
    documents = [found for found in records if isinstance(found, Document)]
    codes = Counter(found.code for found in records if isinstance(found, Reject))
    reasons = ", ".join(f"{n} {code}" for code, n in codes.most_common())
    lines.append(
        f"records read: {len(records):,}{'' if whole else ', the first'};"
        f" {codes.total():,} rejected{f' ({reasons})' if codes else ''}"
    )
    answers = run.work.open()
    answered = size = 0
    next(iter(answers(documents[:1])), None)  # what is loaded once is no part of the rate
    start = time.perf_counter()
    for batch in batches(documents):
        size += len(run.form.part(answers(batch)))
        answered += len(batch)
        if time.perf_counter() - start > SECONDS:
            break
    seconds = time.perf_counter() - start
    if not answered:
        return "\n".join([*lines, "no record can be scored", ""])
    workers = run.asked.workers or cores()
    rate = answered / seconds
    lines.append(f"speed: {rate:,.0f} records/s with one process, {workers} workers")
    if total is None:
        lines.append("how many records there are can't be known before they are read")
    else:
        usable = total * len(documents) / len(records)
        lines.append(
            f"estimate: about {total:,} records, {duration(usable / rate / workers)},"
            f" {_bytes(usable * size / answered)} to write (twice that on the disk while they are joined)"
        )
    return "\n".join([*lines, ""])


def _layout(part: "Range") -> str:
    """Which columns of an input are read, and how."""
    from classifier.io.columns import KeyLayout
    from classifier.io.records import Refusal
    from classifier.io.tables import TableLayout

    if isinstance(part.source, Refusal):
        return ""
    if isinstance(part.layout, TableLayout):
        columns = {field: f"column {place + 1}" for field, place in part.layout.places.items()}
        how = f"; {part.layout.encoding}, columns separated by {part.layout.separator!r}"
    elif isinstance(part.layout, KeyLayout):
        columns = {field: repr(key) for field, key in part.layout.keys.items()}
        how = ""
    else:
        return ""
    return f"{part.source.name}: " + ", ".join(f"{f} from {c}" for f, c in columns.items()) + how


def _bytes(size: float) -> str:
    for unit in ("bytes", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
