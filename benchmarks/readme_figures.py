"""Copy the shipped models' figures from their manifests into the README, so that nobody types them."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
MODELS = ("wording", "signals")
NAMES = ("auroc", "balanced_accuracy", "brier", "calibration_error")


def figures(manifests: dict[str, dict]) -> str:
    """Tables and a sentence, from the manifests by name; the first is that of the default model."""
    report = next(iter(manifests.values()))["report"]

    def cell(estimate: dict) -> str:
        return f"{estimate['value']:.3f} [{estimate['low']:.3f}, {estimate['high']:.3f}]"

    columns = {f"**{name}**": m["report"]["estimates"] for name, m in manifests.items()}
    columns |= {f"{name} in random folds (leak)": m["random_folds"] for name, m in manifests.items()}
    columns |= {
        f"only {name}": rival for name, rival in report["rivals"].items() if "not_applicable" not in rival
    }
    elsewhere = {
        corpus: [m["report"]["other_corpora"][corpus]["estimates"]["auroc"] for m in manifests.values()]
        for corpus, one in report["other_corpora"].items()
        if "not_applicable" not in one
    }
    means = [
        sum(row[i]["value"] for row in elsewhere.values()) / len(elsewhere) for i in range(len(manifests))
    ]
    lines = [
        f"Measured on {report['n_articles']} articles of {report['n_publishers']} known publishers in six public corpora, in"
        " folds with no publisher and no near-duplicate on two sides (95 % intervals over publishers):",
        "",
        "| on publishers not seen in fitting | " + " | ".join(n.replace("_", " ") for n in NAMES) + " |",
        "|---|" + "---|" * len(NAMES),
        *(
            f"| {label} | " + " | ".join(cell(values[n]) for n in NAMES) + " |"
            for label, values in columns.items()
        ),
        "",
        "| AUROC on a corpus not learned from | " + " | ".join(manifests) + " |",
        "|---|" + "---|" * len(manifests),
        *(f"| {corpus} | " + " | ".join(map(cell, row)) + " |" for corpus, row in elsewhere.items()),
        "| mean | " + " | ".join(f"{mean:.3f}" for mean in means) + " |",
    ]
    return "\n".join(lines)


def filled(readme: str, manifests: dict[str, dict]) -> str:
    """The README with the figures of the manifests between its two markers."""
    return re.sub(
        f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n{figures(manifests)}\n{END}", readme, flags=re.DOTALL
    )


def shipped() -> dict[str, dict]:
    """The manifests of the shipped models, the default first."""
    return {
        name: json.loads((ROOT / "models" / name / "manifest.json").read_text(encoding="utf-8"))
        for name in MODELS
    }


def main() -> None:
    """Rewrite README.md."""
    path = ROOT / "README.md"
    path.write_text(filled(path.read_text(encoding="utf-8"), shipped()), encoding="utf-8")


if __name__ == "__main__":
    main()
