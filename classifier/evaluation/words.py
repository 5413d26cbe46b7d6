"""The words of a text, as duplicate search and the length rival count them."""

import re

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Lower-cased words of `text` in order; apostrophes and hyphens part words.

    Deliberately cruder than `classifier.text`: two copies of an article must give the same words although one
    of them lost its quotation marks or its paragraphs.
    """
    return _WORD.findall(text.lower())
