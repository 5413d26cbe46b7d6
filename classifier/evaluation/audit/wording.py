"""Words and fixed phrases that tell the label or the publisher without anything being written differently."""

from statistics import NormalDist

import numpy as np

from classifier.evaluation.audit.by_label import share_by_label
from classifier.evaluation.audit.facts import BoolArray, Facts
from classifier.evaluation.audit.finding import EXAMPLES, Finding, Severity, alarm, cannot, passed, worst
from classifier.evaluation.audit.phrases import OFTEN
from classifier.evaluation.audit.traces import TAG
from classifier.evaluation.duplicates import IntArray
from classifier.evaluation.publishers import UNKNOWN, publisher_codes

CARRIED = 0.05
"""Share of articles with a telling phrase from which it is an issue."""
CARRIED_HIGH = 0.3
FEWEST_COPIES = 10
"""Texts, near-duplicates counted once, a phrase must stand in to tell a label."""
LIFT = 0.25
"""How much larger (in share points) the label's part among articles with the phrase must be than among all."""
CHANCE = 0.001
"""Chance that any phrase of the corpus passes where none tells a label (Bonferroni over the phrases)."""
OWN_PHRASE = 0.9
"""Part of a phrase's articles that one publisher has, for the phrase to be its signature ..."""
SIGNED = 0.2
"""... and part of the publisher's articles that hold it."""


def label_words(facts: Facts) -> Finding:
    """Words of verdicts: hoax, debunked, fact check, fake news, satire."""
    return share_by_label(
        "label_words",
        "Words that speak of a verdict (hoax, debunked, fact check, fake news, satire) stand",
        facts.traces["verdict"],
        facts,
        remedy="Read where they stand: take out verdicts that were stored with the article, mask the words otherwise.",
    )


def agency_tags(facts: Facts) -> Finding:
    """Tags such as "(Reuters)", all together and each alone: two agencies may hide one another."""
    subjects = {"agency": "A tag of an agency or a broadcaster, such as (Reuters), stands"}
    subjects |= {name: f"The {name} stands" for name in facts.traces.has if name.startswith(TAG)}
    return worst(
        share_by_label(
            "agency_tags",
            says,
            facts.traces[name],
            facts,
            remedy="Take the tags and datelines out, or mask names of outlets.",
        )
        for name, says in subjects.items()
    )


def addresses(facts: Facts) -> Finding:
    """Web addresses in the text, and among them the article's own."""
    own = facts.own_address
    if own.mean() >= CARRIED:
        return share_by_label(
            "addresses",
            "The article's own web address stands",
            own,
            facts,
            everywhere=CARRIED,
            remedy="Strip lines that hold only an address: the domain gives the label away.",
        )
    return share_by_label(
        "addresses",
        "Web addresses stand",
        facts.traces["address"],
        facts,
        remedy="Take addresses out of the text or replace them by one word.",
    )


