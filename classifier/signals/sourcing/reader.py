"""Reads the attributions of one document: each cue with its source and its content."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from operator import itemgetter

from classifier.signals.lexicon import joined, read_lexicon
from classifier.signals.scan import Context, Hits
from classifier.signals.sourcing.cast import cast
from classifier.signals.sourcing.chains import second_hand
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
from classifier.signals.sourcing.conditions import ALSO_SUBJECTS, UNLESS, VERBAL
from classifier.signals.sourcing.kinds import WORDS, Source, WordClasses
from classifier.text.paragraphs import Zone
from classifier.text.quotations import Quotation
from classifier.text.stretches import Stretches

LEXICON = joined(read_lexicon(__package__), WORDS)
AHEAD = 12  # cues looked at for the end of a content; more stand in no real sentence
_TELLS = frozenset(
    b"tell tells told telling inform informs informed remind reminds reminded assure assures assured warn warned"
    b" advised".split()
)
_SAID = frozenset(b"said says".split())
_REFUSALS = frozenset(b"declined refused refuses declines".split())
_PAST_BE_SAID = frozenset(b"reported".split())


@dataclass(slots=True)
class Attribution:
    """One attribution as it is found; who the source is comes last (`chosen` and what follows)."""

    source: Stretch | None  # words
    cue: Stretch | None  # words
    content: list[Stretch]  # characters
    sentence: int
    chosen: Source | None = None
    antecedent: Stretch | None = None  # characters
    speaks_for: Stretch | None = None  # characters of whom a spokesperson speaks for
    second_hand: bool = False  # the content passes on another's word
    number: int = -1
    known_name: bool = False  # named here or, for a pronoun, before


class Reader:
    """Reads one document; holds what the rules share.

    A cue beside a quotation takes the quotation; otherwise the clause behind it, or the one before it where the
    cue ends the sentence. Rules only; what they miss is listed in page.md.
    """

    def __init__(self, context: Context, hits: Hits) -> None:
        self.context = context
        self.cues: list[tuple[int, int, str]] = []
        self.classes = WordClasses(context)
        entries = LEXICON.entries
        for word, last, index in zip(hits.word, hits.last, hits.entry, strict=True):
            entry = entries[index]
            if not any(UNLESS[name](context, word, last) for name in entry.unless) and not context.hyphenated(
                word, last
            ):
                self.cues.append((word, last, entry.kind))
        self.quotes = [q for q in context.text.quotations if q.kind != "nested"]
        self.quote_starts = [q.start for q in self.quotes]
        s = context.text.sentences
        self.bounds = list(
            zip(s.first_word.tolist(), s.last_word.tolist(), s.start.tolist(), s.end.tolist(), strict=True)
        )
        self.views: dict[int, View] = {}
        self.found: list[Attribution] = []
        self.used: set[Quotation] = set()

    def view(self, sentence: int) -> View:
        """One sentence, for the rules of `clause`."""
        found = self.views.get(sentence)
        if found is None:
            found = self.views[sentence] = View(self.context, *self.bounds[sentence])
        return found

    def quote_before(self, place: int) -> Quotation | None:
        """The last quotation that ends at or before a character."""
        at = bisect_left(self.quote_starts, place) - 1
        return self.quotes[at] if at >= 0 and self.quotes[at].end <= place else None

    def quote_from(self, place: int) -> Quotation | None:
        """The first quotation that begins at or after a character."""
        at = bisect_left(self.quote_starts, place)
        return self.quotes[at] if at < len(self.quotes) else None

    def read(self) -> list[Attribution]:
        """All attributions, in order of their cues."""
        taken = -1  # words before this belong to an attribution already read
        for i, (word, last, kind) in enumerate(self.cues):
            if word < taken or self._inside_quotation(word):
                continue
            view = self.view(self.context.sentence_of[word])
            found = self._attribution(view, word, last, kind, i)
            if found is not None and found.content and not self._swallows(found, word, taken):
                self.found.append(found)
                taken = max(last, found.source[1] if found.source is not None else 0)
        self._bare_quotations()
        self._cast()
        return self.found

    def _swallows(self, found: Attribution, word: int, taken: int) -> bool:
        """Whether the source, standing before its cue, runs over an attribution already read."""
        source = found.source
        return source is not None and source[0] < taken < source[1] <= word

    def _inside_quotation(self, word: int) -> bool:
        start = self.context.starts[word]
        at = bisect_left(self.quote_starts, start) - 1
        return at >= 0 and start < self.quotes[at].end

    def _attribution(self, view: View, word: int, last: int, kind: str, i: int) -> Attribution | None:
        sentence = self.context.sentence_of[word]
        if kind == "according":
            return self._according(view, word, last, sentence)
        if kind == "noun":
            content = content_after(view, last, recipient=False)
            if content is None or any(content in a.content for a in self._found_in(sentence)):
                return None  # "said in a statement that"
            content = self._cut(view, content, i)
            return Attribution(self._owner(word), (word, last), [content], sentence) if content else None
        form = self.context.forms[word]
        before = self.context.forms[word - 1] if word > view.first else b""
        if before in DETERMINERS and before not in ALSO_SUBJECTS:
            return None  # "the alleged leak"
        if before in _REFUSALS or (before == b"to" and not self._before_quotation(view, last)):
            return None
        if self._passive(view, word, form):
            return self._by_passive(view, word, last, sentence, i)
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

    def _according(self, view: View, word: int, last: int, sentence: int) -> Attribution | None:
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
            return Attribution((last, stop), (word, last), [content] if content else [], sentence)
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
            self.used.add(quote)
        pieces = [content] + ([more] if more and more[1] - more[0] > 8 else [])
        return Attribution((last, stop), (word, last), pieces, sentence)

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

    def _by_passive(self, view: View, word: int, last: int, sentence: int, i: int) -> Attribution | None:
        context, forms = self.context, self.context.forms
        if last >= view.last:
            return self._impersonal_end(view, word, last, sentence)
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
            return Attribution(source, (word, last), [content] if content else [], sentence)
        if at < view.last and forms[at] == b"that":
            content = trim(view, context.ends[at], view.end)
            content = self._cut(view, content, i) if content else None
            return Attribution(source, (word, last), [content] if content else [], sentence)
        return self._impersonal_end(view, word, last, sentence)

    def _impersonal_end(self, view: View, word: int, last: int, sentence: int) -> Attribution | None:
        """ "..., it was announced on Friday." """
        forms = self.context.forms
        for at in range(word - 1, max(view.first, word - 5), -1):
            if forms[at] == b"it" and view.last - last <= 5 and at > view.first:
                content = content_before(view, at)
                return Attribution(None, (word, last), [content], sentence) if content else None
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
            found = self._beside(view, word, last, sentence, subject, before)
            if found is not None:
                return found
        inverted = self._inverted(view, word, last) if kind == "verb.say" else None
        if inverted is not None:
            content = content_before(view, word)
            return Attribution(inverted, (word, last), [content], sentence) if content else None
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
                return Attribution(subject, (word, last), [content], sentence)
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
                self.used.add(after)
                return Attribution(subject, (word, last), [(after.start, after.end)], sentence)
        content = content_after(view, last, recipient=context.forms[word] in _TELLS)
        if content is None:
            return None
        content = self._cut(view, content, i)
        if content is None or self._no_clause(view, content):
            return None
        return Attribution(subject, (word, last), [content], sentence)

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
        self, view: View, word: int, last: int, sentence: int, subject: Stretch | None, before: Quotation
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
        self.used.add(before)
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
            self.used.add(after)
        return Attribution(source, (word, last), content, sentence)

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
            self.used.add(quote)
            return span[0], quote.end
        if quote is not None and quote.start > span[0] and quote.end == span[1]:
            self.used.add(quote)
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
            self.used.add(after)
        source = next((a.source for a in self._found_in(sentence) if a.source), None)
        if source is None:
            source = self._sentence_subject(view, word)
        return Attribution(source, (word, last), [content], sentence) if source else None

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
        """The attributions found in a sentence so far, the last one first, 12 at most."""
        return takewhile(lambda a: a.sentence == sentence, reversed(self.found[-AHEAD:]))

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

    # -- quotations without a cue of their own

    def _bare_quotations(self) -> None:
        """Give quotations without a cue to whom they belong: a dash and a name, or who speaks in their paragraph."""
        context, plain = self.context, self.context.text.plain
        covered = Stretches([c for a in self.found for c in a.content])
        owner = context.text.sentences.paragraph.tolist()
        # By paragraph: where the quotations of each speaker begin, in order.
        spoken: dict[int, list[tuple[int, Attribution]]] = {}
        for a in self.found:
            if a.source and any(plain[s] in "\"'" for s, _ in a.content):
                spoken.setdefault(owner[a.sentence], []).append((a.content[0][0], a))
        for near in spoken.values():
            near.sort(key=itemgetter(0))
        for quote in self.quotes:
            if quote.kind != "speech" or quote in self.used or covered.touch(quote.start, quote.end):
                continue
            sentence = context.text.sentences.at(quote.start)
            if sentence < 0:
                continue
            dash = self._after_dash(quote, sentence)
            if dash is not None:
                self.found.append(dash)
                continue
            near = spoken.get(owner[sentence], [])
            n_words = context.text.words.index(quote.end) - context.text.words.index(quote.start)
            before = plain[max(0, quote.start - 2) : quote.start].strip()
            alone = before in ("", ".", '"', '."') or quote.start == self.bounds[sentence][2]
            if near and n_words >= 3 and alone:
                at = bisect_left(near, quote.start, key=itemgetter(0))
                _, chosen = min(near[max(at - 1, 0) : at + 1], key=lambda one: abs(one[0] - quote.start))
                chosen.content.append((quote.start, quote.end))
        self.found.sort(key=lambda a: (a.cue or a.source or (0, 0))[0])

    def _after_dash(self, quote: Quotation, sentence: int) -> Attribution | None:
        context, plain = self.context, self.context.text.plain
        rest = plain[quote.end : quote.end + 4]
        if not rest.strip()[:1] or rest.strip()[0] not in "\u2014\u2013-":
            return None
        view = self.view(sentence)
        first = context.text.words.index(quote.end)
        if first >= view.last or not view.capital(first):
            return None
        last = first + 1
        while (
            last < view.last
            and (view.capital(last) or last in context.machine)
            and not any(c in view.gap(last - 1) for c in ",.\n)")
        ):
            last += 1
        self.used.add(quote)
        return Attribution((first, last), None, [(quote.start, quote.end)], sentence)

    # -- who the sources are

    def _cast(self) -> None:
        cue_words = [word for word, _, kind in self.cues if kind != "noun"]
        for a, voice in zip(self.found, cast(self.context, self.found), strict=True):
            a.second_hand = second_hand(self.context, cue_words, a.content, a.source)
            if voice is not None:
                a.chosen, a.number, a.known_name = voice.source, voice.number, voice.named
                a.antecedent, a.speaks_for = voice.antecedent, voice.speaks_for


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
