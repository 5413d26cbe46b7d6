"""Is a learned decision at each hedge cue better than the rules? Logistic regression over features of the matches only.

Prints exact F1 of cues (approximators aside) and sentence F1 for: every match of the word list, the rules, and the
learned decision. News: folds over documents inside szegednews and newskinds, learned together, the guideline being a
feature. The others: a word list harvested from their own train part, learned there, measured on their dev part (with
``--final`` on SFU's test part and the BioScope papers instead); then once more with rarer forms, how often a form is
a cue in the other folds, and a wider look around. Nothing printed here is shipped; the tables stand in
docs/decisions/0007.
"""

import argparse
import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from measured import SHARED, one_core
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from classifier.signals.extract import scanner
from classifier.signals.hedges import FAMILY, grammar
from classifier.signals.hedges.conditionals import with_conditionals
from classifier.signals.lexicon import Entry, Lexicon
from classifier.signals.scan import Context, Hits, Scanner
from classifier.text.document import Document
from classifier.text.fold import fold
from classifier.text.segment import Segmented, segment
from classifier.text.words import words

Place = tuple[int, int]  # start and end of a span
Marks = dict[int, set[Place]]  # by row

CONSEQUENCES = (
    "would",
    "will",
    "should",
    "until",
)  # cues of szegednews that the rules mark only with a condition, or not
CLASSES = (
    ("determiner", grammar.DETERMINERS),
    ("be", grammar.BE),
    ("have", grammar.HAVE),
    ("finite", grammar.FINITE),
    ("subject", grammar.SUBJECTS),
    ("object", grammar.OBJECTS),
    ("preposition", grammar.PREPOSITIONS),
    ("conjunction", grammar.CONJUNCTIONS),
    ("negation", grammar.NEGATIONS),
)
# Verbs of telling and thinking: what they govern is somebody's word.
TELLING = frozenset(
    b"said says say told added argued believes believe think thinks thought hope hopes fear fears expect expects "
    b"predicted warned warn claimed reported according".split()
)
STATES = frozenset(
    b"be have seem mean lead become cause make take help come result prove remain happen affect depend include go "
    b"face lose see know feel appear".split()
)
PRONOUNS = frozenset(b"i we you he she they it there who which that this".split())
AFTER_MODAL = frozenset(b"not also still even only well never".split())
STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55)


class Candidate(NamedTuple):
    """A match of a word list, with what the decision may look at."""

    row: int
    place: Place
    gold: bool
    features: list[str]
    form: str
    rates: tuple[float, ...] = ()  # numbers beside the features, see `rated`


@dataclass(frozen=True, slots=True)
class Gold:
    """Rows of one corpus, segmented and marked with its cues; `guideline` is a feature where it is not empty."""

    name: str
    guideline: str
    texts: list[str]
    documents: NDArray[np.int64]  # of each row
    cues: list[set[Place]]
    neither: list[set[Place]]  # in doubt: count neither way


def read(name: str, split: str, guideline: str = "", types: Iterable[str] = ()) -> Gold:
    """Rows of one split of a gold file; ends the program with a sentence where it is not there."""
    path = SHARED / "gold" / f"hedge_{name}.jsonl.gz"
    if not path.is_file():
        sys.exit(f"{path} is not there; set MISINFO_SHARED to the folder that holds gold/")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["split"] == split]
    names = [row.get("doc") or row["id"] for row in rows]
    number = {document: i for i, document in enumerate(dict.fromkeys(names))}
    wanted = set(types)

    def cues(row: dict[str, Any]) -> set[Place]:
        return {
            (s["start"], s["end"])
            for s in row["spans"]
            if s.get("kind") != "approximator" and not s.get("doubt") and (not wanted or s["type"] in wanted)
        }

    return Gold(
        f"{name} {split}",
        guideline,
        [row["text"] for row in rows],
        np.array([number[n] for n in names], np.int64),
        [cues(row) for row in rows],
        [{(s["start"], s["end"]) for s in row["spans"] if s.get("doubt")} for row in rows],
    )


