"""Scare quotes: a word or three in quotation marks that the writer uses and keeps at a distance.

The text layer tells them from speech and titles by shape. Most short quotations are still somebody's words, a name,
or a term that is explained; what stands around them tells.
"""

from collections.abc import Iterator, Sequence

from classifier.signals.scan import Context
from classifier.text.paragraphs import Shape
from classifier.text.quotations import Quotation

# Somebody's words, a name, a term: a form of these nearby says so.
_GIVES_LISTED = """
according account accuse accused accuses accusing acknowledge acknowledged acknowledges add added adding adds
admission admit admits admitted advise advised adviser advisers advises affidavit agree agreed agrees aide album
alerted allegation allegations allege alleged amendment announced announces answer answered answers argue argued
argues arguing ask asked asking asks assert asserted asserts assured assures attacked attorney author authors
ballot band believe believed believes bill billed blame blamed blames blaming blast blasted blasting boast
boasted book brand branded branding brands call called calling calls caption categorized category chant chanted
chanting chants chapter characterize characterized characterizes characterizing charge charged chorus cite cited
cites citing claim claimed claiming claims classified clause code codename codenamed column comment commented
comments compared compares complain complained complaining complains complaint conceded concept concluded
condemn condemned condemning confirmed confirming confirms considered constitution court credited criticism
criticized criticizing critics declare declared declares declaring declined decried deemed define defined
defines definition definitions demand demanded denied denies denounced denouncing depicted derided derides
describe described describes describing designated directive dismissed doctrine dubbed email emails emphasize
emphasized emphasizes emphasizing entitled entry episode euphemism explain explained explaining explains
expressed expression feel feels felt filing filings film framed frames group guidance guidelines hailed hails
hashtag headline headlined hinted hope hopes indicate indicated indicates indicating indictment insist insisted
insisting insists interpreted interview joked judge keyword known label labeled labeling labelled labels
lambasted law laws lawsuit legal letter likened listed lists literally lyrics magazine marked mean meaning means
meant memo mention mentioned mentioning message mocked moniker motto movie name named names nickname nicknamed
note noted notes noting option order ordered orders outlined outlining painted paints perceived percent phrase
phrases play plead pleaded pledge pledged pledges pointed poll polls portray portrayed portrays post posted
praised praises praising predicted prefer preferred prefers proclaimed program promise promised promises
pronounced proposed proposes question questions quipped quotation quote quoted quotes quoting railed rails rated
rating read reading reads recalled recommended recommends refer reference referred referring refers refuse
refused refuses regarded reject rejected rejects remark remarked remarks replied reply reported reporter
reporters reports resolution respond responded responding response ridiculed rule ruled ruling said say saying
says search searches series shout shouted shouting show sign signaled signaling signals signs site skeptics slam
slammed slams slogan song speech spelled spoke spoken spokesman spokeswoman stated statement statements states
stating statute stress stressed stresses stressing styled subject suggest suggested suggesting suggests survey
surveys tagged talk talked talking talks teased tell telling tells term termed terms testified testify
testifying testimony text texts thanked theme theorised theorized theory think thinks thought threat threaten
threatened threatening threatens title titled titles told tout touted touting touts translated translates
translation tweet tweeted tweeting tweets understood urged used uses using verdict video view viewed views vote
voted votes vow vowed vowing vows warn warned warning warns website what word words worried worries worry
worrying write writer writes writing wrote
"""
_GIVES = frozenset(_GIVES_LISTED.encode().split())
MOST_WORDS = 3
_LONGEST = 60  # characters
_AROUND = 500  # characters of the sentence that are read on each side
_CLOSE_BEFORE = frozenset("(-[{")  # explained beside it, or part of a compound
_CLOSE_AFTER = frozenset(")-]:")


def scare_quotes(context: Context) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of each, marks included."""
    plain, found = context.text.plain, context.text.quotations
    for i, (start, end, kind, closed, inner) in enumerate(found):
        # A capital or a figure: a name, a nickname, a title.
        if kind != "scare" or not closed or not plain[inner[0]].islower() or end - start > _LONGEST:
            continue
        if plain[start - 1 : start] in _CLOSE_BEFORE or plain[end : end + 1] in _CLOSE_AFTER:
            continue
        if _distances(context, start, end, found[max(i - 1, 0) : i + 2]):
            yield start, end, "scare_quotes"


def _distances(context: Context, start: int, end: int, beside: Sequence[Quotation]) -> bool:
    text = context.text
    sentences, cells = text.sentences, text.words.cells
    said = text.plain[start:end]
    if said != said.lower() or "..." in said or "\u2026" in said:
        return False
    if not 1 <= len(cells[start:end].tobytes().split()) <= MOST_WORDS:
        return False
    sentence = sentences.at(start)
    if sentence < 0 or text.paragraphs[int(sentences.paragraph[sentence])].shape is not _PROSE:
        return False  # headlines and headings quote in few words
    begin, end_of_all = int(sentences.start[sentence]), int(sentences.end[sentence])
    if any(q.kind == "speech" and q.start < end_of_all and q.end > begin for q in beside):
        return False  # the sentence quotes somebody
    before = cells[max(begin, start - _AROUND) : start].tobytes().split()
    after = cells[end : min(end_of_all, end + _AROUND)].tobytes().split()
    return _GIVES.isdisjoint(before) and _GIVES.isdisjoint(after)


_PROSE = Shape.PROSE  # through the class it takes ten times as long
