"""Who is quoted or cited: each distinct source with its kind, how often and where it speaks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from classifier.pages.marks import Mark, Places, source_kind
from classifier.text.escape import escaped, isolated
from classifier.text.readable import Readable

LINKS = 20  # shown for each source
SOURCES = 200  # shown
_N = ' class="n"'


@dataclass(slots=True)
class _Voice:
    """One distinct source, or all attributions that have none."""

    names: list[tuple[bool, int, str]] = field(default_factory=list)  # named, length, words
    kinds: Counter[str] = field(default_factory=Counter)
    named: bool = False
    speaks_for: str = ""
    marks: list[int] = field(default_factory=list)  # one for each attribution: where to look
    words: int = 0  # passed on


def sources(marks: Sequence[Mark], readable: Readable, places: Places) -> str:
    """The table of sources, the most often cited first."""
    voices = _voices(marks, readable)
    if not voices:
        return "<p>No attributions were found: nothing in this text is passed on from somebody.</p>\n"
    order = sorted(voices.items(), key=lambda one: (-len(one[1].marks), one[1].marks[0]))
    rows = "".join(_row(key, voice, places) for key, voice in order[:SOURCES])
    more = f"<p>{len(order) - SOURCES} further sources are not shown.</p>\n" if len(order) > SOURCES else ""
    heads = "".join(
        f'<th scope="col"{sort}>{name}</th>'
        for name, sort in (("Who", ""), ("Kind", ""), ("Times", _N), ("Words", _N), ("Where", ""))
    )
    return (
        '<table class="sources"><caption>Sources, the most often cited first, with the words passed on from each'
        f"</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n{more}"
    )


def _voices(marks: Sequence[Mark], readable: Readable) -> dict[tuple[str, int], _Voice]:
    groups: dict[int, list[Mark]] = {}
    for mark in marks:
        if mark.family == "sourcing":
            groups.setdefault(mark.group, []).append(mark)
    voices: dict[tuple[str, int], _Voice] = {}
    for group, parts in groups.items():
        by_part = {part.part: part for part in reversed(parts)}
        source = by_part.get("source")
        if source is None:
            key = ("none", 0)
        else:  # a pronoun nobody was found for stands for itself alone
            key = ("known", source.value) if source.value >= 0 else ("unresolved", group)
        voice = voices.setdefault(key, _Voice())
        voice.marks.append((source or by_part.get("cue") or parts[0]).number)
        voice.words += sum(len(readable.text[p.start : p.end].split()) for p in parts if p.part == "content")
        if source is None:
            continue
        voice.kinds[source.kind.partition(".")[2]] += 1
        voice.named |= source.named
        for who in (source, by_part.get("antecedent")):
            if who is not None:
                words = readable.shown(who.start, who.end)
                voice.names.append((who.named, len(words), words))
        if (body := by_part.get("speaks_for")) is not None:
            voice.speaks_for = readable.shown(body.start, body.end)
    return voices


def _row(key: tuple[str, int], voice: _Voice, places: Places) -> str:
    if key[0] == "none":
        who, kind = "<i>nobody: no source is given</i>", "none"
    else:
        who = isolated(max(voice.names)[2], 90)
        kind = source_kind(voice.kinds.most_common(1)[0][0]) + (", named" if voice.named else ", not named")
        if key[0] == "unresolved":
            kind += "; whom the pronoun stands for was not found"
        if voice.speaks_for:
            who += f" <small>speaks for {isolated(voice.speaks_for)}</small>"
    links = " ".join(f'<a href="#m{n}">{places.paragraph(n)}</a>' for n in voice.marks[:LINKS])
    if len(voice.marks) > LINKS:
        links += f" and {len(voice.marks) - LINKS} more"
    return (
        f'<tr><th scope="row">{who}</th><td>{escaped(kind)}</td><td class="n">{len(voice.marks)}</td>'
        f'<td class="n">{voice.words}</td><td>{links}</td></tr>\n'
    )
