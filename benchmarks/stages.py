"""Where the time goes: microseconds an article for each stage, and each family's share; all built-in families."""

from measured import one_core, rows, seconds, write_result

from classifier import Document
from classifier.features.batches import CHUNK
from classifier.features.matrix import matrix, measures_of
from classifier.signals.extract import columns, groups, mark_all, scanner
from classifier.signals.family import Family
from classifier.signals.registry import BUILT_IN, load_families
from classifier.signals.span import Prose
from classifier.text.segment import segment_all

ROUNDS = 3
_COUNTED = ("by_text", "syllables", "variety")
ARTICLES = 1000


def main() -> None:
    """Print the table and write the result file."""
    one_core()
    texts = [row["text"] for row in rows("allsides_bias", ARTICLES)]
    documents = [Document(str(i), t) for i, t in enumerate(texts)]
    families = load_families(BUILT_IN)
    scan = scanner(families).scan_all
    chunks = [documents[i : i + CHUNK] for i in range(0, len(documents), CHUNK)]
    grouped = [group for chunk in chunks for group in groups(chunk)]
    segmented = [segment_all(group) for group in grouped]
    together_scanned = [list(scan(joint)) for joint in segmented]
    scanned = [one for group in together_scanned for one in group]
    marked = [list(mark_all(chunk, families)) for chunk in chunks]
    batches = [columns(chunk, families) for chunk in marked]
    owned = {family.name: measures_of((family,)) for family in families}
    owned["crossed"] = [m for m in measures_of(families) if m.name.startswith("crossed.")]

    def quotations() -> list[object]:
        for context, _ in scanned:  # kept once worked out
            context.text.__dict__.pop("quotations", None)
        return [context.text.quotations for context, _ in scanned]

    def marking(i: int, family: Family) -> int:
        for context, _ in scanned:  # kept once worked out, as quantities are; whoever asks first pays
            for name in _COUNTED:
                context.text.counted.__dict__.pop(name, None)
        return sum(
            len(family.spans([c for c, _ in group], [h[i] for _, h in group])) for group in together_scanned
        )

    def measuring(name: str) -> list[object]:
        fresh = [Prose([one.text for one in chunk]) for chunk in marked]
        return [matrix(b._replace(prose=p), owned[name]) for b, p in zip(batches, fresh, strict=True)]

    stages = {
        "segment": lambda: [segment_all(group) for group in grouped],
        "scan": lambda: [list(scan(joint)) for joint in segmented],
        "quotations": quotations,
        **{f"mark {f.name}": lambda i=i, f=f: marking(i, f) for i, f in enumerate(families)},
        "columns": lambda: [columns(chunk, families) for chunk in marked],
        **{f"measure {name}": lambda name=name: measuring(name) for name in owned},
    }
    figures = {}
    for name, call in stages.items():
        figures[name] = min(seconds(call) for _ in range(ROUNDS)) / len(texts) * 1e6
        print(f"{name:20} {figures[name]:8.1f} microseconds an article")
    together = sum(figures.values())
    print(f"{'together':20} {together:8.1f}")
    for family in families:
        share = (figures[f"mark {family.name}"] + figures[f"measure {family.name}"]) / together
        figures[f"share of {family.name}"] = share
        print(f"{family.name:20} {share:8.1%} of the time, its part of the one scan aside")
    write_result("stages", figures, texts)


if __name__ == "__main__":
    main()
