"""Hits in context -> spans of certainty; the headline and the statements of the body that say it again."""

# ruff: noqa: ARG001  (all conditions share one signature)

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from classifier.signals.lexicon import read_lexicon
from classifier.signals.scan import Context, Hits
from classifier.signals.span import Span
from classifier.text.paragraphs import Zone
from classifier.text.stretches import Stretches

Condition = Callable[[Context, int, int], bool]  # (context, first word, last word exclusive): no cue here

LEXICON = read_lexicon(__name__.rpartition(".")[0])

_BE = frozenset(
    b"is are was were be been being am isn't aren't wasn't weren't i'm we're they're you're he's she's".split()
)
_NEGATIONS = frozenset(
    b"not no never nor neither cannot without hardly scarcely barely rarely seldom don't doesn't didn't isn't"
    b" aren't wasn't weren't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't ain't mustn't needn't"
    b" nobody none nothing".split()
)
_LITTLE = frozenset(b"any little few lack lacks lacked lacking absence insufficient zero".split())
# Words that a negation reaches through: "not be so very", "doesn't have any clear proof".
_REACHED_THROUGH = frozenset(
    b"be been being so that this quite really too yet the a an always necessarily exactly as going to have had has"
    b" any all very it in of also entirely completely absolutely totally".split()
)
_NEGATIVE_CUES = frozenset(
    b"no not never nobody none noone nothing nowhere without beyond zero under hardly impossible cannot can't".split()
)
_SHORT_OF = frozenset(
    b"almost nearly virtually practically near mostly fairly reasonably relatively somewhat seemingly apparently"
    b" perhaps maybe probably possibly arguably allegedly supposedly effectively largely likely partly partially"
    b" moderately essentially basically".split()
)
_PAIRS_SHORT_OF = frozenset([(b"pretty", b"much"), (b"all", b"but"), (b"far", b"from"), (b"less", b"than")])
_WITHDRAWING = (
    _NEGATIONS | _LITTLE | _REACHED_THROUGH | _SHORT_OF | {b"much", b"but", b"from", b"than", b"pretty"}
)
_ANNOUNCING = frozenset(b"make makes made making".split())
_FUNCTION_WORDS = frozenset(
    b"the a an this that these those his her its their our my your whose of in on at by with from for to about"
    b" after before since under over through into against among between during as per until near than and or but"
    b" nor so yet because while when if though although where who which what is are was were be been being am"
    b" has have had do does did will would can could may might should must shall i you he she it we they me him"
    b" us them there here not no up out off down back away around along across alone".split()
)
_DETERMINERS = frozenset(b"the this that these those his her its their our my your whose a an".split())
_DEFINITE = _DETERMINERS - {b"a", b"an"}
_SUBJECTS = frozenset(b"i we he she it they you there this the".split())
_TIMES = frozenset(
    b"second minute hour day night morning afternoon evening week weekend month quarter season year decade century"
    b" summer winter spring autumn fall monday tuesday wednesday thursday friday saturday sunday january february"
    b" march april may june july august september october november december christmas easter seconds minutes hours"
    b" days nights weeks months years times time game match weekday half generation".split()
)
_NUMBERS = frozenset(
    b"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty"
    b" thirty forty fifty hundred thousand first second third fourth fifth few couple".split()
)
_PLURALS = frozenset(b"people men women children mankind humanity humankind".split())
_ADJECTIVES = frozenset(
    b"bad big human bold brave bright broad broken calm cheap clean clear clever close cold cool crazy cruel cute"
    b" dark dead deep different difficult dirty dry dumb early easy empty evil fair fake false familiar far fast"
    b" fat few fine firm fit flat fresh funny glad good grave great grim grown happy hard harsh heavy high"
    b" honest hot huge hungry ill important keen kind large late lazy likely little long loud low lucky mad many"
    b" massive mean mild modern much nasty near neat new nice normal odd often old open poor popular powerful"
    b" pretty proud public pure quick quiet rapid rare raw ready real recent rich right rigid rough rude sad"
    b" safe scared scary secret serious severe sharp short shy sick significant silly similar simple slight slim"
    b" slow small smart smooth soft solid sore sorry special stark steep stiff still strange strict strong"
    b" stupid sure sweet swift tall tense thick thin tight tiny tired tough true ugly unfair unlikely upset"
    b" urgent useful vague vast warm weak wealthy weird well wet wide wild wise worried wrong young".split()
)
_ADJECTIVE_ENDS = (
    *(
        b"able",
        b"ible",
        b"ous",
        b"ful",
        b"less",
        b"ive",
        b"ic",
        b"ical",
        b"ish",
        b"ed",
        b"ing",
        b"ent",
        b"ant",
    ),
    *(b"al", b"ly", b"ate", b"y", b"ar"),
)
_NOUN_ENDS = (b"ity", b"ty", b"cy", b"gy", b"ry", b"phy", b"ment")
_SUPERLATIVES = frozenset(b"best worst least most same first last few fewest".split())
_EXTREMES = frozenset(
    b"disaster failure chaos catastrophe nonsense lie lies liar fraud hoax fiction fantasy fabrication rubbish"
    b" garbage trash bullshit crap bunk hogwash joke farce mess mockery sham scam travesty disgrace shame"
    b" embarrassment humiliation insanity madness lunacy idiocy idiot idiots moron morons fool fools stupidity"
    b" ignorance arrogance hypocrisy hypocrite cowardice greed hatred hate evil contempt disregard disdain"
    b" disbelief lack absence incompetence incompetent waste destruction devastation annihilation collapse"
    b" meltdown breakdown corruption tyranny domination panic terror horror hell misery despair desperation"
    b" confusion silence darkness secrecy certainty conviction confidence faith trust belief truth honesty"
    b" loyalty loyalists dedication devotion commitment honour honor joy bliss delight pleasure perfection"
    b" genius brilliance beauty luck coincidence speculation propaganda poison malice spite vindictiveness"
    b" racism bigotry bigot sexism antisemitism lawlessness anarchy carnage slaughter bloodbath massacre outrage"
    b" scandal reversal turnaround rejection denial betrayal surrender capitulation exoneration vindication"
    b" meaninglessness monster necessity must scandal nightmare irresponsibility falsehood falsehoods"
    b" fabrications stranger strangers amateur amateurs respect power freedom control indifference isolation"
    b" dishonesty depravity wickedness exhaustion impunity shock surprise".split()
)
_ANY_NOUN = frozenset(b"utter sheer unmitigated unadulterated out".split())  # "out and out"
_SURE_OF = frozenset(
    b"sure certain true false correct right wrong committed behind confident convinced accurate honest"
    b" effective safe clear legal guaranteed against with supportive support on serious".split()
)
_FIRST_PERSONS = frozenset(b"i we i'm we're i've we've i'd".split())
_ASKING = frozenset(b"what who how why where whether if which".split())
_CALLING_FOR = frozenset(
    b"require requires required requiring need needs needed want wants wanted demand demands demanded seek"
    b" seeks seeking sought provide present show".split()
)
_GOING = frozenset(b"go goes went gone going lead leads led get gets got getting heading headed".split())
_RECORDS = frozenset(b"first only ever never most best worst least unprecedented like".split())
_DEEP = frozenset(
    b"breathe breathes breathed breathing dig digs dug cut cuts sleep sleeps slept delve speak speaks"
    b" spoke speaking spoken say said put talk write".split()
)
_BOUNDS = frozenset(
    b"in at on from aboard present involved inside there here except but among within below above under over".split()
)
_BEFORE_ALL = frozenset(b"at after above of in you them us it that this once for not if".split())


