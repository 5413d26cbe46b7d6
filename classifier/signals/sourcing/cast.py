"""Who the sources of a text are: numbers them, says whom a pronoun means, and for whom a spokesman speaks."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from classifier.signals.scan import Context
from classifier.signals.sourcing.clause import AUXILIARIES, DETERMINERS, PREPOSITIONS, Stretch
from classifier.signals.sourcing.kinds import (
    FIRST_PERSON,
    RELATIVES,
    SPOKESPEOPLE,
    TITLES,
    Source,
    WordClasses,
    classify,
)
from classifier.signals.sourcing.mentions import first_called, names, nouns_before


class Attributed(Protocol):
    """What the cast needs of an attribution."""

    source: Stretch | None  # words
    cue: Stretch | None  # words
    content: list[Stretch]  # characters


class Voice(NamedTuple):
    """Who one attribution is given to."""

    source: Source  # a pronoun has the kind of what it stands for
    number: int  # among the distinct sources of the document, from 0; -1: a pronoun nobody was found for
    named: bool  # by name here or, for a pronoun, where it points to
    antecedent: Stretch | None  # characters of the words a pronoun stands for
    speaks_for: Stretch | None  # characters of whom a spokesperson speaks for; both have one number


DECAY = 0.7  # what a mention is still worth a sentence later
_FAR = 30  # sentences: nothing is worth anything there
_POWERS = [DECAY**n for n in range(_FAR)] + [0.0]
REACH = 500  # characters before a pronoun that are searched for names
QUOTED = 0.3  # worth of a name inside quotation marks
NOUN = 0.5  # worth of a plain noun ("the governor")
SPEAKER = 2.0  # worth of a mention as the source of an attribution
PRONOUN = 1.5  # worth of a pronoun that was found to mean somebody
UNSURE = 0.5  # share of its worth that a name keeps of which nothing tells that it is a person's
FORGOTTEN = 0.02  # worth below which nobody is thought of
# What keeps the work on a text of any length in proportion to its length.
LIVING = 64  # those thought of before the forgotten are left out
RECENT = 64  # sources held against "the mayor", the last ones to appear
PHRASES = 8  # phrases kept of a source
AROUND = 12  # attributions before and after "I" that may hold it

NOUN_ONLY, NAME, FULL_NAME = range(3)  # how well a mention shows who it is
_DEFINITE = frozenset((b"the", b"this", b"that"))
_NO_PHRASE = frozenset(b"said says and or but than".split())  # end one
_TIMES = frozenset(
    b"day week month year today yesterday night morning evening afternoon monday tuesday wednesday thursday friday"
    b" saturday sunday ago".split()
)
_SORTS = {
    "person": "person",
    "withheld": "person",
    "class": "group",
    "organisation": "body",
    "document": "document",
}
_KINDS_OF_SORTS = {"person": "person", "group": "class", "body": "organisation", "document": "document"}
_PERSON = frozenset(("person",))
_MEANT_BY = {
    **dict.fromkeys((b"it", b"its"), frozenset(("body", "document"))),
    **dict.fromkeys((b"they", b"their", b"them"), frozenset(("group",))),
}


class _Entity:
    """Somebody or something a text speaks of."""

    __slots__ = (
        "asked",
        "forename",
        "gender",
        "living",
        "number",
        "phrases",
        "place",
        "rank",
        "role",
        "sentence",
        "sort",
        "source",
        "speaks_for",
        "sure",
        "worth",
    )

    def __init__(self, sort: str) -> None:
        self.sort = sort  # "person", "body", "group", "document"
        self.forename = ""
        self.gender = ""
        self.sure = False  # whether something tells that it is of this sort
        self.asked = False  # whether it was looked up where the text names it first
        # Characters of the last mention by name, or by a noun where there is none.
        self.place: Stretch = (0, 0)
        self.rank = 0  # of that mention, see `FULL_NAME`
        self.source: Source | None = None  # where it is a source
        self.number = -1
        self.role = b""  # of a source that is called by what it is: "mayor"
        # Words of sources that name a person with something beside the name, `PHRASES` at most.
        self.phrases: list[Stretch] = []
        self.speaks_for: Stretch | None = None
        self.worth = 0.0
        self.sentence = 0  # of the last mention
        self.living = False  # whether it is among those thought of

    def told(self, sentence: int, worth: float) -> None:
        """Note a mention."""
        if sentence >= self.sentence:
            self.worth = self.worth * _POWERS[min(sentence - self.sentence, _FAR)] + worth
            self.sentence = sentence
        else:
            self.worth += worth * _POWERS[min(self.sentence - sentence, _FAR)]

    def seen(self, place: Stretch, rank: int) -> None:
        """Keep the words of a mention if they are better or nearer than those known."""
        if rank > self.rank or (rank == self.rank and place > self.place):
            self.place, self.rank = place, rank


class Cast:
    """The people and bodies of one document while its attributions are gone through in order of place."""

    def __init__(self, context: Context, attributions: Sequence[Attributed]) -> None:
        self._context = context
        self._attributions = attributions
        self._classes = WordClasses(context)
        self._by_tail: dict[str, list[_Entity]] = {}
        self._entities: list[_Entity] = []
        self._living: list[_Entity] = []  # those whom a pronoun can mean, see `LIVING`
        self._n_sources = 0
        self._searched = 0  # characters before this were searched for names
        self._at_quote = self._at_sentence = 0  # where the search stands
        self._sentence_ends = context.text.sentences.end.data

    def voices(self) -> list[Voice | None]:
        """Who speaks in each attribution; None where nobody is named."""
        found: list[Voice | None] = [None] * len(self._attributions)
        sources = sorted((a.source, i) for i, a in enumerate(self._attributions) if a.source is not None)
        first_person = []
        for words, i in sources:
            source = self._classify(words)
            if not source.pronoun:
                found[i] = self._named_source(source, words)
            elif source.head in FIRST_PERSON:
                first_person.append((i, source))
            else:
                found[i] = self._pronoun(source, words[0])
        for i, source in first_person:  # who quotes "I" may be told behind the quotation
            found[i] = self._speaker_around(i, source, found)
        return found

    def _classify(self, words: Stretch) -> Source:
        context, shouted = self._context, False
        if (
            context.text.plain[context.starts[words[0]] : context.ends[words[0]]].isupper()
            and (sentence := context.sentence_of[words[0]]) >= 0
        ):
            sentences = context.text.sentences
            shouted = context.text.plain[sentences.start[sentence] : sentences.end[sentence]].isupper()
        return classify(context, self._classes, words, shouted)

    def _read_names(self, end: int) -> None:
        """Meet those who are named shortly before a character."""
        context = self._context
        begin = max(self._searched, end - REACH)
        quotes = context.text.quotations
        at_quote, sentence, ends = self._at_quote, self._at_sentence, self._sentence_ends
        for start, stop, sort, tail, forename, gender, sure, weight in names(
            context, begin, end, self._by_tail
        ):
            entity = self._bearer(tail, forename, gender, sort)
            if sure:
                entity.sure, entity.sort = True, sort
            entity.seen((start, stop), FULL_NAME if forename else NAME)
            while at_quote < len(quotes) and quotes[at_quote].end <= start:
                at_quote += 1
            if at_quote < len(quotes) and quotes[at_quote].start <= start:
                weight = QUOTED
            while sentence < len(ends) and ends[sentence] <= start:
                sentence += 1
            entity.told(sentence, weight)
        self._at_quote, self._at_sentence = at_quote, sentence
        self._searched = max(end, self._searched)

    def _ask(self, entity: _Entity) -> None:
        """Learn gender and first name of somebody from where the text names him first."""
        entity.asked = True
        if entity.rank and not (entity.sure and entity.gender):
            plain, (start, end) = self._context.text.plain, entity.place
            last = max(plain.rfind(" ", start, end), plain.rfind("-", start, end)) + 1
            forename, gender, sure = first_called(plain, plain[last or start : end], end)
            entity.forename = entity.forename or forename
            entity.gender = entity.gender or gender
            entity.sure = entity.sure or sure

    def _entity(self, key: str, sort: str) -> _Entity:
        known = self._by_tail.get(key)
        if known is None:
            known = self._by_tail[key] = [_Entity(sort)]
            self._entities.append(known[0])
        return self._think_of(known[0])

    def _bearer(self, tail: str, forename: str, gender: str, sort: str) -> _Entity:
        """Who bears a name: somebody known by it whose first name and gender do not contradict."""
        known = self._by_tail.get(tail)
        if known is None:
            known = self._by_tail[tail] = []
        for entity in reversed(known):
            if gender and entity.gender and gender != entity.gender:
                continue
            if (
                forename
                and entity.forename
                and forename != entity.forename
                and not (gender and entity.gender)
            ):
                continue
            break
        else:
            entity = _Entity(sort)
            known.append(entity)
            self._entities.append(entity)
        entity.forename = entity.forename or forename
        entity.gender = entity.gender or gender
        return self._think_of(entity)

    # -- sources that are no pronouns

    def _named_source(self, source: Source, words: Stretch) -> Voice:
        entity = self._of_source(source, words)
        principal = self._principal(words) if source.kind in ("person", "withheld") else None
        if principal is not None:
            entity.speaks_for, owner = principal
            if owner.number < 0:
                owner.number = self._next_number()
            entity.number = owner.number
        elif entity.number < 0:
            entity.number = self._next_number()
        entity.seen(*self._naming(source, words))
        if entity.source is None or source.named:
            entity.source = source
        entity.told(self._context.sentence_of[words[0]], SPEAKER)
        return Voice(source, entity.number, source.named, None, entity.speaks_for)

    def _next_number(self) -> int:
        self._n_sources += 1
        return self._n_sources - 1

    def _of_source(self, source: Source, words: Stretch) -> _Entity:
        sort = _sort(source)
        if source.named and sort == "person":
            entity = self._bearer(source.key, source.forename, source.gender, sort)
            if words[1] - words[0] > 2 and len(entity.phrases) < PHRASES:
                entity.phrases.append(words)
        else:
            role = source.head if sort != "group" else b""
            if role and self._context.forms[words[0]] in _DEFINITE:
                for entity in reversed(
                    self._entities[-RECENT:]
                ):  # "the mayor", "the ministry": told of before
                    if entity.number >= 0 and entity.sort == sort and self._is_called(entity, role):
                        return self._think_of(entity)
            entity = self._entity(f"{source.kind[:3]} {source.key}", sort)
            entity.gender = entity.gender or source.gender
            entity.role = role
        entity.sure = True
        entity.sort = sort
        return entity

    def _is_called(self, entity: _Entity, role: bytes) -> bool:
        """Whether somebody was called by this noun as a source."""
        forms = self._context.forms
        return entity.role == role or any(role in forms[first:last] for first, last in entity.phrases)

    def _principal(self, words: Stretch) -> tuple[Stretch, _Entity] | None:
        """Whom a spokesperson speaks for: the words for it, and who it is."""
        forms = self._context.forms
        if SPOKESPEOPLE.isdisjoint(forms[words[0] : words[1]]):
            return None
        at = next(i for i in range(*words) if forms[i] in SPOKESPEOPLE)
        begin, end = at, at
        if at + 1 < words[1] and forms[at + 1] in (b"for", b"of", b"with", b"from", b"at"):
            begin = at + 2
            end = next((i + 1 for i in range(begin, words[1]) if "," in self._context.gap(i)), words[1])
        else:
            while (
                begin > words[0]
                and "," not in self._context.gap(begin - 1)
                and forms[begin - 1] not in DETERMINERS
            ):
                begin -= 1
        if begin < end:
            body = self._classify((begin, end))
            if body.named or forms[begin] in DETERMINERS:
                entity = self._of_source(body, (begin, end))
                entity.source = entity.source or body
                entity.seen(*self._naming(body, (begin, end)))
                return self._span((begin, end)), entity
            return None
        if forms[words[0]] not in (b"the", b"its") or at - words[0] > 1:
            return None
        for entity in reversed(self._entities[-RECENT:]):  # "the spokesman": of the body told of last
            if entity.sort == "body" and entity.number >= 0:
                return entity.place, entity
        return None

    def _naming(self, source: Source, words: Stretch) -> tuple[Stretch, int]:
        """What of a source shows best who it is, and how well."""
        if source.name is None:
            return self._span(words), NAME if source.named else NOUN_ONLY
        first, last = source.name
        while first > words[0] and self._context.forms[first - 1] in TITLES:
            first -= 1
        return self._span((first, last)), FULL_NAME if source.forename else NAME

    def _span(self, words: Stretch) -> Stretch:
        return self._context.starts[words[0]], self._context.ends[words[1] - 1]

    # -- pronouns

    def _pronoun(self, source: Source, word: int) -> Voice:
        if source.head in RELATIVES:
            phrase = self._phrase_before(word, source.head)
            if phrase is None:
                return Voice(source, -1, False, None, None)
            told = self._classify(phrase)
            if told.pronoun:  # "he, who"
                return self._pronoun(told, phrase[0])
            voice = self._named_source(told, phrase)
            return voice._replace(source=source._replace(kind=told.kind), antecedent=self._span(phrase))
        entity = self._meant(source, word)
        if entity is None:
            return Voice(source, -1, False, None, None)
        entity.told(self._context.sentence_of[word], PRONOUN)
        entity.gender = entity.gender or source.gender
        if entity.number < 0:
            entity.number = self._next_number()
        kind = entity.source.kind if entity.source is not None else _KINDS_OF_SORTS[entity.sort]
        return Voice(
            source._replace(kind=kind), entity.number, entity.rank > 0, entity.place, entity.speaks_for
        )

    def _meant(self, source: Source, word: int) -> _Entity | None:
        """Who is most spoken of before a pronoun among those whom it can mean."""
        context = self._context
        start, sentence = context.starts[word], context.sentence_of[word]
        sorts = _MEANT_BY.get(source.head, _PERSON)
        self._read_names(start)
        best, most = self._most_spoken_of(source, sorts, sentence, start)
        if most < NOUN:
            for noun in nouns_before(context, word, sorts):
                worth = NOUN * _POWERS[min(max(sentence - context.sentence_of[noun.words[0]], 0), _FAR)]
                if worth <= most:
                    break  # those before it are worth less
                if source.gender and noun.gender and noun.gender != source.gender:
                    continue
                best, most = self._entity(f"the {context.shown(noun.words[1] - 1)}", noun.sort), worth
                best.seen(self._span(noun.words), NOUN_ONLY)
                best.gender = best.gender or noun.gender
        return best

    def _forget(self, sentence: int) -> None:
        for entity in self._living:
            entity.living = entity.worth * _POWERS[min(max(sentence - entity.sentence, 0), _FAR)] > FORGOTTEN
        self._living = [entity for entity in self._living if entity.living]

    def _think_of(self, entity: _Entity) -> _Entity:
        if not entity.living:
            entity.living = True
            self._living.append(entity)
        return entity

    def _most_spoken_of(
        self, source: Source, sorts: frozenset[str], sentence: int, before: int
    ) -> tuple[_Entity | None, float]:
        gender = source.gender
        best, most = None, FORGOTTEN
        if len(self._living) > LIVING:
            self._forget(sentence)
        for entity in reversed(self._living):
            if entity.worth <= most or entity.sort not in sorts:
                continue
            if gender and entity.gender and entity.gender != gender:
                continue
            worth = entity.worth * _POWERS[min(max(sentence - entity.sentence, 0), _FAR)]
            if worth <= most or entity.place[1] > before:
                continue
            if not entity.asked and entity.sort == "person":
                self._ask(entity)
                if gender and entity.gender and entity.gender != gender:
                    continue
            if not entity.sure:
                worth *= UNSURE
            if worth > most:
                best, most = entity, worth
        return best, most

    def _phrase_before(self, word: int, relative: bytes) -> Stretch | None:
        """The noun phrase that a relative pronoun tells of.

        It stands right before, or, where that cannot be meant ("the head of the board, who"), before its preposition.
        """
        context, forms, sentence = self._context, self._context.forms, self._context.sentence_of[word]
        end = word
        for _ in range(4):
            if not end or context.sentence_of[end - 1] != sentence:
                return None
            begin = self._phrase_start(end)
            before = begin - 1
            if relative not in (b"who", b"whom") or self._can_be_somebody((begin, end)):
                if (
                    before > 0
                    and context.gap(before) == ", "
                    and forms[begin] in DETERMINERS
                    and context.sentence_of[before] == sentence
                    and context.shown(before)[0].isupper()
                ):
                    begin = self._phrase_start(before + 1)  # "Ada Holm, the mayor, who"
                return begin, end
            if forms[end - 1] in _TIMES:
                end = begin
                continue
            if before < 0 or not (forms[before] in PREPOSITIONS or "," in context.gap(before)):
                return begin, end
            end = before if forms[before] in PREPOSITIONS else before + 1
        return None

    def _can_be_somebody(self, words: Stretch) -> bool:
        return self._context.forms[words[1] - 1] not in _TIMES and _sort(self._classify(words)) in (
            "person",
            "group",
        )

    def _phrase_start(self, end: int) -> int:
        """Where the noun phrase begins that ends before a word: at its determiner, at its name, or with its noun."""
        context, forms = self._context, self._context.forms
        at = end - 1
        capital = context.shown(at)[0].isupper()
        begin = at
        for i in range(at, max(at - 7, -1), -1):
            if forms[i] in DETERMINERS:
                return i
            if forms[i] in PREPOSITIONS or forms[i] in _NO_PHRASE or forms[i] in AUXILIARIES:
                break
            if not capital or context.shown(i)[0].isupper():
                begin = i
            elif i + 1 < begin:
                break  # one word may stand between: "the ranking Democrat"
            if not i or context.gap(i - 1) not in (" ", ". ", "-"):
                break
        return at if not capital and "people" in self._classes.get(at) else begin

    def _speaker_around(self, i: int, source: Source, found: list[Voice | None]) -> Voice:
        """Who says "I": the source of the quotation around it."""
        words = self._attributions[i].source
        assert words is not None
        at = self._context.starts[words[0]]
        near = slice(max(i - AROUND, 0), i + AROUND + 1)
        for attribution, voice in zip(self._attributions[near], found[near], strict=True):
            if voice is None or voice.number < 0 or attribution.source is None or attribution.source == words:
                continue
            if any(start <= at < end for start, end in attribution.content):
                antecedent = voice.antecedent or self._span(attribution.source)
                return Voice(
                    source._replace(kind=voice.source.kind),
                    voice.number,
                    voice.named,
                    antecedent,
                    voice.speaks_for,
                )
        return Voice(source, -1, False, None, None)


def _sort(source: Source) -> str:
    """Several people nobody identifies ("officials") are a group, whoever holds them back."""
    if source.kind == "withheld" and (source.head.endswith(b"s") or source.head == b"people"):
        return "group"
    return _SORTS[source.kind]


def cast(context: Context, attributions: Sequence[Attributed]) -> list[Voice | None]:
    """Who speaks in each of the attributions of a document; None where there is no source."""
    return Cast(context, attributions).voices()
