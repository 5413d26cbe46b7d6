"""Rules for the cues of plain saying where the tagger sees nothing: "according to", "said", "announced".

The tagger learned from political news; on names and matters it has never met it overlooks words that leave a reader in
no doubt. A cue of the lexicon that it left out, or gave nobody to, is read here: a cue beside a quotation takes the
quotation, otherwise the clause behind it, or the one before it where the cue ends the sentence.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from classifier.signals.scan import Context
from classifier.signals.sourcing.attribution import Attribution
from classifier.signals.sourcing.clause import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    NEGATIONS,
    OPENING_ADVERBS,
    PREPOSITIONS,
    PRONOUNS,
    Stretch,
    View,
    content_after,
    content_before,
    subject_after,
    subject_before,
    trim,
)
from classifier.signals.sourcing.conditions import ALSO_SUBJECTS, VERBAL
from classifier.signals.sourcing.cues import Cue
from classifier.signals.sourcing.kinds import WordClasses
from classifier.text.paragraphs import Zone
from classifier.text.quotations import Quotation
from classifier.text.stretches import Stretches

AHEAD = 12  # cues looked at for the end of a content; more stand in no real sentence
_TELLS = frozenset(
    b"tell tells told telling inform informs informed remind reminds reminded assure assures assured warn warned"
    b" advised".split()
)
_SAID = frozenset(b"said says".split())
_REFUSALS = frozenset(b"declined refused refuses declines".split())
_PAST_BE_SAID = frozenset(b"reported".split())


def complete(context: Context, listed: Sequence[Cue], found: list[Attribution]) -> list[Attribution]:
    """The attributions of a document without those the rules know better, with those that only they find."""
    unnamed = {
        context.sentence_of[a.cue[0]]
        for a in found
        if a.cue is not None and _asks_not_to_be_named(context, a)
    }
    found = [a for a in found if not _says_nothing(context, a)]
    if "no_sentence_marks" in context.text.notes:
        found = []  # the tagger has never seen such text
    by_word = {word: a for a in found if a.cue is not None for word in range(*a.cue)}
    by_sentence: dict[int, list[Attribution]] = {}
    for a in found:
        if a.cue is not None:
            by_sentence.setdefault(context.sentence_of[a.cue[0]], []).append(a)
    place = context.starts.__getitem__
    taken = Stretches(
        [c for a in found for c in a.content]
        + [(place(a.source[0]), context.ends[a.source[1] - 1]) for a in found if a.source is not None]
    )
    rules = Rules(context, [cue for cue in listed if cue.kind], by_sentence)
    dropped = [by_word[cue.word] for cue in listed if not cue.kind and cue.word in by_word]
    for number, (word, last, kind) in enumerate(rules.cues):
        own = next((by_word[at] for at in range(word, last) if at in by_word), None)
        told = own is not None and own.source is not None and kind != "according"
        told = told and context.sentence_of[word] not in unnamed  # the source is more than "who"
        passive = own is not None and rules.passive_of(number, own)
        if (told and not passive) or (own is None and taken.hold(place(word))):
            continue
        new = rules.read(number)
        if new is None or not new.content:
            if passive and own is not None:
                dropped.append(own)
        elif own is None:
            found.append(new)
            by_sentence.setdefault(context.sentence_of[word], []).append(new)
        elif passive:
            own.source, own.content = new.source, new.content
        elif new.source is not None:
            own.source, own.cue, own.content = new.source, new.cue, new.content
    return [a for a in found if not any(a is one for one in dropped)] if dropped else found


def _says_nothing(context: Context, a: Attribution) -> bool:
    """Whether nothing is said: by nobody, in one word without marks, a refusal ("declined to comment")."""
    if a.source is not None and a.source[1] - a.source[0] == 1 and context.word(a.source[0]) in _NOBODY:
        return True
    if any(context.text.plain[start] in "\"'" for start, _ in a.content):
        return False
    if _asks_not_to_be_named(context, a):
        return True
    if sum(end - start for start, end in a.content) > _TWO_WORDS:
        return False
    index = context.text.words.index
    words = sum(index(end) - index(start) for start, end in a.content)
    refused = a.cue is not None and any(context.word(at) in _REFUSALS for at in range(*a.cue))
    return words < 2 + refused


def _asks_not_to_be_named(context: Context, a: Attribution) -> bool:
    """ "The clerk, who asked not to be named, said": no word of the clerk's that the article passes on."""
    return context.text.plain.startswith("not to be ", a.content[0][0])