def _form(context: Context, at: int, near: int) -> bytes:
    """The lower-cased word number `at`, empty outside the sentence of word `near`."""
    of = context.sentence_of
    return context.word(at) if 0 <= at < len(of) and of[at] == of[near] else b""


def _joined_before(context: Context, word: int) -> bytes:
    """The word before with nothing but space between; "is" for the 's of "it's"; else empty."""
    found = _form(context, word - 1, word)
    if not found:
        return b""
    gap = context.gap(word - 1)
    return b"is" if gap == "'s " else found if gap.isspace() else b""


def _joined_after(context: Context, last: int) -> bytes:
    """The word behind the cue with nothing but space between, else empty."""
    found = _form(context, last, last - 1)
    return found if found and context.gap(last - 1).isspace() else b""


def _adjectival(word: bytes) -> bool:
    """Whether a word may be an adjective or adverb, told by a short list and by its ending."""
    return word in _ADJECTIVES or (
        len(word) > 4
        and word.endswith(_ADJECTIVE_ENDS)
        and not word.endswith(_NOUN_ENDS)
        and word not in _FUNCTION_WORDS
    )


def _withdrawn(context: Context, word: int, denies: bool) -> bool:
    """A negation reaches the word, unless it `denies` by itself, or something holds it back.

    "Not certain", "isn't a very good", "no clear evidence", "lack of hard proof"; "almost certainly", "pretty much
    everyone", "all but certain", "far from clear".
    """
    previous = _joined_before(context, word)
    if previous not in _WITHDRAWING:
        return False
    if previous in _SHORT_OF:
        return True
    if (_form(context, word - 2, word), previous) in _PAIRS_SHORT_OF:
        return True
    if previous == b"pretty":
        return context.word(word) in (b"sure", b"certain", b"clear", b"obvious")
    if denies:
        return False
    if previous in _LITTLE:
        return True
    at = word
    while previous in _REACHED_THROUGH and word - at < 4:
        at -= 1
        previous = _joined_before(context, at)
        if previous in _LITTLE and at == word - 1:
            return True
    return previous in _NEGATIONS


