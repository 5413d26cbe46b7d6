"""The only room that opens files: what the user named comes in as records, results go out whole."""

from classifier.io.columns import Columns
from classifier.io.ranges import Chunk, Range, read_chunks, read_ranges
from classifier.io.read import read
from classifier.io.write import JsonLinesWriter, RejectsWriter, atomic_writer, default_rejects_path

__all__ = [
    "Chunk",
    "Columns",
    "JsonLinesWriter",
    "Range",
    "RejectsWriter",
    "atomic_writer",
    "default_rejects_path",
    "read",
    "read_chunks",
    "read_ranges",
]
