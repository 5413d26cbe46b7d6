"""The page of two versions of an article: first what changed, with links to the places, then both side by side."""

from collections import Counter
from collections.abc import Sequence

from classifier.comparison import CHANGES, FAMILIES, Change, Comparison
from classifier.pages.frame import framed, section
from classifier.pages.legend import in_order, legend
from classifier.pages.marks import in_words
from classifier.pages.ranges import measures_changed
from classifier.pages.versions import Versions
from classifier.scoring.answers import Marking
from classifier.text.escape import escaped, isolated, shortened
from classifier.text.paragraphs import Zone

LISTED = 100  # changes of one sort in the summary; the text below tells them all
SAYS = 300  # characters shown of what is said of a change
SENTENCE = 140  # characters shown of the sentence it is in
NAME = 90  # characters shown of what a version is called
# The sorts of change as the summary groups them.
_GROUPS = {
    "Who is given as the source": (
        "attribution_lost",
        "attribution_gained",
        "source_anonymous",
        "source_named",
        "source_changed",
    ),
    "Sources": ("source_dropped", "source_added"),
    "Hedges": ("hedge_dropped", "hedge_added", "hedge_changed"),
    "Quotations": ("quotation_changed", "quotation_dropped", "quotation_added"),
}
_LIMITS = (
    "Why anything was changed. A hedge may go because a fact was confirmed since, a source because it was wrong.",
    "Whether the earlier or the later version is right. It looks nothing up and knows no facts.",
    "Whether two sentences are the same statement: they are paired where at least half of their words are the same.",
    "Changes other than of words: pictures, captions left out with them, links, and what stands outside headline and"
    " body.",
    "What it overlooked: marks come from rules and trained taggers that miss some places and mark some wrongly.",
)


def comparison(found: Comparison) -> str:
    """One self-contained HTML document, as a string without lone surrogates."""
    title = f"{shortened(found.old.document.id)} and {shortened(found.new.document.id)} – what changed"
    return framed("comparison", title, _main(found))


def _main(found: Comparison) -> str:
    versions = Versions(found)
    names = [isolated(version.document.id, NAME) for version in (found.old, found.new)]
    before, now = (Counter(m.family for m in side.marks if m.counts) for side in (versions.old, versions.new))
    counts = {name: f"{before[name]} → {now[name]}" for name in in_order(FAMILIES)}
    filter_ = (
        '<p><label><input type="checkbox" id="changed-only"> Leave out the sentences that stayed as they were'
        "</label></p>\n"
    )
    links = " · ".join(
        f'<a href="#{name}">{heading}</a>'
        for name, heading in (("measures", "Measures"), ("text", "Both versions"), ("limits", "Limits"))
    )
    pieces = [
        f"<header>\n<h1>What changed</h1>\n{_about(found, names)}"
        f'<nav aria-label="Sections">{links}</nav>\n</header>\n',
        section("summary", "In short", _summary(found, versions)),
        section("measures", "Measures that changed", measures_changed(found.measures)),
        section("text", "Both versions", f"{legend(counts, filter_)}{versions.table(*names)}"),
        section(
            "limits",
            "What this page can’t know",
            f"<ul>\n{''.join(f'<li>{line}</li>{chr(10)}' for line in _LIMITS)}</ul>\n",
        ),
    ]
    return f'<main class="report versions" id="report">\n{"".join(pieces)}</main>'


def _about(found: Comparison, names: Sequence[str]) -> str:
    lines = "".join(
        f'<p class="about"><b>{which}:</b> {name} · {_words(version):,} words in the body{_noticed(version)}</p>\n'
        for which, name, version in zip(("Before", "Now"), names, (found.old, found.new), strict=True)
    )
    counts = found.counts
    moved = f" ({counts['moved']:,} of these moved)" if counts["moved"] else ""
    return (
        f"{lines}<p>Of the sentences {counts['kept']:,} kept their words and {counts['changed']:,} changed{moved};"
        f" {counts['dropped']:,} went, {counts['added']:,} came.</p>\n"
        '<p class="about">A change is told, not judged: it says what the text does otherwise now, not why.</p>\n'
    )


def _words(version: Marking) -> int:
    return sum(paragraph.words for paragraph in version.marked.text.zone(Zone.BODY))


def _noticed(version: Marking) -> str:
    notes = ", ".join(in_words(note) for note in version.marked.text.notes)
    return f" · noticed: {escaped(notes)}" if notes else ""


def _summary(found: Comparison, versions: Versions) -> str:
    if not found.changes:
        return "<p>Nothing changed in sources, hedges and quotations.</p>\n"
    pieces = []
    for heading, codes in _GROUPS.items():
        sorts = [(code, [c for c in found.changes if c.code == code]) for code in codes]
        listed = "".join(_sort(CHANGES[code], changes, versions) for code, changes in sorts if changes)
        if listed:
            pieces.append(f"<h3>{heading}</h3>\n{listed}")
    return "".join(pieces)


def _sort(title: str, changes: Sequence[Change], versions: Versions) -> str:
    rows = "".join(
        f"<li>{escaped(shortened(change.says, SAYS))} <small>{versions.links(change)}</small>"
        f"{_sentence(change, versions)}</li>\n"
        for change in changes[:LISTED]
    )
    more = f"<p>{len(changes) - LISTED:,} more are told in the text.</p>\n" if len(changes) > LISTED else ""
    return f'<p class="sort">{title} <b>{len(changes):,}</b></p>\n<ul class="changes">\n{rows}</ul>\n{more}'


def _sentence(change: Change, versions: Versions) -> str:
    """The sentence a change is in, as it reads now or last read; a quotation has been told in full."""
    if change.code.startswith("quotation"):
        return ""
    side, place = (
        (versions.new, change.new_sentence) if change.new_sentence else (versions.old, change.old_sentence)
    )
    return f'<q dir="auto">{escaped(shortened(side.words(place), SENTENCE))}</q>' if place else ""
