"""Traces of where a text was taken from, each told by how it is written: which articles have which."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_AGENCIES = (
    "Reuters|AP|Associated Press|AFP|CNN|UPI|Bloomberg|Xinhua|TASS|RIA Novosti|Sputnik|IANS|PTI|ANI|DPA|EFE|ANSA"
    "|Kyodo|Yonhap|CBS|NBC|ABC|Fox|BBC|RNS|HealthDay|Newswise"
)
_AGENCY = re.compile(rf"\((?:{_AGENCIES}|REUTERS|FOX|dpa)(?:[ /][^()\n]{{0,30}})?\)")
_TAGGED = 10  # articles a single tag must stand in to be looked at alone
_SHARE_PIECES = ("share", "twitter", " us on", "tweet", "pin it", "email this")
_SHARE = re.compile(
    r"share (?:this|the) (?:article|story|post|page|video|on|via|with)\b|share (?:on|via|to) (?:facebook|twitter|email|"
    r"whatsapp|pinterest|linkedin|google)|facebook\W{1,3}twitter|twitter\W{1,3}facebook|facebook twitter"
    r"|(?:like|follow|find) us on\b|click to (?:share|tweet|email)|please share\b|don'?t forget to share"
    r"|\bshare (?:it )?with your friends|^\s*(?:[\d.,]+k? )?(?:shares?|tweets?|pin it|email this)\s*$",
    re.MULTILINE,
)
_FOOTER_PIECES = (
    "all rights", "newsletter", "subscribe", "sign up", "\u00a9", "copyright", "terms of", " policy", "may not be ",
    "reservados", "vorbehalten", "tous droits",
)  # fmt: skip
_FOOTER = re.compile(
    r"all rights reserved|newsletter|subscribe (?:to|now|here|for)\b|sign up (?:for|to|here|now)\b|\u00a9"
    r"|copyright (?:\(c\)|\d|by)|terms of (?:use|service)|(?:privacy|cookie) policy"
    r"|may not be (?:published|reproduced|reprinted)"
    r"|todos os direitos reservados|derechos reservados|alle rechte vorbehalten|tous droits r"
)
_CUT = re.compile(
    r"(?:\.\.\.|\u2026|\[\+?\d+ chars\]|\b(?:read|see|view) (?:more|on|the (?:full|rest))\b[^\n]{0,40}"
    r"|\b(?:continue|keep) reading\b[^\n]{0,40}|\bread the (?:full|whole) (?:story|article)[^\n]{0,40})"
    r"[\])}>\u00bb\s.]*\Z"
)
_CUT_TAIL = 80
_MARKUP = re.compile(
    r"&(?:amp|nbsp|quot|apos|lt|gt|[lr][sd]quo|[mn]dash|hellip|#\d{2,5}|#x[0-9a-f]{2,4});"
    r"|</?(?:p|br|div|a|span|strong|em|b|i|h[1-6]|ul|li|img|script|iframe|blockquote|table|td|tr)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\bfake[- ]news\b|\bhoax(?:es)?\b|\bdebunk|\bfact[- ]?check|\b(?:dis|mis)info(?:rmation)?\b"
    r"|\bsatir(?:e|ical|ist)\b|\bsnopes\b|\bpolitifact\b|\bpants on fire\b|\bunproven claim"
    r"|\bthis (?:story|article|claim) is (?:false|fake|true)\b"
)
_VERDICT_PIECES = (
    "fake news", "fake-news", "hoax", "debunk", "fact check", "fact-check", "factcheck", "disinfo", "misinfo", "satir",
    "snopes", "politifact", "pants on", "unproven", "this story is", "this article is", "this claim is",
)  # fmt: skip
_ADDRESS = re.compile(r"https?://|www\.\w")
_QUOTATION_MARKS = '"\u201c\u201d\u201e\u00ab\u00bb\u2018`\u300c'
_CURLY = "\u2018\u2019\u201c\u201d"
_OFTEN = 3  # double spaces


@dataclass(frozen=True, slots=True)
class Traces:
    """Which of n articles have which trace, by its name."""

    has: Mapping[str, NDArray[np.bool_]]

    def __getitem__(self, name: str) -> NDArray[np.bool_]:
        return self.has[name]

    def rows(self, rows: NDArray[np.int64]) -> "Traces":
        """The same of some of the articles."""
        return Traces({name: column[rows] for name, column in self.has.items()})


# Each looks for a piece of it first: that is many times faster than the expression, and mostly answers.
_TELL: Mapping[str, Callable[[str, str], bool]] = {
    "share": lambda _, low: any(p in low for p in _SHARE_PIECES) and bool(_SHARE.search(low)),
    "footer": lambda _, low: any(p in low for p in _FOOTER_PIECES) and bool(_FOOTER.search(low)),
    "cut": lambda _, low: bool(_CUT.search(low[-_CUT_TAIL:])),
    "markup": lambda text, _: ("&" in text or "<" in text) and bool(_MARKUP.search(text)),
    "verdict": lambda _, low: any(p in low for p in _VERDICT_PIECES) and bool(_VERDICT.search(low)),
    "address": lambda _, low: ("://" in low or "www." in low) and bool(_ADDRESS.search(low)),
    "replacement": lambda text, _: "\ufffd" in text,
    "quotation_mark": lambda text, _: any(mark in text for mark in _QUOTATION_MARKS) or "''" in text,
    "one line": lambda text, _: "\n" not in text.strip(),
    "blank lines": lambda text, _: "\n\n" in text.strip(),
    "curly marks": lambda text, _: not text.isascii() and any(mark in text for mark in _CURLY),
    "straight apostrophes": lambda text, _: "'" in text,
    "double spaces": lambda text, _: text.count("  ") >= _OFTEN,
    "no-break spaces": lambda text, _: "\u00a0" in text,
    "white space at its ends": lambda text, _: text != text.strip(),
}
TAG = "tag "
"""What the names of the traces of single agencies begin with."""
LAYOUT = (
    "one line",
    "blank lines",
    "curly marks",
    "straight apostrophes",
    "double spaces",
    "no-break spaces",
    "white space at its ends",
)
"""Traces of how a text is laid out, which follows from the tool that took it."""


def traces(texts: Sequence[str], mojibake: Sequence[int], destroyed: Sequence[int]) -> Traces:
    """The traces of `texts`; `mojibake` and `destroyed` are the rows where the text layer saw such damage.

    "agency" is any tag of an agency; "tag (Reuters)" and "tag (Reuters Health)" are two that stand in 10 texts.
    """
    found = {name: np.zeros(len(texts), np.bool_) for name in (*_TELL, "agency", "destroyed")}
    tagged: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        low = text.lower()
        for name, tell in _TELL.items():
            found[name][i] = tell(text, low)
        if "(" in text:
            for tag in sorted(set(_AGENCY.findall(text))):
                tagged.setdefault(tag, []).append(i)
    for tag, rows in sorted(tagged.items()):
        found["agency"][rows] = True
        if len(rows) >= _TAGGED:
            found[f"{TAG}{tag}"] = np.isin(np.arange(len(texts)), rows)
    found["mojibake"] = found.pop("replacement")
    found["mojibake"][list(mojibake)] = True
    found["destroyed"][list(destroyed)] = True
    return Traces(found)