def _named(context: Context, word: int) -> bool:
    """Part of a name in the body, told by a capital inside a sentence: "the band Never Again"; not "NEVER"."""
    if not context.text.plain[context.starts[word]].isupper() or context.shown(word).isupper():
        return False
    if not _form(context, word - 1, word) or context.gap(word - 1) != " ":
        return False
    return bool(context.text.sentences.zone[context.sentence_of[word]] == Zone.BODY)


def asked(context: Context, word: int, last: int) -> bool:
    """The sentence asks: "Is it really so clear that the pump failed?"."""
    end = int(context.text.sentences.end[context.sentence_of[word]])
    return "?" in context.text.plain[end - 3 : end]


def not_proving(context: Context, word: int, last: int) -> bool:
    """To turn out, to try out, or an aim: "proved difficult", "proving ground", "wants to prove that"."""
    if _joined_before(context, word) in (b"to", b"must", b"can", b"could", b"would", b"may", b"might", b"if"):
        return True
    following = _joined_after(context, last)
    if context.word(word) == b"proven":
        return _joined_before(context, word) not in _BE and following not in (b"that", b"beyond")
    return following not in (
        b"that",
        b"it",
        b"this",
        b"how",
        b"what",
        b"why",
        b"once",
        b"beyond",
        b"conclusively",
    )


def not_that(context: Context, word: int, last: int) -> bool:
    """No clause follows that is called clear or proven: "proof of address", "a clear day"."""
    return _joined_after(context, last) != b"that"


def called_for(context: Context, word: int, last: int) -> bool:
    """Asked for, not put forward: "the law requires proof that"."""
    return _joined_before(context, word) in _CALLING_FOR


def as_known(context: Context, word: int, last: int) -> bool:
    """A thing in its present form: "life as we know it"."""
    return _joined_after(context, last) == b"it"


