"""Texts in any form a caller may have them, as documents in batches of bounded size."""

from collections.abc import Iterable, Iterator
from itertools import islice

from classifier.errors import InputError
from classifier.text.document import Document

CHUNK = 64  # documents handled together; more is no faster and costs memory


def batches(texts: Iterable[str | Document]) -> Iterator[list[Document]]:
    """Lists of 1 to `CHUNK` documents, in order; a `str` gets its place, counted from 0, as id.

    Reads no further ahead than one batch. InputError where an item is no text, or one text came instead of
    many.
    """
    if isinstance(texts, str | bytes | Document):
        raise InputError(
            f"one {type(texts).__name__} was given where a sequence of texts is needed; put it in a list"
        )
    numbered = enumerate(texts)
    while chunk := list(islice(numbered, CHUNK)):
        yield [_document(number, item) for number, item in chunk]


def _document(number: int, item: object) -> Document:
    if isinstance(item, Document):
        return item
    if isinstance(item, str):
        return Document(str(number), item)
    raise InputError(f"item {number} is a {type(item).__name__}, no text; give str or Document")
