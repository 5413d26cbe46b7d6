"""The score of an article with its reasons, each leading to its places; or in words why there is none."""

from classifier.pages.marks import Places, in_words, link
from classifier.scoring.answers import Answer, Score
from classifier.scoring.reasons import Reason
from classifier.text.escape import escaped
from classifier.text.readable import Readable

LINKS = 12  # shown for each reason


def score(answer: Answer, places: Places) -> str:
    """The section's content."""
    if answer.score is None:
        if answer.abstained is None:
            return "<p>No score was given.</p>\n"
        code = f" <small>({escaped(in_words(answer.abstained.code))})</small>"
        return (
            f'<p class="abstained"><strong>No score.</strong> {escaped(answer.abstained.says)}{code}</p>\n'
            "<p>The signals below are marked all the same.</p>\n"
        )
    found = answer.score
    readable = answer.marking.marked.text.readable
    reasons = found.reasons()
    pieces = [
        f'<p class="probability"><b>{found.probability:.0%}</b> {_scale(found)}</p>\n'
        f"<p>is the probability, with a 95% interval from {found.low:.0%} to {found.high:.0%}, that this article is"
        f" like those labelled <i>{escaped(found.label)}</i> in the corpora behind the model"
        f" <code>{escaped(answer.model['name'])}</code>, where {found.prevalence:.0%} of the articles are. It is no"
        " verdict on the article or its writer.</p>\n"
    ]
    if not reasons:
        pieces.append("<p>No single measure stands out.</p>\n")
    else:
        rows = "".join(_reason(reason, readable, places) for reason in reasons)
        pieces.append(f'<h3>What moved it most</h3>\n<ol class="reasons">\n{rows}</ol>\n')
    if change := found.crossing():
        pieces.append(f'<p class="change">{escaped(change.says())}</p>\n')
    return "".join(pieces)


def _scale(found: Score) -> str:
    low, high, at = (round(200 * x, 1) for x in (found.low, found.high, found.probability))
    says = f"{found.probability:.0%} on a scale from 0 to 100%, interval {found.low:.0%} to {found.high:.0%}"
    return (
        f'<svg class="scale" viewBox="-4 0 208 14" role="img" aria-label="{says}"><path d="M0 7h200"/>'
        f'<rect x="{low}" y="3" width="{max(1.0, round(high - low, 1))}" height="8"/>'
        f'<circle cx="{at}" cy="7" r="4"/></svg>'
    )


def _reason(reason: Reason, readable: Readable, places: Places) -> str:
    way = "raises" if reason.contribution > 0 else "lowers"
    adds = f"{reason.contribution:+.2f}".replace("-", "−")
    links = []
    for span in reason.spans[:LINKS]:
        number = places.mark(span["start"], span["end"])
        if number is not None:
            first, last = readable.span_of_raw(span["start"], span["end"])
            links.append(link(number, readable.text[first:last]))
    more = len(reason.spans) - len(links)
    where = ""
    if links:
        where = f'<p class="places">{", ".join(links)}{f" and {more} more" if more > 0 else ""}</p>'
    return (
        f'<li class="{way}"><span class="way">{way} it <small>{adds}</small></span> '
        f"{escaped(reason.says)} <code>{escaped(reason.measure)}</code>{where}</li>\n"
    )
