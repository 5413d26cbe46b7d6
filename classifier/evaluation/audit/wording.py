"""Words and fixed phrases that tell the label or the publisher without anything being written differently."""

from collections.abc import Sequence

import numpy as np

from classifier.evaluation.audit.by_label import share_by_label
from classifier.evaluation.audit.facts import BoolArray, Facts
from classifier.evaluation.audit.finding import Finding, Severity, alarm, cannot, passed, worst
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
"""Chance that any phrase of the corpus passes where none tells a label: binomial test, Bonferroni."""
OWN_PHRASE = 0.9
"""Part of a phrase's articles that one publisher has, for the phrase to be its signature ..."""
SIGNED = 0.2
"""... and part of the publisher's articles that hold it."""


def label_words(facts: Facts) -> Finding:
    """The article's own label, and words of verdicts: hoax, debunked, fact check, fake news, satire."""
    remedy = "Read where they stand: take out verdicts that were stored with the article, mask the words otherwise."
    own = share_by_label(
        "label_words",
        "The article's own label stands on a line of its own, in brackets or behind 'verdict:'",
        facts.own_label,
        facts,
        everywhere=CARRIED,
        remedy=remedy,
    )
    verdict = share_by_label(
        "label_words",
        "Words that speak of a verdict (hoax, debunked, fact check, fake news, satire) stand",
        facts.traces["verdict"],
        facts,
        remedy=remedy,
    )
    return worst([verdict, own])


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
    from scipy.stats import binom

    code = "repeated_phrases"
    if not facts.contrasts:
        return cannot(code, facts.why_no_contrast())
    text, phrase, first, text_of = _once(facts)
    n_phrases = len(facts.phrases.shown)
    weight: dict[int, float] = {}
    says: dict[int, str] = {}
    for contrast in facts.contrasts:
        of = np.full(len(first), np.nan)
        of[text_of[contrast.rows[::-1]]] = contrast.y[::-1]  # copies: the label of the first that has one
        base = float(np.nanmean(of))
        labelled = ~np.isnan(of[text])
        n = np.bincount(phrase[labelled], minlength=n_phrases)
        positive = np.bincount(phrase[labelled], of[text][labelled], n_phrases)
        tested = np.flatnonzero(n >= FEWEST_COPIES)
        n, positive = n[tested], positive[tested]
        share = positive / np.maximum(n, 1)
        chance = 2 * np.minimum(binom.cdf(positive, n, base), binom.sf(positive - 1, n, base))
        found = (chance <= CHANCE / max(len(tested), 1)) & (np.abs(share - base) > LIFT)
        for i in np.flatnonzero(found).tolist():
            number, leans = int(tested[i]), float(n[i] * abs(share[i] - base))
            if leans > weight.get(number, 0.0):
                weight[number] = leans
                says[number] = f"{n[i]} texts, {share[i]:.0%} {contrast.label} where {base:.0%} are"
    chosen = _distinct(sorted(weight, key=lambda one: (-weight[one], one)), facts)
    carried = float(_holding(facts, list(weight))[facts.contrasts[0].rows].mean())
    figures = {"phrases": float(len(chosen)), "share": carried}
    if not chosen:
        return passed(code, "No line, sentence, opening or ending is tied to one label.", figures)
    return alarm(
        code,
        _severity(carried),
        f"Fixed phrases that stand in {FEWEST_COPIES} texts or more and lean to one label ({len(chosen)} of them) are"
        f" carried by {carried:.1%} of the labelled articles.",
        remedy="Strip these lines: they are page furniture or habits of an outlet, not of the writing.",
        figures=figures,
        examples=[f'"{facts.phrases.shown[number]}" ({says[number]})' for number in chosen],
    )


def publisher_phrases(facts: Facts) -> Finding:
    """Lines, sentences, openings and endings that are the signature of one publisher."""
    code = "publisher_phrases"
    codes = publisher_codes(facts.publishers)
    text, phrase, first, _ = _once(facts)
    own = codes[first]
    if len(np.unique(own[own != UNKNOWN])) < 2:
        return cannot(code, "two publishers are needed to compare them")
    texts_of = np.bincount(own[own != UNKNOWN])
    kept = own[text] != UNKNOWN
    pairs, n = np.unique(np.stack([phrase[kept], own[text][kept]]), axis=1, return_counts=True)
    whole = np.bincount(phrase[kept], minlength=len(facts.phrases.shown))[pairs[0]]
    signed = np.flatnonzero((n >= OFTEN) & (n >= OWN_PHRASE * whole) & (n >= SIGNED * texts_of[pairs[1]]))
    signed = signed[np.argsort(-n[signed], kind="stable")]
    carried = float(_holding(facts, pairs[0][signed].tolist())[codes != UNKNOWN].mean())
    n_publishers = len(np.unique(pairs[1][signed]))
    chosen = _distinct(pairs[0][signed].tolist(), facts)
    figures = {"phrases": float(len(chosen)), "publishers": float(n_publishers), "share": carried}
    if not chosen:
        return passed(code, "No publisher has a line, sentence, opening or ending of its own.", figures)
    names = dict(zip(codes.tolist(), facts.publishers, strict=True))
    says = {
        int(pairs[0][i]): f"{names[int(pairs[1][i])]}, {n[i]} of {texts_of[pairs[1][i]]} texts"
        for i in signed.tolist()
    }
    return alarm(
        code,
        _severity(carried),
        f"Fixed phrases of a publisher's own (publishers: {n_publishers}) are carried by {carried:.1%} of the"
        " articles with a publisher.",
        remedy="Strip these lines, or mask what is repeated within a publisher, before words are learned from.",
        figures=figures,
        examples=[f'"{facts.phrases.shown[number]}" ({says[number]})' for number in chosen],
    )


def _severity(carried: float) -> Severity:
    if carried < CARRIED:
        return "low"
    return "high" if carried >= CARRIED_HIGH else "medium"


def _distinct(phrases: Sequence[int], facts: Facts) -> list[int]:
    """Those of which half of the articles have none of the earlier ones: a long line holds many phrases."""
    order = np.argsort(facts.phrases.phrase, kind="stable")
    bounds = facts.phrases.phrase[order].searchsorted(np.arange(len(facts.phrases.shown) + 1))
    covered = np.zeros(len(facts), np.bool_)
    chosen = []
    for number in phrases:
        holders = facts.phrases.article[order[bounds[number] : bounds[number + 1]]]
        if covered[holders].mean() <= 0.5:
            chosen.append(number)
        covered[holders] = True
    return chosen


def _once(facts: Facts) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Near-duplicates as one text: pairs (text, phrase), the first article of each text, the text of each article."""
    _, first, text = np.unique(facts.near, return_index=True, return_inverse=True)
    n_phrases = max(len(facts.phrases.shown), 1)
    pairs = np.unique(text[facts.phrases.article] * n_phrases + facts.phrases.phrase)
    return pairs // n_phrases, pairs % n_phrases, first, text


def _holding(facts: Facts, phrases: Sequence[int]) -> BoolArray:
    held = np.zeros(len(facts), np.bool_)
    held[facts.phrases.article[np.isin(facts.phrases.phrase, phrases)]] = True
    return held