def announcing(context: Context, word: int, last: int) -> bool:
    """Somebody makes something known: "made it clear that", "making clear that"."""
    return any(_form(context, at, word) in _ANNOUNCING for at in range(word - 3, word))


def some_or_other(context: Context, word: int, last: int) -> bool:
    """Not the firmness of a belief: "certain people", "a certain charm", "make sure", "sure enough"."""
    previous = _joined_before(context, word)
    firm = previous in _BE or previous in (b"feel", b"feels", b"felt", b"seems", b"seemed", b"so", b"quite")
    if not firm and not (previous.endswith(b"ly") and _form(context, word - 2, word) in _BE):
        return True
    following = _form(context, last, last - 1)
    if previous == b"be" and _form(context, word - 2, word) in (
        b"",
        b"to",
        b"and",
        b"please",
        b"always",
        b"just",
    ):
        return True  # "be sure to", "to be sure"
    return following not in _SUBJECTS | {b"that", b"to", b"of"} or not context.gap(last - 1).isspace()


def of_others(context: Context, word: int, last: int) -> bool:
    """A belief told of somebody else: "voters were convinced that"."""
    return not any(_form(context, at, word) in _FIRST_PERSONS for at in range(word - 4, word))


def as_ever(context: Context, word: int, last: int) -> bool:
    """A comparison with the past: "as always"."""
    return _joined_before(context, word) == b"as"


def never_mind(context: Context, word: int, last: int) -> bool:
    """A phrase that denies nothing: "never mind", "you never know", "now or never"."""
    previous, following = _joined_before(context, word), _joined_after(context, last)
    return (
        following in (b"mind", b"fear") or previous == b"or" or (previous == b"you" and following == b"know")
    )


def bounded(context: Context, word: int, last: int) -> bool:
    """The group is named, or an exception is: "everyone in the hall", "everything but the roof"."""
    return _joined_after(context, last) in _BOUNDS


def idle_nothing(context: Context, word: int, last: int) -> bool:
    """Not a denial of everything: "for nothing", "if nothing else", "next to nothing", "nothing more than"."""
    previous, following = _joined_before(context, word), _joined_after(context, last)
    return (
        previous in (b"for", b"if", b"or")
        or following in (b"more", b"less")
        or (previous == b"to" and _form(context, word - 2, word) == b"next")
    )


def of_a_group(context: Context, word: int, last: int) -> bool:
    """None of a group that is named: "none of the five", "none other than", "none the wiser"."""
    return _joined_after(context, last) in (b"of", b"other", b"the", b"too", b"so", b"in", b"at", b"on")


def bounded_all(context: Context, word: int, last: int) -> bool:
    """No claim about all of a sort: "all the doors", "all five", "all day", "after all", "we all left"."""
    if _joined_before(context, word) in _BEFORE_ALL:
        return True
    first, second = _joined_after(context, last), _form(context, last + 1, word)
    if not first or first[:1].isdigit() or first in _FUNCTION_WORDS | _NUMBERS | _TIMES:
        return True
    if first in (b"sorts", b"kinds", b"manner", b"eyes", b"ears", b"hands", b"fours", b"odds", b"rights"):
        return True
    if _plural(first):
        return False
    return (
        first.endswith(b"ed")
        or not _adjectival(first)
        or not context.gap(last).isspace()
        or not _plural(second)
        or second in _TIMES
    )


def _plural(word: bytes) -> bool:
    return word in _PLURALS or (
        len(word) > 3 and word.endswith(b"s") and not word.endswith((b"ss", b"us", b"is"))
    )


def each_time(context: Context, word: int, last: int) -> bool:
    """How often, not that there is no exception: "every year", "every other day", "every so often"."""
    following = _joined_after(context, last)
    return (
        not following
        or following[:1].isdigit()
        or following in _TIMES
        or following in _NUMBERS
        or following in (b"other", b"so", b"now", b"once", b"bit")
    )


