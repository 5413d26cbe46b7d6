"""Long runs: records/s, memory of all processes together, and two workers beside one.

Runs `misinfo score` as a whole, in processes of its own, over articles repeated with changed words.

    python benchmarks/scale.py --records 10000                       # one worker, then two
    python benchmarks/scale.py --records 1000000 --workers 2         # the same, longer; keep the machine quiet
    python benchmarks/scale.py --records 1000000 --workers 2 --format parquet
"""

import argparse
import csv
import json
import os
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measured import changed_words, rows, watched, write_result

LENGTH = 3000  # characters an article, as near as its paragraphs allow
CHANGED = 0.02  # of the words


def articles(n: int) -> Iterator[dict[str, str]]:
    """Articles of about `LENGTH` characters, each time with other words exchanged among themselves."""
    texts = [_shortened(row["text"]) for row in rows("allsides_bias", 4000)]
    texts = [text for text in texts if len(text) > LENGTH / 2]
    for i, text in enumerate(changed_words(texts, n, CHANGED)):
        yield {"id": f"r{i}", "text": text}


def _shortened(text: str) -> str:
    """The first paragraphs, up to `LENGTH` characters and no further than twice that."""
    found = ""
    for paragraph in text.split("\n"):
        if len(found) > 0.8 * LENGTH:
            break
        found += paragraph[:LENGTH] + "\n"
    return found


def write(n: int, path: Path) -> None:
    """The input, in the format its name ends in."""
    if path.suffix == ".parquet":
        import pyarrow
        import pyarrow.parquet

        schema = pyarrow.schema([("id", pyarrow.string()), ("text", pyarrow.string())])
        with pyarrow.parquet.ParquetWriter(path, schema) as out:
            held = []
            for article in articles(n):
                held.append(article)
                if len(held) == 5000:
                    out.write_table(pyarrow.Table.from_pylist(held, schema))
                    held = []
            if held:
                out.write_table(pyarrow.Table.from_pylist(held, schema))
        return
    with path.open("w", encoding="utf-8", newline="") as out:
        if path.suffix == ".csv":
            writer = csv.DictWriter(out, ["id", "text"])
            writer.writeheader()
            writer.writerows(articles(n))
        else:
            out.writelines(json.dumps(article) + "\n" for article in articles(n))


def measured(source: Path, workers: int) -> dict[str, Any]:
    """One run: seconds, records/s, the memory of the process and all it started, and what it said."""
    out = source.with_name("out.jsonl")
    ran = watched(["score", str(source), "--out", str(out), "--workers", str(workers)])
    with out.open("rb") as lines:
        n = sum(1 for _ in lines)
    out.unlink()
    quarter = len(ran.memory) // 4
    second, last = ran.memory[quarter : 2 * quarter], ran.memory[3 * quarter :]
    return {
        "workers": workers,
        "answers": n,
        "seconds": round(ran.seconds, 1),
        "records_per_second": round(n / ran.seconds, 1),
        "peak_memory_mb": round(max(ran.memory)),
        "memory_last_quarter_to_second": round(statistics.mean(last) / statistics.mean(second), 3)
        if quarter
        else None,
        "machine_busy_percent": round(ran.busy),
        "said": ran.said.splitlines()[-1],
    }


def main() -> None:
    """Print each run; write the result file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--format", choices=["csv", "jsonl", "parquet"], default="csv")
    parser.add_argument("--scratch", help="folder for input and output; default: the system's")
    asked = parser.parse_args()
    figures: dict[str, Any] = {"format": asked.format, "load_before": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory(dir=asked.scratch) as scratch:
        source = Path(scratch, f"in.{asked.format}")
        write(asked.records, source)
        figures["bytes_per_record"] = round(source.stat().st_size / asked.records)
        print(
            f"{asked.records:,} records, {figures['bytes_per_record']:,} bytes each, {asked.format}",
            flush=True,
        )
        for workers in asked.workers:
            figures[f"workers_{workers}"] = found = measured(source, workers)
            print(json.dumps(found), flush=True)
    if {"workers_1", "workers_2"} <= figures.keys():
        one, two = (figures[f"workers_{n}"]["records_per_second"] for n in (1, 2))
        figures["two_workers_to_one"] = round(two / one, 2)
        print(f"two workers: {two / one:.2f} times one")
    write_result(
        f"scale_{asked.format}_{asked.records}", figures, [row["text"] for row in rows("allsides_bias", 4000)]
    )


if __name__ == "__main__":
    main()
