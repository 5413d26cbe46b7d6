"""The report on one article: everything a result holds, for people to look at."""

from collections import Counter

from classifier.pages.article import article
from classifier.pages.frame import framed, section
from classifier.pages.legend import in_order, legend
from classifier.pages.marks import WORDING, Places, in_words, marks_of
from classifier.pages.ranges import measures
from classifier.pages.score import score
from classifier.pages.sources import sources
from classifier.pages.strip import strips
from classifier.scoring.answers import Answer, Marking
from classifier.text.escape import escaped, isolated
from classifier.text.paragraphs import Zone

TITLE = 120  # characters shown of a headline
_UNKNOWABLE = (
    "Whether anything in the article is true. It looks nothing up and knows no facts.",
    "Whether a source exists, was quoted correctly, or was in a position to know.",
    "What was left out: other sides, earlier corrections, context, pictures, video.",
    "Who wrote or published it, why, and whether it is satire, opinion or advertising in the clothes of news.",
    "Whether a hedge is honest caution or a way around responsibility; both use the same words.",
    "What it overlooked: marks come from rules and trained taggers that miss some places and mark some wrongly.",
)
_OF_SCORE = (
    "More than its training labels: a score says how much an article is written like those labelled one way in a few"
    " English-language corpora, whose labels mostly belong to whole publishers."
)


def report(result: Marking | Answer) -> str:
    """One self-contained HTML document, as a string without lone surrogates."""
    return framed("report", f"{_name(result)} – signals", main(result))


def for_notebook(result: Marking | Answer) -> str:
    """The report as a frame for a notebook's cell: its styles stay inside, the notebook's outside."""
    return (
        '<iframe title="Signals of an article" sandbox="allow-scripts" width="100%" height="640"'
        f' style="border:1px solid #8888" srcdoc="{escaped(report(result))}"></iframe>'
    )


def main(result: Marking | Answer) -> str:
    """The ``<main>`` of the report; the style and script "report" go with it."""
    answer = result if isinstance(result, Answer) else None
    marking = result.marking if isinstance(result, Answer) else result
    text = marking.marked.text
    found = marking.to_dict()
    reasons = answer.score.reasons() if answer is not None and answer.score is not None else []
    marks = marks_of(marking, found, reasons)
    places = Places(marks, [p.start for p in text.zone(Zone.BODY)])
    families = in_order(
        [
            *(family.name for family in marking.batch.families),
            *{mark.family for mark in marks if mark.family == WORDING},
        ]
    )
    counts = Counter(mark.family for mark in marks if mark.counts)
    stretches = [(p.start, p.end) for p in text.paragraphs if p.zone in (Zone.TITLE, Zone.BODY)]
    language = f' lang="{escaped(text.language)}"' if text.language not in ("en", "und") else ""
    title = marking.document.title
    sections = [
        f"<header>\n<h1>{isolated(_name(result), TITLE)}</h1>\n{_about(result, marking)}</header>\n",
        section("score", "Score", score(answer, places)) if answer is not None else "",
        section("strip", "Along the article", strips(marks, families, stretches)),
        '<section id="text" aria-labelledby="text-h">\n<h2 id="text-h">Text</h2>\n',
        '<p class="skip"><a href="#sources">Skip the text and its marks</a></p>\n',
        legend({name: str(counts[name]) for name in families}),
        f"<article{language}>\n{f'<p class=title>{escaped(title)}</p>' if title else ''}{article(text, marks)}"
        "</article>\n</section>\n",
        section("sources", "Sources", sources(marks, text.readable, places))
        if "sourcing" in families
        else "",
        section("measures", "Measures", measures(marking.batch.measures, found["measures"])),
        section("limits", "What this tool can’t know", _limits(answer)),
    ]
    return f'<main class="report" id="report">\n{"".join(sections)}</main>'


def _name(result: Marking | Answer) -> str:
    marking = result.marking if isinstance(result, Answer) else result
    text = marking.marked.text
    if marking.document.title:
        return marking.document.title
    title = text.zone(Zone.TITLE)
    return text.readable.text[title[0].start : title[0].end] if title else marking.document.id


def _about(result: Marking | Answer, marking: Marking) -> str:
    text = marking.marked.text
    words = sum(p.words for p in text.zone(Zone.BODY))
    facts = [escaped(marking.document.id), f"{words:,} words in the body"]
    if text.language != "en":
        facts.append(f"language: {escaped('not known' if text.language == 'und' else text.language)}")
    if isinstance(result, Answer):
        facts.append(f"model {escaped(result.model['name'])} {escaped(result.model['sha256'][:12])}")
    notes = "".join(f'<p class="note">Noticed: {escaped(in_words(note))}.</p>\n' for note in text.notes)
    return (
        f'<p class="about">{" · ".join(facts)}</p>\n'
        f'<p class="about">A mark is a signal, not a verdict: it says what the text does, not whether it is right.'
        f"</p>\n{notes}"
    )


def _limits(answer: Answer | None) -> str:
    known = (*_UNKNOWABLE, _OF_SCORE) if answer is not None else _UNKNOWABLE
    return f"<ul>\n{''.join(f'<li>{line}</li>{chr(10)}' for line in known)}</ul>\n"
