"""Training on many articles: time and the memory of all processes, and the same files from one worker and from two.

Runs `misinfo train` as a whole over whole articles of allsides_bias, repeated with a fifth of their words replaced, so that
they are no copies of one another. Labels are drawn by outlet; they mean nothing, and nothing is to be learned.

    python benchmarks/training.py --articles 50000
    python benchmarks/training.py --articles 50000 --scorer wording
"""

import argparse
import json
import random
import tempfile
from pathlib import Path
from typing import Any

from measured import changed_words, rows, watched, write_result

CHANGED = 0.2  # of the words


def write(n: int, path: Path) -> list[str]:
    """The corpus; gives the texts it was made of."""
    found = rows("allsides_bias")
    texts = [row["text"] for row in found]
    draw = random.Random(1)
    labels = {name: draw.choice(("a", "b")) for name in sorted({row["publisher"] or "" for row in found})}
    with path.open("w", encoding="utf-8") as out:
        for i, text in enumerate(changed_words(texts, n, CHANGED)):
            publisher = found[i % len(found)]["publisher"] or ""
            row = {"id": f"r{i}", "text": text, "publisher": publisher or None, "label": labels[publisher]}
            out.write(json.dumps(row) + "\n")
    return texts


def main() -> None:
    """Print each run; write the result file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--workers", type=int, nargs="+", default=[2])
    parser.add_argument("--scorer", choices=["signals", "wording"], default="signals")
    asked = parser.parse_args()
    figures: dict[str, Any] = {"scorer": asked.scorer}
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "corpus.jsonl")
        texts = write(asked.articles, source)
        figures["bytes_per_article"] = round(source.stat().st_size / asked.articles)
        print(f"{asked.articles:,} articles, {figures['bytes_per_article']:,} bytes each", flush=True)
        files = []
        for workers in asked.workers:
            # The folder's name is the model's.
            out = Path(scratch, str(workers), "model")
            labels = ["--positive", "a", "--negative", "b"]
            how = ["--scorer", asked.scorer, "--workers", str(workers)]
            ran = watched(["train", str(source), "--out", str(out), *labels, *how])
            files.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
            found = {
                "seconds": round(ran.seconds, 1),
                "peak_memory_mb": round(max(ran.memory)),
                "machine_busy_percent": round(ran.busy),
                "said": ran.said.splitlines()[-1],
            }
            figures[f"workers_{workers}"] = found
            print(json.dumps(found), flush=True)
        if len(files) > 1:
            figures["same_files"] = all(one == files[0] for one in files)
            print("the same files" if figures["same_files"] else "the files differ")
    write_result(f"training_{asked.scorer}_{asked.articles}", figures, texts)


if __name__ == "__main__":
    main()