@cache
def segmented(text: str) -> Segmented:
    """The structure of a text, kept: the folds ask for it again and again."""
    return segment(Document("", text))


def word_list(forms: Iterable[str]) -> Lexicon:
    """A word list without conditions."""
    return Lexicon(tuple(Entry(form, (form,), "harvested", (), "stands in the gold") for form in forms), "")


def harvest(gold: Gold, rows: Iterable[int], least: int, precision: float) -> Lexicon:
    """The forms that are a cue at least `least` times and in at least `precision` of their occurrences."""
    rows = list(rows)
    cues: Counter[str] = Counter()
    for row in rows:
        for start, end in gold.cues[row]:
            cues[b" ".join(words(fold(gold.texts[row][start:end]).low).forms).decode("latin-1")] += 1
    lexicon = word_list(form for form, n in sorted(cues.items()) if n >= least and form)
    found: Counter[int] = Counter()
    scan = Scanner([lexicon])
    for row in rows:
        found.update(scan.scan(segmented(gold.texts[row]))[1][0].entry)
    return word_list(
        entry.cue
        for i, entry in enumerate(lexicon.entries)
        if found[i] and cues[entry.cue] / found[i] >= precision
    )


def word_class(form: bytes) -> str:
    """Closed class of a word, or its ending."""
    if not form:
        return "none"
    for name, members in CLASSES:
        if form in members:
            return name
    if form[:1].isdigit():
        return "number"
    return next((e.decode() for e in (b"ly", b"ed", b"ing", b"s") if form.endswith(e)), "word")


def neighbourhood(context: Context, word: int, last: int, form: str) -> Iterator[str]:
    """Features of the words, signs and classes beside a match, and of its place in the sentence."""
    sentence = context.sentence_of[word]
    near = [grammar.form(context, at, word) for at in (word - 2, word - 1, last, last + 1)]
    for side, found in zip(("b2", "b1", "a1", "a2"), near, strict=True):
        shown, sort = found.decode("latin-1"), word_class(found)
        yield from (f"{side}={shown}", f"{side} class={sort}", f"{form} {side} class={sort}")
        if side in ("b1", "a1"):
            yield from (f"{form} {side}={shown}", f"{side} ending={shown[-3:]}")
    yield f"sign before={context.gap(word - 1).strip()[:2] if near[1] else '^'}"
    yield f"sign behind={context.gap(last - 1).strip()[:2] if near[2] else '$'}"
    first = word
    while first and context.sentence_of[first - 1] == sentence:
        first -= 1
    end = last
    while end < len(context.forms) and context.sentence_of[end] == sentence:
        end += 1
    clause = "none"
    if not {b"if", b"unless"}.isdisjoint(context.forms[first:word]):
        clause = "before"
    elif not {b"if", b"unless"}.isdisjoint(context.forms[last:end]):
        clause = "behind"
    yield from (f"if={clause}", f"{form} if={clause}")
    yield from (f"place={4 * (word - first) // (end - first)}", f"length={min(4, (end - first) // 10)}")
    yield from (
        f"first={word == first}",
        f"quoted={context.quoted[word]}",
        f"capital={grammar.capital(context, word)}",
    )


