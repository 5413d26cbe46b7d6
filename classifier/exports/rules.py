"""What each kind of mark means, for formats that carry rules: read from the families' pages."""

import re
from typing import NamedTuple

from classifier.signals.family import Family

_HEADING = re.compile(r"^##\s+(.+?)\s*$", re.MULTILINE)
_ROW = re.compile(r"^\|\s*`([^`]+)`\s*\|\s*([^|]+?)\s*\|", re.MULTILINE)
_ITEM = re.compile(r"^- ((?:`[^`]+`(?:, )?)+): (.+?)\s*$", re.MULTILINE)

# The kinds of attributions in the output, and the marks whose descriptions say what each is.
_ATTRIBUTIONS = {
    "person": ("source.person",),
    "organisation": ("source.organisation",),
    "document": ("source.document",),
    "anonymous": ("source.withheld", "source.class"),
    "none": (),
}
_NOBODY = "what is ascribed to nobody"


class Rule(NamedTuple):
    """One kind of one family. Texts are Markdown."""

    id: str  # "family.kind"
    says: str  # what the kind is, a few words
    marks: str  # what the family marks
    warns: str  # why it may matter, and for whom it misleads


def rules(family: Family) -> list[Rule]:
    """A rule for each kind that items of the family may have."""
    page = _sections(family.page())
    marks, warns = page.get("What it marks", ""), page.get("Why it may matter, and for whom it misleads", "")
    described = _described(page.get("Kinds", ""))
    kinds = _ATTRIBUTIONS if family.name == "sourcing" else {kind: (kind,) for kind in family.kinds}
    return [
        Rule(f"{family.name}.{kind}", "; ".join(described.get(k, k) for k in known) or _NOBODY, marks, warns)
        for kind, known in kinds.items()
    ]


def _sections(page: str) -> dict[str, str]:
    headed = _HEADING.split(page)
    return {name: text.strip() for name, text in zip(headed[1::2], headed[2::2], strict=True)}


def _described(kinds: str) -> dict[str, str]:
    found: dict[str, str] = dict(_ROW.findall(kinds))
    for names, says in _ITEM.findall(kinds):
        found |= dict.fromkeys(re.findall(r"`([^`]+)`", names), says)
    return found
