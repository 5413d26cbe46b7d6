"""Results of `misinfo mark` as bytes for tools people already use. Knows no files and no command line.

Each format is a function in a module of its own: from markings, in order, to the pieces of one stream
(`STREAMS`), or to the files of one folder (`FOLDERS`). Nothing is held but what the format has to say at its end.
"""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from classifier.scoring.answers import Marking

STREAMS = {
    "sarif": "classifier.exports.sarif:sarif",
    "webannotation": "classifier.exports.webannotation:webannotation",
    "labelstudio": "classifier.exports.labelstudio:labelstudio",
    "prodigy": "classifier.exports.prodigy:prodigy",
    "doccano": "classifier.exports.doccano:doccano",
    "spacy": "classifier.exports.spacy:spacy",
    "csv": "classifier.exports.table:table",
    "lines": "classifier.exports.lines:lines",
}
FOLDERS = {
    "brat": "classifier.exports.brat:brat",
    "webanno": "classifier.exports.webanno:webanno",
}


def stream(name: str) -> "Callable[[Iterable[Marking]], Iterator[bytes]]":
    """The function of one of `STREAMS`: markings to the pieces of one file."""
    found: Callable[[Iterable[Marking]], Iterator[bytes]] = _loaded(STREAMS[name])
    return found


def folder(name: str) -> "Callable[[Iterable[Marking]], Iterator[tuple[str, bytes]]]":
    """The function of one of `FOLDERS`: markings to names and contents of files."""
    found: Callable[[Iterable[Marking]], Iterator[tuple[str, bytes]]] = _loaded(FOLDERS[name])
    return found


def _loaded(where: str) -> Any:
    module, _, function = where.partition(":")
    return getattr(import_module(module), function)