def surroundings(context: Context, word: int, last: int, form: str) -> Iterator[str]:
    """Features beyond `neighbourhood`: endings of the cue, pairs of words, the verb behind, who speaks of whom."""
    near = {at: grammar.form(context, word + at, word).decode("latin-1") for at in (-2, -1)}
    near |= {at: grammar.form(context, last + at - 1, word).decode("latin-1") for at in (1, 2)}
    yield from (f"ending={form[-4:]}", f"ending={form[-3:]}", f"stem={form[:5]}")
    yield from (
        f"before={near[-2]} {near[-1]}",
        f"behind={near[1]} {near[2]}",
        f"beside={near[-1]} {near[1]}",
    )
    yield f"{form} behind={near[1]} {near[2]}"
    at = last
    while (found := grammar.form(context, at, word)) in AFTER_MODAL or found.endswith(b"ly"):
        at += 1
    verb, following = found.decode("latin-1"), grammar.form(context, at + 1, word)
    yield from (f"verb={verb}", f"{form} verb={verb}", f"verb ending={verb[-3:]}")
    yield from (f"state={found in STATES}", f"{form} state={found in STATES}")
    if found in (b"be", b"have", b"been"):
        sort = word_class(following)
        yield from (f"{verb} {sort}", f"{form} {verb} {sort}", f"{verb} {following.decode('latin-1')}")
    before = [grammar.form(context, word - back, word) for back in range(1, 7)]
    subject = next((one.decode() for one in before if one in PRONOUNS), "none")
    yield from (f"subject={subject}", f"{form} subject={subject}")
    sentence = context.text.sentences
    row = int(context.sentence_of[word])
    first, end = int(sentence.first_word[row]), int(sentence.last_word[row])
    told = not TELLING.isdisjoint(context.forms[first:word])
    tells = not TELLING.isdisjoint(context.forms[last:end])
    yield from (f"told={told}", f"tells={tells}", f"{form} telling={told or tells}")
    yield f"that={b'that' in context.forms[last : min(end, last + 4)]}"
    negated = not grammar.NEGATIONS.isdisjoint(context.forms[max(first, word - 4) : min(end, last + 3)])
    yield from (f"negated={negated}", f"to the end={min(end - last, 4)}")


def candidates(
    gold: Gold, rows: Iterable[int], lexicons: Sequence[Lexicon], ruled: bool, wide: bool = False
) -> list[Candidate]:
    """Matches of the word lists in these rows; with `ruled` the first list is the family's, its verdicts features."""
    scan = Scanner(lexicons)
    found = []
    for row in rows:
        context, hits = scan.scan(segmented(gold.texts[row]))
        kept = {(s.start, s.end) for s in RULES.mark(context, hits[0])} if ruled else set()
        for (word, last), verdicts in sorted(_matches(context, hits, lexicons, ruled).items()):
            place = context.starts[word], context.ends[last - 1]
            if place in gold.neither[row]:
                continue
            form = b" ".join(context.forms[word:last]).decode("latin-1")
            rule = "keeps" if place in kept else "rejects" if verdicts else "silent"
            own = [f"form={form}", f"rule={rule}", f"{form} rule={rule}", *verdicts]
            if gold.guideline:
                own += [f"{gold.guideline} {feature}" for feature in ("", *own)]
            own += neighbourhood(context, word, last, form)
            if wide:
                own += surroundings(context, word, last, form)
            found.append(Candidate(row, place, place in gold.cues[row], own, form))
    return found


def _matches(
    context: Context, hits: Sequence[Hits], lexicons: Sequence[Lexicon], ruled: bool
) -> dict[tuple[int, int], list[str]]:
    """Words matched (first, last exclusive) -> what the family's entries and their conditions say there."""
    found: dict[tuple[int, int], list[str]] = {}
    for number, (one, lexicon) in enumerate(zip(hits, lexicons, strict=True)):
        for word, last, index in zip(one.word, one.last, one.entry, strict=True):
            entry = lexicon.entries[index]
            if entry.kind == "approximator":
                continue
            says = found.setdefault((word, last), [])
            if ruled and number == 0:
                says += [f"kind={entry.kind}", f"cue={entry.cue} {entry.kind}"]
                says += [f"unless={name}" for name in entry.unless if RULES.unless[name](context, word, last)]
    return found


RULES = with_conditionals(FAMILY)
# With the matches that the scan drops because their conditions are sure to hold: here they are learned from.
OWN_LIST = replace(FAMILY.lexicon, followed=())
RULED_LIST = replace(RULES.lexicon, followed=())


