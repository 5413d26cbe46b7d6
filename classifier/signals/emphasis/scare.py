"""Scare quotes: a word or three in quotation marks that the writer uses and keeps at a distance.

The text layer tells them from speech and titles by shape. Most short quotations are still somebody's words, a name,
or a term that is explained; what stands around them tells.
"""

from collections.abc import Iterator

from classifier.signals.scan import Context
from classifier.text.paragraphs import Zone

# Somebody's words, a name, a term: a form of these nearby says so.
_GIVES_LISTED = """
according account accuse accused accuses accusing acknowledge acknowledged acknowledges add added adding adds
admit admits admitted adviser advisers aide album alerted allege alleged announced announces answer answered
answers argue argued argues arguing ask asked asking asks assert asserted asserts assured attacked attorney
author authors band bill billed blamed blast blasted blasting boast boasted book branded call called calling
calls caption category chant chanted chanting chants chapter characterize characterized charge charged chorus
cite cited cites citing claim claimed claiming claims code codename codenamed column comment commented comments
complain complained complaining complains conceded concept concluded condemn condemned condemning considered
credited criticized criticizing declare declared declares declaring declined decried deemed define defined
defines definition definitions demand demanded denied denies denounced denouncing describe described describes
describing dismissed doctrine dubbed email emails emphasized entitled entry episode euphemism explain explained
explaining explains expressed expression feel feels felt film group hashtag headline headlined hinted insist
insisted insisting insists interview joked keyword known label labeled labeling labelled labels letter lyrics
magazine meaning means memo mention mentioned mentioning message mocked moniker motto movie name named names
nickname nicknamed note noted notes noting phrase phrases play pledged pointed post posted predicted proclaimed
program promised pronounced question questions quipped quote quoted quotes quoting rated rating read reading
reads recalled reference referred referring refers remark remarked remarks replied reply reported reporter
reporters reports respond responded responding response rule said say saying says search searches series shout
shouted shouting show sign signs site slammed slogan song speech spoke spoken spokesman spokeswoman stated
statement states stating stressed styled subject suggest suggested suggesting suggests talk talked talking talks
tell telling tells term termed terms testified testimony text texts thanked theme theory think thinks thought
titled told tout touted translated translates translation tweet tweeted tweeting tweets urged used uses using
verdict video viewed vowed warn warned warning warns website what word words write writer writes writing wrote
"""
_GIVES = frozenset(_GIVES_LISTED.encode().split())
MOST_WORDS = 3
_LONGEST = 60  # characters
_CLOSE_BEFORE = frozenset("(-[{")  # explained beside it, or part of a compound
_CLOSE_AFTER = frozenset(")-]:")


def scare_quotes(context: Context) -> Iterator[tuple[int, int]]:
    """Start and end of each, marks included."""
    plain = context.text.plain
    for q in context.text.quotations:
        # A capital or a figure: a name, a nickname, a title.
        if q.kind == "scare" and q.closed and plain[q.inner[0]].islower() and q.end - q.start < _LONGEST:
            if plain[q.start - 1 : q.start] in _CLOSE_BEFORE or plain[q.end : q.end + 1] in _CLOSE_AFTER:
                continue
            if _distances(context, q.start, q.end):
                yield q.start, q.end


def _distances(context: Context, start: int, end: int) -> bool:
    text = context.text
    first, last = text.words.index(start), text.words.index(end)
    if not 1 <= last - first <= MOST_WORDS or context.sentence_of[first] < 0:
        return False
    if any(not context.shown(i).islower() for i in range(first, last)):
        return False
    sentence = context.sentence_of[first]
    if text.sentences.zone[sentence] == Zone.TITLE:
        return False  # headlines quote in few words
    begin, end_of_all = int(text.sentences.start[sentence]), int(text.sentences.end[sentence])
    cells = text.words.cells
    around = cells[begin:start].tobytes().split() + cells[end:end_of_all].tobytes().split()
    return _GIVES.isdisjoint(around)