def repeated_phrases(facts: Facts) -> Finding:
    """Lines, sentences, openings and endings that many articles of one label share."""
    code = "repeated_phrases"
    if not facts.contrasts:
        return cannot(code, facts.why_no_contrast())
    told = np.zeros(len(facts), np.bool_)
    telling: dict[str, float] = {}
    cluster, phrase, first = _once(facts)
    for contrast in facts.contrasts:
        y = np.full(len(facts), np.nan)
        y[contrast.rows] = contrast.y
        labelled = ~np.isnan(y[first[cluster]])
        of, which = y[first[cluster]][labelled], phrase[labelled]
        n = np.bincount(which, minlength=len(facts.phrases.shown))
        positive = np.bincount(which, of, len(facts.phrases.shown))
        base = float(y[first][~np.isnan(y[first])].mean())
        tested = n >= FEWEST_COPIES
        if not tested.any() or not 0 < base < 1:
            continue
        sure = NormalDist().inv_cdf(1 - CHANCE / 2 / int(tested.sum()))
        share = positive / np.maximum(n, 1)
        error = np.sqrt(base * (1 - base) / np.maximum(n, 1))
        found = tested & (np.abs(share - base) > np.maximum(sure * error, LIFT))
        # A phrase in most articles can lean by little only: it tells nothing that its absence does not.
        told[facts.phrases.article[found[facts.phrases.phrase]]] = True
        for number in np.flatnonzero(found).tolist():
            says = f"{n[number]} texts, {share[number]:.0%} {contrast.label} where {base:.0%} are"
            weight = float(n[number] * abs(share[number] - base))
            telling[f'"{facts.phrases.shown[number]}" ({says})'] = weight
    labelled_rows = facts.contrasts[0].rows
    carried = float(told[labelled_rows].mean())
    figures = {"phrases": float(len(telling)), "share": carried}
    if not telling:
        return passed(code, "No line, sentence, opening or ending is tied to one label.", figures)
    says = (
        f"{len(telling)} fixed phrases stand in {FEWEST_COPIES} texts or more and lean to one label;"
        f" {carried:.1%} of the labelled articles carry one."
    )
    severity: Severity = "low"
    if carried >= CARRIED:
        severity = "high" if carried >= CARRIED_HIGH else "medium"
    return alarm(
        code,
        severity,
        says,
        remedy="Strip these lines: they are page furniture or habits of an outlet, not of the writing.",
        figures=figures,
        examples=sorted(telling, key=lambda one: -telling[one])[:EXAMPLES],
    )


def publisher_phrases(facts: Facts) -> Finding:
    """Lines, sentences, openings and endings that are the signature of one publisher."""
    code = "publisher_phrases"
    codes = publisher_codes(facts.publishers)
    cluster, phrase, first = _once(facts)
    own = codes[first]
    known = own != UNKNOWN
    if len(np.unique(own[known])) < 2:
        return cannot(code, "two publishers are needed to compare them")
    texts_of = np.bincount(own[known])
    kept = known[cluster]
    which, of = phrase[kept], own[cluster][kept]
    pairs, n = np.unique(np.stack([which, of]), axis=1, return_counts=True)
    whole = np.bincount(which, minlength=len(facts.phrases.shown))[pairs[0]]
    signed = (n >= OFTEN) & (n >= OWN_PHRASE * whole) & (n >= SIGNED * texts_of[pairs[1]])
    carried = float(_holding(facts, pairs[0][signed])[codes != UNKNOWN].mean())
    n_publishers = len(np.unique(pairs[1][signed]))
    figures = {"phrases": float(signed.sum()), "publishers": float(n_publishers), "share": carried}
    if not signed.any():
        return passed(code, "No publisher has a line, sentence, opening or ending of its own.", figures)
    says = (
        f"{n_publishers} publishers have fixed phrases of their own; {carried:.1%} of the articles with a publisher"
        " carry one."
    )
    severity: Severity = "low"
    if carried >= CARRIED:
        severity = "high" if carried >= CARRIED_HIGH else "medium"
    order = np.flatnonzero(signed)[np.argsort(-n[signed], kind="stable")]
    names = dict(zip(codes.tolist(), facts.publishers, strict=True))
    return alarm(
        code,
        severity,
        says,
        remedy="Strip these lines, or mask what is repeated within a publisher, before words are learned from.",
        figures=figures,
        examples=[
            f'"{facts.phrases.shown[pairs[0][i]]}" ({names[int(pairs[1][i])]}, {n[i]} of {texts_of[pairs[1][i]]} texts)'
            for i in order[:EXAMPLES].tolist()
        ],
    )


def _once(facts: Facts) -> tuple[IntArray, IntArray, IntArray]:
    """Pairs (text, phrase) with near-duplicates as one text, and the first article of each such text."""
    _, first, text = np.unique(facts.near, return_index=True, return_inverse=True)
    pairs = np.unique(np.stack([text[facts.phrases.article], facts.phrases.phrase]), axis=1)
    return pairs[0], pairs[1], first


def _holding(facts: Facts, phrases: IntArray) -> BoolArray:
    held = np.zeros(len(facts), np.bool_)
    held[facts.phrases.article[np.isin(facts.phrases.phrase, phrases)]] = True
    return held