def rated(
    train: Gold, rows: Sequence[int], asked: Gold, asked_rows: Iterable[int], precision: float, family: bool
) -> list[Candidate]:
    """Matches in `asked_rows`, with how often their form is a cue in `rows` of `train`, where the list is from.

    The numbers are the logarithm of its odds and of its counts. Forms that are a cue once are on the list too, which
    is why the rows learned from must be others than those of the list: there each would seem to be a sure cue.
    """
    harvested = harvest(train, rows, 1, precision)
    lists = [RULED_LIST, harvested] if family else [harvested]
    seen: Counter[str] = Counter()
    cues: Counter[str] = Counter()
    for match in candidates(train, rows, lists, ruled=family):
        seen[match.form] += 1
        cues[match.form] += match.gold

    def rates(form: str) -> tuple[float, ...]:
        n, k = seen[form], cues[form]
        return math.log((k + 0.3) / (n - k + 1.2)), math.log1p(n), math.log1p(k)

    found = candidates(asked, asked_rows, lists, ruled=family, wide=True)
    return [match._replace(rates=rates(match.form)) for match in found]


class Decision(NamedTuple):
    """A fitted decision: the number of each feature, one weight each, the probability from which a match is a cue."""

    number: dict[str, int]
    weights: NDArray[np.float64]  # (n_features + n_rates,)
    bias: float
    threshold: float

    def probability(self, matches: Sequence[Candidate]) -> NDArray[np.float64]:
        """Probability of each match to be a cue, shape (n_matches,)."""
        logits = matrix(matches, self.number) @ self.weights + self.bias
        result: NDArray[np.float64] = 1 / (1 + np.exp(-logits))
        return result


def matrix(matches: Sequence[Candidate], number: dict[str, int]) -> csr_matrix:
    """Zeros and ones, then the rates; shape (n_matches, n_features + n_rates)."""
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    width = len(number) + len(matches[0].rates) if matches else len(number)
    for match in matches:
        own = sorted({number[f] for f in match.features if f in number})
        columns += [*own, *range(len(number), width)]
        values += [*[1.0] * len(own), *match.rates]
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), (len(matches), width))


def fit(matches: Sequence[Candidate], documents: NDArray[np.int64]) -> Decision:
    """Strength of the L2 penalty and threshold by F1 in four folds over `documents` (of each match), then all."""
    seen = Counter(f for match in matches for f in set(match.features))
    number = {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n > 1))}
    x, y = matrix(matches, number), np.array([match.gold for match in matches])
    best, strength, threshold = -math.inf, STRENGTHS[0], 0.5
    for c in STRENGTHS:
        p = np.zeros(len(y))
        for train, test in GroupKFold(4).split(x, y, documents):
            model = LogisticRegression(C=c, solver="liblinear", random_state=0).fit(x[train], y[train])
            p[test] = model.predict_proba(x[test])[:, 1]
        for t in THRESHOLDS:
            f1 = 2 * ((p >= t) & y).sum() / max(1, y.sum() + (p >= t).sum())
            if f1 > best + 0.001:  # a tie goes to the stronger penalty
                best, strength, threshold = f1, c, t
    model = LogisticRegression(C=strength, solver="liblinear", random_state=0).fit(x, y)
    return Decision(number, model.coef_[0], float(model.intercept_[0]), threshold)


def chosen(matches: Sequence[Candidate], p: Sequence[float] | NDArray[np.float64], threshold: float) -> Marks:
    """Matches from `threshold` on; of two that overlap the more probable."""
    marks: Marks = defaultdict(set)
    ranked = sorted(zip(p, matches, strict=True), key=lambda pair: (-pair[0], pair[1].row, pair[1].place))
    for value, match in ranked:
        start, end = match.place
        if value >= threshold and all(end <= s or e <= start for s, e in marks[match.row]):
            marks[match.row].add(match.place)
    return marks


def counts(gold: Gold, rows: Iterable[int], marks: Marks) -> NDArray[np.float64]:
    """Per row: gold cues, marks, both exact; row with a gold cue, with a mark, with both. Shape (n_rows, 6)."""
    table = []
    for row in rows:
        cues, found = gold.cues[row], marks.get(row, set())
        table.append(
            (len(cues), len(found), len(cues & found), bool(cues), bool(found), bool(cues) and bool(found))
        )
    return np.array(table, np.float64)


