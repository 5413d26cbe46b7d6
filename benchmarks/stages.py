"""Where the time goes: microseconds an article for each stage, from the raw text to the matrix."""

from measured import one_core, rows, seconds, write_result

one_core()

from classifier import DEFAULT_FAMILIES, Document  # noqa: E402
from classifier.features.batches import CHUNK  # noqa: E402
from classifier.features.matrix import matrix, measures_of  # noqa: E402
from classifier.signals.extract import columns, groups, mark_all, scanner  # noqa: E402
from classifier.signals.registry import load_families  # noqa: E402
from classifier.text.segment import segment_all  # noqa: E402

ROUNDS = 3
ARTICLES = 1000


def main() -> None:
    """Print the table and write the result file."""
    texts = [row["text"] for row in rows("allsides_bias", ARTICLES)]
    documents = [Document(str(i), t) for i, t in enumerate(texts)]
    families = load_families(DEFAULT_FAMILIES)
    scan = scanner(families).scan_all
    chunks = [documents[i : i + CHUNK] for i in range(0, len(documents), CHUNK)]
    together = [group for chunk in chunks for group in groups(chunk)]
    segmented = [segment_all(group) for group in together]
    scanned = [one for joint in segmented for one in scan(joint)]
    marked = [list(mark_all(chunk, families)) for chunk in chunks]
    batches = [columns(chunk, families) for chunk in marked]
    measures = measures_of(families)

    def quotations() -> list[object]:
        for context, _ in scanned:  # kept once worked out
            context.text.__dict__.pop("quotations", None)
        return [context.text.quotations for context, _ in scanned]

    stages = {
        "segment": lambda: [segment_all(group) for group in together],
        "scan": lambda: [list(scan(joint)) for joint in segmented],
        "quotations": quotations,
        **{
            f"mark {family.name}": lambda i=i, family=family: [list(family.mark(c, h[i])) for c, h in scanned]
            for i, family in enumerate(families)
        },
        "columns": lambda: [columns(chunk, families) for chunk in marked],
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
