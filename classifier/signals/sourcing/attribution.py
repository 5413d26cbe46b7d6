"""One attribution while it is being read."""

from dataclasses import dataclass, field

from classifier.signals.sourcing.clause import Stretch


@dataclass(slots=True)
class Attribution:
    """Who says what in one place: stretches of words, and of characters for the contents."""

    source: Stretch | None
    cue: Stretch | None  # none: a dash, a colon, a quotation that goes on
    content: list[Stretch] = field(default_factory=list)
