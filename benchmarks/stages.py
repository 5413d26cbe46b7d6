"""Where the time goes: microseconds an article for each stage, from the raw text to the matrix."""

from measured import one_core, rows, seconds, write_result

one_core()

from classifier import DEFAULT_FAMILIES, Document  # noqa: E402
from classifier.features.matrix import matrix, measures_of  # noqa: E402
from classifier.signals.extract import columns, mark, scanner  # noqa: E402
from classifier.signals.registry import load_families  # noqa: E402
from classifier.text.segment import segment  # noqa: E402

ROUNDS = 3
ARTICLES = 1000
CHUNK = 64


def main() -> None:
    """Print the table and write the result file."""
    texts = [row["text"] for row in rows("allsides_bias", ARTICLES)]
    documents = [Document(str(i), t) for i, t in enumerate(texts)]
    families = load_families(DEFAULT_FAMILIES)
    scan = scanner(families).scan
    segmented = [segment(d) for d in documents]
    scanned = [scan(s) for s in segmented]
    marked = [mark(d, families) for d in documents]
    starts = range(0, len(marked), CHUNK)
    batches = [columns(marked[i : i + CHUNK], families) for i in starts]
    measures = measures_of(families)
    stages = {
        "segment": lambda: [segment(d) for d in documents],
        "scan": lambda: [scan(s) for s in segmented],
        **{
            f"mark {family.name}": lambda i=i, family=family: [list(family.mark(c, h[i])) for c, h in scanned]
            for i, family in enumerate(families)
        },
        "columns": lambda: [columns(marked[i : i + CHUNK], families) for i in starts],
        "matrix": lambda: [matrix(b, measures) for b in batches],
    }
    figures = {}
    for name, call in stages.items():
        figures[name] = min(seconds(call) for _ in range(ROUNDS)) / len(texts) * 1e6
        print(f"{name:20} {figures[name]:8.1f} microseconds an article")
    print(f"{'together':20} {sum(figures.values()):8.1f}")
    write_result("stages", figures, texts)


if __name__ == "__main__":
    main()
