"""``path:line:column: kind: message``, the shape editors and CI find places by. Lines and columns count from 1.

Columns count code points. An emoji before the mark shifts the cursor in editors that count UTF-16 units; for exact
places there is SARIF, which says what it counts.
"""

from collections.abc import Iterable, Iterator

from classifier.exports.exported import Exported
from classifier.exports.messages import message, one_line
from classifier.scoring.answers import Marking


def lines(markings: Iterable[Marking]) -> Iterator[bytes]:
    """One line a mark, in order of place."""
    for marking in markings:
        found = Exported(marking)
        path = one_line(found.id)
        for item in sorted(found.items, key=lambda item: (item.says["start"], item.says["end"])):
            line, column = found.units.position(item.says["start"]).shown
            yield f"{path}:{line}:{column}: {item.rule}: {message(item)}\n".encode()