def identity(context: Context, word: int, last: int) -> bool:
    """The thing itself, not a degree: "this very day", "the very idea"; but "the very worst"."""
    if not _joined_after(context, last):
        return True
    if _joined_before(context, word) not in _DEFINITE:
        return False
    following = _joined_after(context, last)
    return following not in _SUPERLATIVES and not _adjectival(following)


def what_really(context: Context, word: int, last: int) -> bool:
    """What is asked or told apart, not stressed: "what really happened", "whether it really was"."""
    return any(_form(context, at, word) in _ASKING for at in range(word - 3, word))


def set_off(context: Context, word: int, last: int) -> bool:
    """Part of the clause, no comment on it: "arose naturally in bats", "rooted in reality"; but "in reality, it"."""
    opens = not _form(context, word - 1, word) or context.gap(word - 1).strip() != ""
    return not (opens or context.gap(last - 1).startswith(",")) or (
        not opens and not _form(context, last, word)
    )


def some_sort(context: Context, word: int, last: int) -> bool:
    """For some people or things: "for certain industries"."""
    following = _joined_after(context, last)
    return bool(following) and following not in _FUNCTION_WORDS


def ensured(context: Context, word: int, last: int) -> bool:
    """What is to be reached, not what is so: "to make sure everyone understands"."""
    return any(
        _form(context, at, word) in (b"sure", b"ensure", b"until", b"if") for at in range(word - 3, word)
    )


def gone(context: Context, word: int, last: int) -> bool:
    """No place at all: "went nowhere", "came out of nowhere", "nowhere near"."""
    previous = _joined_before(context, word)
    return previous in _GOING or previous == b"of" or _joined_after(context, last) == b"near"


def no_record(context: Context, word: int, last: int) -> bool:
    """No comparison with all of the past: "a degree in history"; but "the worst storm in history"."""
    return not any(
        (found := _form(context, at, word)) in _RECORDS or found.endswith(b"est")
        for at in range(max(word - 10, 0), word)
    )


def of_weight(context: Context, word: int, last: int) -> bool:
    """A weight, no degree: "nine million tons of coal"."""
    previous = _joined_before(context, word)
    return (
        previous[:1].isdigit()
        or previous in _NUMBERS
        or previous in (b"million", b"billion", b"metric", b"short")
    )


def manner(context: Context, word: int, last: int) -> bool:
    """How something is done, no degree: "breathe deeply", "speak plainly"."""
    return _joined_before(context, word) in _DEEP


def not_of_degree(context: Context, word: int, last: int) -> bool:
    """No adjective or denial follows that is stressed: "simply walked", "Super Bowl", "the mighty river"."""
    following = _joined_after(context, last)
    if context.word(word) == b"simply" and following in _NEGATIONS:
        return False
    if context.shown(last)[:1].isupper() if following else True:
        return True
    if context.word(word) == b"simply" and following.endswith((b"ed", b"ly")):
        return True
    return not _adjectival(following) or following.endswith(b"ing")


def degree_of_number(context: Context, word: int, last: int) -> bool:
    """A share that was counted: "100 percent of the votes"; but "100 percent sure"."""
    return _joined_after(context, last) not in _SURE_OF


def without_denial(context: Context, word: int, last: int) -> bool:
    """Nothing is denied in the words before: "if at all", "at all levels"; but "no reason at all"."""
    return not any(
        _form(context, at, word) in _NEGATIONS or _form(context, at, word) == b"zero"
        for at in range(max(word - 12, 0), word)
    )


def measured(context: Context, word: int, last: int) -> bool:
    """A sum, a term or a verb, no degree: "total cost", "absolute majority", "complete the form", "utter a word"."""
    following = _joined_after(context, last)
    if context.word(word) in _ANY_NOUN:
        return not following or following in _FUNCTION_WORDS
    return following not in _EXTREMES


