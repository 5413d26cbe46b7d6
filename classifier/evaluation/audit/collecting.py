"""Marks of how the texts were collected: furniture of pages, damage, layout, language, length."""

from collections import Counter

import numpy as np

from classifier.evaluation.audit.by_label import number_alone, share_by_label
from classifier.evaluation.audit.facts import Facts
from classifier.evaluation.audit.finding import Finding, worst
from classifier.evaluation.audit.traces import LAYOUT
from classifier.text.language import SUPPORTED

SHORT = 75
"""Words below which an article gets no score (`too_short`)."""
MANY_SHORT = 0.10
FOREIGN = 0.05
"""Share of articles in another language that is an issue: they get no score."""
DAMAGED = 0.05
"""Share of articles with mojibake, leftover markup or destroyed quotation marks that is an issue."""
LONG = 300
"""Words from which nearly every news article quotes somebody."""
UNQUOTED = 0.5
"""Share of long articles without one quotation mark that is an issue; in ordinary news 4 to 11 % are without."""
_ONE_TOOL = "Extract all articles again with one tool, or leave furniture out of what is learned from."


def length_alone(facts: Facts) -> Finding:
    """Whether the number of words alone tells the label."""
    return number_alone(
        "length_alone",
        ("Longer articles", "Shorter articles"),
        facts.n_words,
        facts,
        remedy="Use shares and densities, never counts; cut all texts to the same length, or match labels on length.",
    )


def share_text(facts: Facts) -> Finding:
    """Text of share buttons."""
    return share_by_label(
        "share_text",
        "Text of share buttons stands",
        facts.traces["share"],
        facts,
        remedy=_ONE_TOOL,
    )


def footer_text(facts: Facts) -> Finding:
    """Newsletter, subscription and copyright text."""
    return share_by_label(
        "footer_text",
        "Newsletter, subscription or copyright text stands",
        facts.traces["footer"],
        facts,
        remedy=_ONE_TOOL,
    )


def cut_endings(facts: Facts) -> Finding:
    """Texts that end in an ellipsis or "read more"."""
    return share_by_label(
        "cut_endings",
        "An ending that is cut off (an ellipsis, read more) stands",
        facts.traces["cut"],
        facts,
        remedy="Fetch the whole text, or leave these articles out.",
    )


def furniture(facts: Facts) -> Finding:
    """Whether the share of page furniture alone tells the label; what it is says `classifier.text`."""
    return number_alone(
        "furniture",
        ("Articles with more page furniture", "Articles with less page furniture"),
        facts.furniture,
        facts,
        remedy="Learn from title and body only; furniture shows how a page was saved.",
    )


def quotation_marks(facts: Facts) -> Finding:
    """Quotation marks turned to question marks, or lost."""
    long = facts.n_words >= LONG
    remedy = "Measure no quotations here; get the texts from a source that kept the marks."
    turned = share_by_label(
        "quotation_marks",
        "Question marks instead of quotation marks and apostrophes stand",
        facts.traces["destroyed"],
        facts,
        everywhere=DAMAGED,
        remedy=remedy,
    )
    lost = share_by_label(
        "quotation_marks",
        f"No quotation mark at all (texts of {LONG} words or more) stands",
        ~facts.traces["quotation_mark"],
        facts,
        kept=long,
        everywhere=UNQUOTED,
        remedy=remedy,
    )
    return worst([turned, lost])


def mojibake(facts: Facts) -> Finding:
    """Text that went through the wrong character encoding."""
    return share_by_label(
        "mojibake",
        "Mojibake or replacement characters stand",
        facts.traces["mojibake"],
        facts,
        everywhere=DAMAGED,
        remedy="Decode the source again with its right encoding.",
    )


def markup(facts: Facts) -> Finding:
    """HTML tags and entities left over in the text."""
    return share_by_label(
        "markup",
        "HTML tags or entities stand",
        facts.traces["markup"],
        facts,
        everywhere=DAMAGED,
        remedy="Strip tags and resolve entities in all articles alike.",
    )


def layout(facts: Facts) -> Finding:
    """Line breaks, curly marks, double spaces: the most telling of seven marks of layout."""
    return worst(
        share_by_label(
            "layout",
            f"The layout mark '{name}' stands",
            facts.traces[name],
            facts,
            remedy="Bring line breaks, spaces and marks of all articles to one form, or count nothing that uses them.",
        )
        for name in LAYOUT
    )


def languages(facts: Facts) -> Finding:
    """Articles in another language than English."""
    foreign = np.array([language != SUPPORTED for language in facts.languages])
    found = Counter(language for language in facts.languages if language != SUPPORTED)
    others = f" ({', '.join(f'{language} {n}' for language, n in found.most_common(3))})" if found else ""
    return share_by_label(
        "languages",
        f"Another language than English{others} is written",
        foreign,
        facts,
        everywhere=FOREIGN,
        remedy="Leave these articles out, they get no score; und is a language that was not recognised.",
    )


def short_texts(facts: Facts) -> Finding:
    """Empty texts and texts under 75 words."""
    return share_by_label(
        "short_texts",
        f"Under {SHORT} words stand",
        facts.n_words < SHORT,
        facts,
        everywhere=MANY_SHORT,
        remedy="Leave them out: they are stubs, paywalls and failed extractions, and get no score.",
    )
