"""Labelled articles from files, each file a corpus, for training and evaluation."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from classifier.cli.exits import tell

if TYPE_CHECKING:
    from classifier.cli.records import Rejected
    from classifier.io import Columns
    from classifier.text.document import Document
    from classifier.training import Labelled


class Corpora(NamedTuple):
    """How labelled files are to be read; the same for all of a run."""

    columns: "Columns"
    encoding: str | None
    input_format: str
    rejected: "Rejected"


class Labels(NamedTuple):
    """The two labels as they stand in the files; None: find out."""

    positive: str | None
    negative: str | None


def documents(inputs: Sequence[str], how: Corpora) -> "list[tuple[str, Document]]":
    """The usable articles, each with the name of its corpus. Raises InputError where a file can't be used."""
    from classifier.io import read

    found = []
    for name in inputs:
        records = read(
            [name], columns=how.columns, encoding=how.encoding, input_format=how.input_format, notes=tell
        )
        found += [(corpus_name(name), document) for document in how.rejected.usable(records)]
    return found


def labelled(inputs: Sequence[str], how: Corpora, labels: Labels) -> "tuple[list[Labelled], str, str]":
    """The articles with one of the two labels, and the labels as found; what is assumed is told.

    Raises InputError where a file can't be used, TrainingError where the labels are not clear.
    """
    from classifier.training import Labelled, choose_labels

    found = documents(inputs, how)
    given = [document.meta["label"] for _, document in found if "label" in document.meta]
    positive, negative = choose_labels(given, labels.positive, labels.negative)
    tell(f"positive is {positive!r}, negative is {negative!r}")
    without = len(found) - len(given)
    others = sum(label not in (positive, negative) for label in given)
    if without or others:
        tell(f"left out: {without} articles without a label, {others} with another label")
    articles = [
        Labelled(document, corpus, document.meta["label"] == positive, document.meta.get("publisher"))
        for corpus, document in found
        if document.meta.get("label") in (positive, negative)
    ]
    if not any(article.publisher for article in articles):
        tell(
            "no publisher is known, so nothing can be said about publishers never seen;"
            " name the column with --publisher"
        )
    return articles, positive, negative


def corpus_name(path: str) -> str:
    """A corpus is called like its file, without endings."""
    return Path(path).name.removesuffix(".gz").rsplit(".", 1)[0] or path
