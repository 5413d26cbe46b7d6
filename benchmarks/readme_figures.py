"""Copy the shipped model's figures from its manifest into the README, so that nobody types them."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def figures(manifest: dict) -> str:
    """A table and two sentences, from a manifest."""
    report = manifest["report"]

    def cell(estimate: dict) -> str:
        return f"{estimate['value']:.3f} [{estimate['low']:.3f}, {estimate['high']:.3f}]"

    checks = {check["code"]: check for check in report["checks"]}
    columns = {"shipped model": report["estimates"]} | {
        name: rival for name, rival in report["rivals"].items() if "not_applicable" not in rival
    }
    names = ("auroc", "balanced_accuracy", "brier", "calibration_error")
    lines = [
        f"Measured on {report['n_articles']} articles of {report['n_publishers']} known publishers in six public corpora, in"
        " folds with no publisher and no near-duplicate on two sides (95 % intervals over publishers):",
        "",
        "| on publishers not seen in fitting | " + " | ".join(n.replace("_", " ") for n in names) + " |",
        "|---|" + "---|" * len(names),
        *(
            f"| {label} | " + " | ".join(cell(values[n]) for n in names) + " |"
            for label, values in columns.items()
        ),
        "",
        f"Beside random folds: {checks['leak_random_folds']['says']}",
    ]
    return "\n".join(lines)


def filled(readme: str, manifest: dict) -> str:
    """The README with the figures of a manifest between its two markers."""
    return re.sub(
        f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n{figures(manifest)}\n{END}", readme, flags=re.DOTALL
    )


def main() -> None:
    """Rewrite README.md."""
    manifest = json.loads((ROOT / "models" / "signals" / "manifest.json").read_text(encoding="utf-8"))
    path = ROOT / "README.md"
    path.write_text(filled(path.read_text(encoding="utf-8"), manifest), encoding="utf-8")


if __name__ == "__main__":
    main()
