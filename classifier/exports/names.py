"""File names for documents: plain, short, and none twice, whatever the file system thinks of case."""

import re

LONGEST = 100
_UNFIT = re.compile(r"[^\w.-]+")
_ENDING = re.compile(r"\.(?:txt|md|html?)$", re.IGNORECASE)


class Names:
    """Gives each document a file name without ending."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, document: str) -> str:
        """A name made from a document's id; a number is added where it is taken."""
        plain = _UNFIT.sub("_", _ENDING.sub("", document)).strip("._")[:LONGEST] or "document"
        name, number = plain, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{plain}-{number}"
        self._taken.add(name.casefold())
        return name
