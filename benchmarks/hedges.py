"""Hedges alone, offsets out, beside a bare pass over the words and other ways to find hedges, in turn, on one core.

The pass is `re.finditer(r"\\w+")` with nothing done for a word. Ours is the way the product goes with one family:
the same spans as `misinfo mark --signals hedges` writes. The word list is the family's, as one regex with word
boundaries: it finds words, and decides nothing. proselint (its checks for hedging and weasel words) is timed where
it is installed; it is no dependency.
"""

import re
import statistics
from collections.abc import Callable

from measured import one_core, rows, seconds, write_result

from classifier import Document
from classifier.features.batches import CHUNK
from classifier.signals.extract import mark_all
from classifier.signals.registry import load_families

ROUNDS = 7
ARTICLES = 1000
WORD = re.compile(r"\w+")


def bare_pass(texts: list[str]) -> None:
    """Every word, and nothing done for it."""
    for text in texts:
        for _ in WORD.finditer(text):
            pass


def hedges_alone(documents: list[Document]) -> list[list[tuple[int, int]]]:
    """Offsets of the hedges of each text."""
    families = load_families(["hedges"])
    found = []
    for first in range(0, len(documents), CHUNK):
        for one in mark_all(documents[first : first + CHUNK], families):
            shown = one.text.readable
            found.append([shown.raw_span(span.start, span.end) for span in one.spans[0]])
    return found


def word_list() -> "re.Pattern[str]":
    """The lexicon of the family as one regex, longer entries first."""
    (family,) = load_families(["hedges"])
    forms = sorted((form for entry in family.lexicon.entries for form in entry.forms), key=len, reverse=True)
    spaced = "|".join(re.escape(form).replace(r"\ ", r"[ \n-]") for form in forms)
    return re.compile(rf"\b(?:{spaced})\b", re.IGNORECASE)


def proselint_checks() -> Callable[[str], list[tuple[int, int]]]:
    """Its checks for hedging and weasel words, offsets out."""
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    config = {"max_errors": 10**6, "checks": {"hedging": True, "weasel_words": True}}
    return lambda text: [result.check_result.span for result in LintFile("text", text).lint(config)]


def main() -> None:
    """Print MB/s of each and its ratio to the bare pass, and write the result file."""
    one_core()
    texts = [row["text"] for row in rows("allsides_bias", ARTICLES)]
    documents = [Document(str(i), text) for i, text in enumerate(texts)]
    listed = word_list()
    ways: dict[str, Callable[[], object]] = {
        "hedges alone": lambda: hedges_alone(documents),
        "word list as a regex": lambda: [[m.span() for m in listed.finditer(text)] for text in texts],
    }
    try:
        checks = proselint_checks()
        ways["proselint, hedging and weasel words"] = lambda: [checks(text) for text in texts]
    except ImportError as error:
        print(f"proselint is left out: {error}")
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    times: dict[str, list[float]] = {name: [] for name in ways}
    bare: list[float] = []
    for call in ways.values():
        call()
    for _ in range(ROUNDS):
        bare.append(seconds(lambda: bare_pass(texts)))
        for name, call in ways.items():
            times[name].append(seconds(call))
    figures: dict[str, object] = {"bare pass": {"megabytes_per_second": megabytes / statistics.median(bare)}}
    print(f"{'bare pass':36} {megabytes / statistics.median(bare):7.2f} MB/s")
    for name, measured in times.items():
        ratios = sorted(b / t for b, t in zip(bare, measured, strict=True))
        speed, ratio = megabytes / statistics.median(measured), statistics.median(ratios)
        figures[name] = {
            "megabytes_per_second": speed,
            "ratio": ratio,
            "lowest": ratios[0],
            "highest": ratios[-1],
        }
        print(f"{name:36} {speed:7.2f} MB/s, ratio {ratio:.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})")
    write_result("hedges", figures, texts)


if __name__ == "__main__":
    main()