def f1(table: NDArray[np.float64]) -> tuple[float, float]:
    """Exact F1 of cues and F1 of sentences, in percent."""
    cues, marks, both, s_cues, s_marks, s_both = table.sum(0)
    return 200 * both / max(1, cues + marks), 200 * s_both / max(1, s_cues + s_marks)


def resampled(gold: Gold, table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Exact F1 in 2,000 bootstrap samples of the documents, shape (2000,); each call draws the same samples."""
    draw = np.random.default_rng(0)
    n = int(gold.documents.max()) + 1
    sums = np.zeros((n, 6))
    np.add.at(sums, gold.documents, table)
    return np.array([f1(sums[draw.integers(0, n, n)])[0] for _ in range(2000)])


def show(gold: Gold, what: str, table: NDArray[np.float64]) -> None:
    """One line: precision, recall and F1 of cues with the 95 % interval of F1, and F1 of sentences."""
    cues, marks, both = table.sum(0)[:3]
    exact, sentence = f1(table)
    p, r = 100 * both / max(1, marks), 100 * both / max(1, cues)
    low, high = np.percentile(resampled(gold, table), (2.5, 97.5))
    figures = f"P {p:5.1f}  R {r:5.1f}  F1 {exact:5.1f} [{low:.1f}, {high:.1f}]  sentence {sentence:5.1f}"
    print(f"{gold.name:23} {what:34} {figures}", flush=True)


def difference(gold: Gold, a: NDArray[np.float64], b: NDArray[np.float64]) -> str:
    """Exact F1 of b minus a with its 95 % interval by bootstrap over documents; both tables in the order of rows."""
    low, high = np.percentile(resampled(gold, b) - resampled(gold, a), (2.5, 97.5))
    return f"{f1(b)[0] - f1(a)[0]:+.1f} [{low:+.1f}, {high:+.1f}]"


def by_rules(gold: Gold, conditionals: bool) -> Marks:
    """What the family marks, approximators aside."""
    family = RULES if conditionals else FAMILY
    scan = scanner((family,))
    marks: Marks = {}
    for row, text in enumerate(gold.texts):
        context, hits = scan.scan(segmented(text))
        marks[row] = {(s.start, s.end) for s in family.mark(context, hits[0]) if s.kind != "approximator"}
        marks[row] -= gold.neither[row]
    return marks


def folds(gold: Gold, k: int, seed: int) -> NDArray[np.int64]:
    """The fold of each row; rows of a document share one."""
    of_document = np.random.default_rng(seed).permutation(int(gold.documents.max()) + 1) % k
    return of_document[gold.documents]


def cross_validated(
    golds: Sequence[Gold], lexicons: Callable[[NDArray[np.int64]], list[Lexicon]], k: int = 10, seed: int = 0
) -> list[NDArray[np.float64]]:
    """Counts of each gold's rows, each decided by what was learned from the other documents of all golds.

    `lexicons` gives the word lists for the training rows of the first gold. What the rules reject stays rejected.
    """
    fold = [folds(gold, k, seed) for gold in golds]
    tables = [np.zeros((len(gold.texts), 6)) for gold in golds]
    for part in range(k):
        lists = lexicons(np.flatnonzero(fold[0] != part))
        learned: list[Candidate] = []
        documents: list[int] = []
        held = []
        for gold, of_row in zip(golds, fold, strict=True):
            offset = max(documents, default=-1) + 1
            matches = candidates(gold, range(len(gold.texts)), lists, ruled=True)
            train = [m for m in matches if of_row[m.row] != part]
            learned += train
            documents += [offset + int(gold.documents[m.row]) for m in train]
            held.append([m for m in matches if of_row[m.row] == part])
        decision = fit(learned, np.array(documents, np.int64))
        for gold, of_row, matches, table in zip(golds, fold, held, tables, strict=True):
            rows = np.flatnonzero(of_row == part)
            p = decision.probability(matches)
            p[["rule=rejects" in m.features for m in matches]] = 0
            table[rows] = counts(gold, rows.tolist(), chosen(matches, p, decision.threshold))
    return tables


def news() -> None:
    """The news guidelines: the family's own word list, then with conditionals and a harvested list."""
    golds = read("szegednews", "dev", "szegednews"), read("newskinds_dev", "dev", "newskinds")
    more = word_list(CONSEQUENCES)
    setups: list[tuple[str, bool, Callable[[NDArray[np.int64]], list[Lexicon]]]] = [
        ("", False, lambda _: [OWN_LIST]),
        (", conditionals", True, lambda _: [RULED_LIST, more]),
        (
            ", conditionals, harvested",
            True,
            lambda rows: [RULED_LIST, more, harvest(golds[0], rows, 1, 0.3)],
        ),
    ]
    for name, conditionals, lexicons in setups:
        rules = []
        for gold in golds:
            rows = range(len(gold.texts))
            matches = candidates(gold, rows, lexicons(np.arange(len(gold.texts))), ruled=True)
            if not name.endswith("harvested"):  # a list harvested from all rows would know what it is asked
                show(gold, "matches" + name, counts(gold, rows, chosen(matches, np.ones(len(matches)), 1)))
            rules.append(counts(gold, rows, by_rules(gold, conditionals)))
            show(gold, "rules" + name, rules[-1])
        runs = [cross_validated(golds, lexicons, seed=seed) for seed in range(3)]
        for i, gold in enumerate(golds):
            table = np.mean([run[i] for run in runs], axis=0)
            show(gold, "learned" + name, table)
            print(
                f"{gold.name:23} learned minus rules{name}: F1 {difference(gold, rules[i], table)}",
                flush=True,
            )


def own_guideline(train: Gold, test: Gold, precision: float, family: bool) -> None:
    """A word list harvested from `train` (with the family's where `family`), learned there, measured on `test`."""
    harvested = harvest(train, range(len(train.texts)), 2, precision)
    lists = [RULED_LIST, harvested] if family else [harvested]
    matches = candidates(train, range(len(train.texts)), lists, ruled=family)
    decision = fit(matches, train.documents[[m.row for m in matches]])
    rows = range(len(test.texts))
    asked = candidates(test, rows, lists, ruled=family)
    show(test, "rules", counts(test, rows, by_rules(test, False)))
    lengths = [float(m.place[1] - m.place[0]) for m in asked]
    show(test, "matches", counts(test, rows, chosen(asked, lengths, 0)))
    show(test, "learned", counts(test, rows, chosen(asked, decision.probability(asked), decision.threshold)))
    everything = range(len(train.texts))
    part = folds(train, 5, 1)
    learned = [
        match
        for held in range(5)
        for match in rated(
            train,
            np.flatnonzero(part != held).tolist(),
            train,
            np.flatnonzero(part == held).tolist(),
            0.05,
            family,
        )
    ]
    decision = fit(learned, train.documents[[m.row for m in learned]])
    asked = rated(train, everything, test, rows, 0.05, family)
    p = decision.probability(asked)
    show(test, "learned, with rates", counts(test, rows, chosen(asked, p, decision.threshold)))


def main() -> None:
    """Print the table."""
    one_core()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--others", action="store_true", help="leave the news guidelines out")
    parser.add_argument(
        "--final", action="store_true", help="SFU's test part and the BioScope papers, nothing else"
    )
    arguments = parser.parse_args()
    final = arguments.final
    sfu, bioscope = read("sfu_reviews", "train"), read("bioscope_abstracts", "train")
    if not final:
        if not arguments.others:
            news()
        gme = [read("gme_news", split, types=("knowledge",)) for split in ("train", "dev")]
        own_guideline(gme[0], gme[1], 0.1, family=True)
    own_guideline(sfu, read("sfu_reviews", "test" if final else "dev"), 0.05, family=False)
    papers = read("bioscope_papers", "test") if final else read("bioscope_abstracts", "dev")
    own_guideline(bioscope, papers, 0.05, family=False)


if __name__ == "__main__":
    main()