_TWO_WORDS = 60  # characters: no two words have more
_NOBODY = frozenset(b"nobody none neither".split())


class Rules:
    """Reads cues of one document; holds what the rules share."""

    def __init__(
        self,
        context: Context,
        listed: Sequence[Cue],
        found: dict[int, list[Attribution]],
    ) -> None:
        self.context = context
        self.cues = listed
        self.found = found  # by sentence, what is known so far
        self.classes = WordClasses(context)
        self.quotes = [q for q in context.text.quotations if q.kind != "nested"]
        self.quote_starts = [q.start for q in self.quotes]
        self.views: dict[int, View] = {}

    def view(self, sentence: int) -> View:
        """One sentence, for the rules of `clause`."""
        found = self.views.get(sentence)
        if found is None:
            s = self.context.text.sentences
            bounds = (int(column[sentence]) for column in (s.first_word, s.last_word, s.start, s.end))
            found = self.views[sentence] = View(self.context, *bounds)
        return found

    def quote_before(self, place: int) -> Quotation | None:
        """The last quotation that ends at or before a character."""
        at = bisect_left(self.quote_starts, place) - 1
        return self.quotes[at] if at >= 0 and self.quotes[at].end <= place else None

    def quote_from(self, place: int) -> Quotation | None:
        """The first quotation that begins at or after a character."""
        at = bisect_left(self.quote_starts, place)
        return self.quotes[at] if at < len(self.quotes) else None

    def read(self, number: int) -> Attribution | None:
        """The attribution of one of the cues; None where it makes none."""
        word, last, kind = self.cues[number]
        if self._inside_quotation(word):
            return None
        return self._attribution(self.view(self.context.sentence_of[word]), word, last, kind, number)

    def passive_of(self, number: int, found: Attribution) -> bool:
        """Whether a cue is a passive with nobody behind it, whatever was taken for its source: "it is alleged"."""
        word, _, kind = self.cues[number]
        if kind == "noun" or (found.source is not None and found.source[0] > word):
            return False
        if BE.isdisjoint(self.context.forms[max(word - AHEAD, 0) : word]):
            return False  # most are not: said before more is asked
        return self._passive(self.view(self.context.sentence_of[word]), word, self.context.forms[word])

    def _inside_quotation(self, word: int) -> bool:
        start = self.context.starts[word]
        at = bisect_left(self.quote_starts, start) - 1
        return at >= 0 and start < self.quotes[at].end

    def _attribution(self, view: View, word: int, last: int, kind: str, i: int) -> Attribution | None:
        sentence = self.context.sentence_of[word]
        if kind == "according":
            return self._according(view, word, last)
        if kind == "noun":
            content = content_after(view, last, recipient=False)
            if content is None or any(content in a.content for a in self._found_in(sentence)):
                return None  # "said in a statement that"
            content = self._cut(view, content, i)
            return Attribution(self._owner(word), (word, last), [content]) if content else None
        form = self.context.forms[word]
        before = self.context.forms[word - 1] if word > view.first else b""
        if before in DETERMINERS and before not in ALSO_SUBJECTS:
            return None  # "the alleged leak"
        if before in _REFUSALS or (before == b"to" and not self._before_quotation(view, last)):
            return None
        if self._passive(view, word, form):
            return self._by_passive(view, word, last, i)
        if form.endswith(b"ing") and before not in BE:
            return self._participle(view, word, last, sentence, kind)
        return self._active(view, word, last, sentence, kind, i)

    def _before_quotation(self, view: View, last: int) -> bool:
        after = self.quote_from(self.context.ends[last - 1])
        return after is not None and after.start < view.end and after.start - self.context.ends[last - 1] < 4

    def _owner(self, word: int) -> Stretch | None:
        """The possessor before a noun of saying: "the ministry's claim that"."""
        context = self.context
        if not word or not context.gap(word - 1).startswith(("'s", "' ")):
            return None
        start = word - 1
        sentence = context.sentence_of[word]
        while (
            start > 0
            and context.sentence_of[start - 1] == sentence
            and context.gap(start - 1) == " "
            and (
                context.text.plain[context.starts[start - 1]].isupper()
                or context.forms[start - 1] in DETERMINERS
            )
        ):
            start -= 1
        return start, word

    # -- according to

    def _according(self, view: View, word: int, last: int) -> Attribution | None:
        context, forms = self.context, self.context.forms
        if last >= view.last:
            return None
        lead = forms[view.first : word]
        opens = not lead or (
            len(lead) <= 3
            and (lead[0] in PREPOSITIONS or all(f in OPENING_ADVERBS or f.endswith(b"ly") for f in lead))
        )
        end = last
        parts: list[int] = []  # word after each comma
        while end < view.last and len(parts) < AHEAD:
            gap = view.gap(end)
            end += 1
            if any(c in gap for c in ';:"\u2014'):
                break
            if "," in gap and end < view.last:
                parts.append(end)
        if opens:
            if not parts:
                return None
            stop = parts[0]
            for n, part in enumerate(parts[1:], 1):  # an apposition: "..., a trade body, ..."
                if forms[parts[n - 1]] in (b"a", b"an", b"the", b"which", b"who", b"whose", b"part"):
                    apposed = forms[parts[n - 1]] != b"the" or part - parts[n - 1] <= 5
                    if apposed and n <= 2:
                        stop = part
                        continue
                break
            content = trim(view, context.ends[stop - 1], view.end)
            return Attribution((last, stop), (word, last), [content] if content else [])
        stop = parts[0] if parts else end
        more: Stretch | None = None
        n = 0
        while n < len(parts):
            part = parts[n]
            following = parts[n + 1] if n + 1 < len(parts) else end
            names = all(
                context.text.plain[context.starts[j]].isupper() or forms[j] in DETERMINERS
                for j in range(part, following)
            )
            if names or forms[part] in (b"a", b"an", b"the", b"who", b"which", b"whose"):
                stop = following
                n += 1
                continue
            more = trim(view, context.ends[part - 1], view.end)
            break
        content = trim(view, view.start, context.ends[word - 1])
        if content is None:
            return None
        quote = self.quote_before(context.starts[word])
        if (
            quote is not None
            and not context.text.plain[quote.end : context.starts[word]].strip(" ,")
            and quote.start <= content[0] + 2
        ):
            content = (quote.start, quote.end)
        pieces = [content] + ([more] if more and more[1] - more[0] > 8 else [])
        return Attribution((last, stop), (word, last), pieces)

    # -- passives

    def _passive(self, view: View, word: int, form: bytes) -> bool:
        if not (
            form.endswith(
                (
                    b"ed",
                    b"ought",
                    b"said",
                    b"told",
                    b"known",
                    b"stood",
                    b"held",
                    b"shown",
                    b"found",
                    b"felt",
                    b"heard",
                    b"seen",
                )
            )
        ):
            return False
        at = word - 1
        while at >= view.first and (
            self.context.forms[at].endswith(b"ly")
            or self.context.forms[at] in (b"also", b"now", b"not", b"widely", b"still")
        ):
            at -= 1
        return at >= view.first and self.context.forms[at] in BE and not any(c in view.gap(at) for c in ",;:")

    def _by_passive(self, view: View, word: int, last: int, i: int) -> Attribution | None:
        context, forms = self.context, self.context.forms
        if last >= view.last:
            return self._impersonal_end(view, word, last)
        source: Stretch | None = None
        at = last
        if forms[at] == b"by":
            stop = next(
                (
                    k
                    for k in range(at + 1, view.last)
                    if forms[k] == b"to" or forms[k] == b"that" or any(c in view.gap(k) for c in ".;:")
                ),
                None,
            )
            if stop is None:
                return None
            end = stop if forms[stop] in (b"to", b"that") else stop + 1
            source, at = (last + 1, end), end
            if source[0] >= source[1]:
                return None
        if at < view.last and forms[at] == b"to":
            if form_after(forms, at) in _NOT_INFINITIVE or (
                forms[word] in _PAST_BE_SAID and form_after(forms, at) not in (b"be", b"have")
            ):
                return None
            content = trim(view, context.starts[at], view.end)
            content = self._cut(view, content, i) if content else None
            return Attribution(source, (word, last), [content] if content else [])
        if at < view.last and forms[at] == b"that":
            content = trim(view, context.ends[at], view.end)
            content = self._cut(view, content, i) if content else None
            return Attribution(source, (word, last), [content] if content else [])
        return self._impersonal_end(view, word, last)

    def _impersonal_end(self, view: View, word: int, last: int) -> Attribution | None:
        """ "..., it was announced on Friday." """
        forms = self.context.forms
        for at in range(word - 1, max(view.first, word - 5), -1):
            if forms[at] == b"it" and view.last - last <= 5 and at > view.first:
                content = content_before(view, at)
                return Attribution(None, (word, last), [content]) if content else None
        return None

    # -- active verbs

    def _active(
        self, view: View, word: int, last: int, sentence: int, kind: str, i: int
    ) -> Attribution | None:
        context, plain = self.context, self.context.text.plain
        start, end = context.starts[word], context.ends[last - 1]
        subject = subject_before(view, word)
        before = self.quote_before(start)
        if before is not None and start - before.end < 160:
            found = self._beside(view, word, last, subject, before)
            if found is not None:
                return found
        inverted = self._inverted(view, word, last) if kind == "verb.say" else None
        if inverted is not None:
            content = content_before(view, word)
            return Attribution(inverted, (word, last), [content]) if content else None
        if context.forms[last : last + 3] == [b"not", b"to", b"be"]:
            return None  # "who asked not to be named"
        if subject is None:
            subject = self._coordinated(view, word)
        if subject is None:
            return None
        if context.forms[subject[0]] in NEGATIONS or any(
            f in NEGATIONS for f in context.forms[subject[1] : word]
        ):
            return None  # "nobody said", "would not say whether"
        # "..., she said": the cue ends the sentence, its content stands before the subject
        rest = plain[end : view.end].strip(" .,;:!?\n")
        in_title = context.text.sentences.zone[sentence] == Zone.TITLE
        told = context.forms[word] in _TELLS and last < view.last <= last + 2 and view.capital(last)
        ends_here = told or (
            not rest
            or (len(rest) < 45 and _only_circumstance(view, last))
            or (in_title and plain[end] == ":")
        )
        if ends_here and subject[0] > view.first and "," in view.gap(subject[0] - 1):
            content = content_before(view, subject[0])
            if content:
                return Attribution(subject, (word, last), [content])
        if not rest:
            return None
        after = self.quote_from(end)
        if after is not None and after.start < end + 140:
            between = plain[end : after.start]
            direct = (
                not between.strip(" ,:")
                or between.rstrip().endswith(":")
                or (between.rstrip().endswith(",") and len(between) < 60)
            )
            if (
                direct
                and not any(c in between.rstrip(": ,\n") for c in '.;!?"')
                and (after.start < view.end or between.rstrip().endswith(":"))
            ):
                return Attribution(subject, (word, last), [(after.start, after.end)])
        content = content_after(view, last, recipient=context.forms[word] in _TELLS)
        if content is None:
            return None
        content = self._cut(view, content, i)
        if content is None or self._no_clause(view, content):
            return None
        return Attribution(subject, (word, last), [content])

    def _no_clause(self, view: View, content: Stretch) -> bool:
        """Only where or when: "reported in the north"."""
        found = self.context.text.words
        first, last = found.index(content[0]), found.index(content[1])
        forms = self.context.forms[first : min(last, view.last)]
        return (
            bool(forms)
            and forms[0] in PREPOSITIONS - {b"to"}
            and not any(f in VERBAL or f.endswith(b"ed") for f in forms)
        )

    def _inverted(self, view: View, word: int, last: int) -> Stretch | None:
        """ "The port is shut, said Ada Holm.": a clause before the comma, a noun phrase and no verb behind the cue."""
        forms = self.context.forms
        if word == view.first or "," not in view.gap(word - 1):
            return None
        source = subject_after(view, last)
        if source is None or (source[1] < view.last and forms[word] not in _SAID):
            return None
        relative = next((i for i in range(*source) if forms[i] in (b"who", b"whose", b"which")), source[1])
        if any(f in VERBAL or f == b"that" for f in [*forms[last:relative], *forms[source[1] : view.last]]):
            return None
        if view.capital(source[0]):
            return source
        # A name may follow anything; "the mayor" only a clause, or "Reed, the owner, said the same" would be one.
        clause = any(f in VERBAL or f.endswith(b"ed") for f in forms[view.first : word])
        described = (
            forms[source[0]] in DETERMINERS and source[1] - source[0] > 1 and forms[source[0] + 1] != b"same"
        )
        return source if clause and described else None

    def _beside(
        self, view: View, word: int, last: int, subject: Stretch | None, before: Quotation
    ) -> Attribution | None:
        """A cue behind a quotation: "..." said X, or "..." X said; and the quotation that may go on behind it."""
        context, plain = self.context, self.context.text.plain
        start, end = context.starts[word], context.ends[last - 1]
        between = plain[before.end : start]
        closed_by_comma = plain[before.inner[1] - 1 : before.inner[1]] in (
            ",",
            "?",
            "!",
            "-",
            "\u2014",
            "\u2026",
        ) or between.lstrip().startswith((",", "-", "\u2014"))
        spoken = closed_by_comma or before.kind == "speech"
        source: Stretch | None = None
        stop = end
        if not between.strip(" ,-\u2014\u2013\n"):
            source = subject_after(view, last)
            if source is None or not spoken:
                return None
            stop = context.ends[source[1] - 1]
        elif subject is not None and spoken and closed_by_comma and subject[0] >= view.first:
            lead = (
                plain[before.end : context.starts[subject[0]]]
                if context.starts[subject[0]] >= before.end
                else "x"
            )
            if lead.strip(" ,-\u2014\u2013\n"):
                return None
            source = subject
        else:
            return None
        content = [(before.start, before.end)]
        whole = self._whole_left(view, before)
        if whole is not None:
            content = [whole]
        after = self.quote_from(stop)
        if (
            after is not None
            and not plain[stop : after.start].strip(" ,.:\n")
            and "\n\n" not in plain[stop : after.start]
        ):
            content.append((after.start, after.end))
        return Attribution(source, (word, last), content)

    def _whole_left(self, view: View, quote: Quotation) -> Stretch | None:
        """A clause that only ends in quotation marks is content as a whole: It is "no good," he said."""
        if quote.start <= view.start or quote.start >= view.end:
            return None
        lead = self.context.text.plain[view.start : quote.start].strip()
        if len(lead) < 2 or lead.endswith((".", "!", "?", '"', ":")):
            return None
        span = trim(view, view.start, quote.start)
        return (span[0], quote.end) if span else None

    def _cut(self, view: View, content: Stretch, i: int) -> Stretch | None:
        """End a content where the next cue's own clause begins."""
        context = self.context
        start, end = content
        if "no_sentence_marks" in context.text.notes:
            end = self._first_clause(view, start, end)
        for word, last, kind in self.cues[i + 1 : i + 1 + AHEAD]:
            if context.starts[word] >= end:
                break
            if context.starts[word] <= start or word <= view.first or self._inside_quotation(word):
                continue
            gap = view.gap(word - 1)
            if "," in gap and (kind == "according" or context.forms[word].endswith(b"ing")):
                cut = trim(view, start, context.ends[word - 1])
                return self._with_mark(cut, context.ends[word - 1])
            subject = subject_before(view, word)
            if subject is None or subject[0] <= view.first or context.starts[subject[0]] <= start:
                continue
            if "," in view.gap(subject[0] - 1) and view.last - last <= 3:
                return trim(view, start, context.ends[subject[0] - 1])  # "..., a police source told Reuters"
            edge = subject[0]
            while edge > view.first and context.forms[edge - 1] in (b"and", b"but", b"then", b"while"):
                edge -= 1
            if edge < subject[0]:
                return trim(view, start, context.ends[edge - 1])
        quote = self.quote_before(end + 2)
        if quote is not None and quote.start <= start and quote.end < end:
            return start, end
        return self._with_mark((start, end), end)

    def _first_clause(self, view: View, start: int, end: int) -> int:
        """Without sentence marks a content ends before the next "and" or "but", or after 60 words."""
        first = self.context.text.words.index(start)
        reach = min(first + 60, view.last)
        for at in range(first + 3, reach):
            if self.context.ends[at - 1] >= end:
                return end
            if self.context.forms[at] in (b"and", b"but"):
                return self.context.ends[at - 1]
        return min(end, self.context.ends[reach - 1])

    def _with_mark(self, span: Stretch | None, end: int) -> Stretch | None:
        """Keep the closing mark of a quotation that the content ends in, with the comma inside it."""
        if span is None:
            return None
        quote = self.quote_before(end + 3)
        if quote is not None and quote.start >= span[0] and quote.end > span[1] and quote.end - span[1] <= 3:
            return span[0], quote.end
        return span

    def _participle(self, view: View, word: int, last: int, sentence: int, kind: str) -> Attribution | None:
        """ ", suggesting that ...": the source is that of the attribution before it, or the subject of the sentence."""
        if word <= view.first or "," not in view.gap(word - 1) or kind == "verb.think":
            return None
        content = content_after(view, last, recipient=self.context.forms[word] in _TELLS)
        if content is None:
            return None
        after = self.quote_from(self.context.ends[last - 1])
        if after is not None and not self.context.text.plain[self.context.ends[last - 1] : after.start].strip(
            " ,:"
        ):
            content = (after.start, after.end)
        source = next((a.source for a in self._found_in(sentence) if a.source), None)
        if source is None:
            source = self._sentence_subject(view, word)
        return Attribution(source, (word, last), [content]) if source else None

    def _coordinated(self, view: View, word: int) -> Stretch | None:
        """The subject of a verb behind "and" or "but": that of the attribution before it, or of the sentence."""
        forms = self.context.forms
        at = word - 1
        while at > view.first and (forms[at] in AUXILIARIES or forms[at].endswith(b"ly")):
            at -= 1
        if at <= view.first or forms[at] not in (b"and", b"but"):
            return None
        source = next((a.source for a in self._found_in(self.context.sentence_of[word]) if a.source), None)
        return source if source is not None else self._sentence_subject(view, word)

    def _found_in(self, sentence: int) -> Iterator[Attribution]:
        """The attributions known in a sentence, the last one first."""
        return reversed(self.found.get(sentence, []))

    def _sentence_subject(self, view: View, word: int) -> Stretch | None:
        """The phrase that opens the sentence, up to its first lower-case word that can be a verb."""
        forms = self.context.forms
        at = view.first
        while at < word and (
            forms[at] in (b"when", b"while", b"after", b"as", b"but", b"and", b"yet", b"because")
            or forms[at].endswith(b"ly")
        ):
            at += 1
        end = at
        while end < word and end - at < 6:
            known = self.classes.get(end) - {"male", "female"}
            if not (
                forms[end] in DETERMINERS
                or known
                or (view.capital(end) and (end > view.first or forms[end] not in PREPOSITIONS))
                or forms[end] in PRONOUNS
            ):
                break
            end += 1
            if end < word and "," in view.gap(end - 1):
                break
        return (at, end) if end > at and forms[end - 1] not in DETERMINERS else None


def form_after(forms: list[bytes], at: int) -> bytes:
    """The word behind a word, b"" at the end."""
    return forms[at + 1] if at + 1 < len(forms) else b""


_NOT_INFINITIVE = frozenset(b"the a an his her their its police reporters him them me us".split())


def _only_circumstance(view: View, word: int) -> bool:
    """Whether only when and where follow: "she said on Monday"."""
    if word >= view.last:
        return True
    form = view.context.forms[word]
    return (
        form in PREPOSITIONS
        or form.endswith(b"day")
        or form in (b"yesterday", b"last", b"this", b"later", b"earlier", b"recently")
        or form in _TELLABLE
    )


_TELLABLE = frozenset(b"reporters him her me us them".split())