UNLESS: Mapping[str, Condition] = {
    condition.__name__: condition
    for condition in (
        asked,
        not_proving,
        not_that,
        called_for,
        as_known,
        announcing,
        some_or_other,
        of_others,
        as_ever,
        never_mind,
        bounded,
        idle_nothing,
        of_a_group,
        bounded_all,
        each_time,
        identity,
        what_really,
        set_off,
        some_sort,
        ensured,
        gone,
        no_record,
        of_weight,
        manner,
        not_of_degree,
        degree_of_number,
        without_denial,
        measured,
    )
}
# Of each entry: kind, whether it denies by itself (so that a negation before it is part of it), conditions.
_ENTRIES = [
    (
        entry.kind,
        entry.cue.split()[0].encode() in _NEGATIVE_CUES or "without_denial" in entry.unless,
        tuple(UNLESS[name] for name in entry.unless),
    )
    for entry in LEXICON.entries
]


def mark(context: Context, hits: Hits) -> Iterator[Span]:
    """Yield the hits that state certainty where they stand, each place once, then headline and echoes.

    Nothing is marked under a negation or behind a word that holds back ("almost"), inside a hyphenated compound,
    a name or the title of a work.
    """
    if hits.word:
        yield from _cues(context, hits)
    yield from _headline(context)


def _cues(context: Context, hits: Hits) -> Iterator[Span]:
    titles = Stretches((q.start, q.end) for q in context.text.quotations if q.kind == "title")
    reach = 0
    for word, last, index in zip(hits.word, hits.last, hits.entry, strict=True):
        if word < reach:
            continue
        kind, denies, conditions = _ENTRIES[index]
        if any(condition(context, word, last) for condition in conditions):
            continue
        if _withdrawn(context, word, denies) or _named(context, word) or context.hyphenated(word, last):
            continue
        start, end = context.starts[word], context.ends[last - 1]
        if titles.hold(start):
            continue
        reach = last
        yield Span(start, end, kind)


ENOUGH_CONTENT = 3  # different content words of a headline: below, what says it again can't be told
_STEM = np.uint64(2**40 - 1)  # the first five letters stand for a word in all its forms
_EMPTY_WORDS = (
    _FUNCTION_WORDS
    | _BE
    | frozenset(
        b"new news video watch live update breaking exclusive opinion report reports says said say why"
        b" how after amid over more most all now just get gets got make makes one two first last year"
        b" years day days week time people".split()
    )
)


def _headline(context: Context) -> Iterator[Span]:
    """The headline, if it states something, and the statements of the body with half of its content words.

    They share a group; the value of an echo is how many different content words it shares. A word is taken for
    another form of a word if the first five letters are the same.
    """
    text, sentences = context.text, context.text.sentences
    rows = (sentences.zone == Zone.TITLE).nonzero()[0].tolist()
    if not rows:
        return
    start, end = int(sentences.start[rows[0]]), int(sentences.end[rows[-1]])
    first, last = int(sentences.first_word[rows[0]]), int(sentences.last_word[rows[-1]])
    heads = text.words.packed[0] & _STEM
    telling = [at for at in range(first, last) if len(w := context.word(at)) > 2 and w not in _EMPTY_WORDS]
    content = np.unique(heads[telling])
    if len(content) < ENOUGH_CONTENT or "?" in text.plain[max(start, end - 3) : end]:
        return
    yield Span(start, end, "headline", 0)
    shared: dict[int, set[int]] = {}
    words, which = (heads[:, None] == content).nonzero()
    for word, column in zip(words.tolist(), which.tolist(), strict=True):
        shared.setdefault(context.sentence_of[word], set()).add(column)
    shared.pop(-1, None)
    for sentence, columns in shared.items():
        if 2 * len(columns) >= max(len(content), 4) and sentences.statement[sentence]:
            start, end = int(sentences.start[sentence]), int(sentences.end[sentence])
            start += len(text.plain[start:end]) - len(text.plain[start:end].lstrip())
            yield Span(start, end, "echo", 0, 0, len(columns))
