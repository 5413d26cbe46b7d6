"""Is reading the bottleneck? Each format and packing alone, beside the scoring of the same articles in the same run.

The articles are those of allsides_bias, each three times with other ids, read through `read_chunks` as a run reads
them: columns found, ids compared, cut into chunks. "again" reads the chunks once more from their ranges.
"""

import argparse
import csv
import gzip
import io
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median

import msgspec
import pyarrow
from measured import one_core, rows, seconds, write_result
from pyarrow import parquet

import classifier
from classifier.io import read_chunks, read_ranges
from classifier.io.streams import zstd_packer

SCORED = 300
ROUNDS = 3


def written(folder: Path, texts: list[str]) -> dict[str, Path]:
    """The same records in every format; name -> path."""
    records = [{"id": f"{n}", "text": text} for n, text in enumerate(texts)]
    table = io.StringIO()
    csv.writer(table).writerows([["id", "text"], *([r["id"], r["text"]] for r in records)])
    plain = {
        "csv": table.getvalue().encode(),
        "jsonl": b"".join(msgspec.json.encode(record) + b"\n" for record in records),
    }
    paths = {}
    for name, data in plain.items():
        zstd = io.BytesIO()
        with zstd_packer(zstd, name) as packer:
            packer.write(data)
        for packing, content in (("", data), (".gz", gzip.compress(data, 6)), (".zst", zstd.getvalue())):
            paths[name + packing] = folder / f"t.{name}{packing}"
            paths[name + packing].write_bytes(content)
    paths["parquet"] = folder / "t.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(records), paths["parquet"], compression="zstd")
    paths["folder"] = folder / "articles"
    for n, text in enumerate(texts):
        place = paths["folder"] / f"{n // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{n}.txt").write_text(text, encoding="utf-8")
    return paths


def reading(path: Path, expected: int) -> Callable[[], None]:
    """A call that reads all records once."""

    def call() -> None:
        assert sum(len(chunk.records) for chunk in read_chunks([path])) == expected

    return call


def main() -> None:
    """Print records and megabytes of text a second, and how many times the scoring rate that is."""
    one_core()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=7000, help="articles taken of the corpus")
    given = parser.parse_args()
    texts = [row["text"] for row in rows("allsides_bias", given.articles) if row["text"].strip()] * 3
    size = sum(len(text.encode()) for text in texts) / 1e6
    scorer = classifier.load_scorer()
    sample = texts[:: len(texts) // SCORED][:SCORED]
    for _ in scorer.score_many(sample[:50]):
        pass
    with tempfile.TemporaryDirectory() as folder:
        paths = written(Path(folder), texts)
        times: dict[str, list[float]] = {}
        for _ in range(ROUNDS):  # in turn, so that all meet the same load
            scoring = seconds(lambda: [answer.to_dict() for answer in scorer.score_many(sample)])
            times.setdefault("scoring", []).append(scoring / len(sample))
            for name, path in paths.items():
                taken = seconds(reading(path, len(texts)))
                times.setdefault(name, []).append(taken / len(texts))
            for name in ("csv", "jsonl", "parquet"):
                chunks = [chunk.ranges for chunk in islice(read_chunks([paths[name]]), 40)]
                count = sum(part.count for ranges in chunks for part in ranges)
                taken = seconds(lambda chunks=chunks: [list(read_ranges(ranges)) for ranges in chunks])
                times.setdefault(f"{name} again", []).append(taken / count)
    base = median(times["scoring"])
    figures = {}
    print(f"{len(texts)} articles, {size / len(texts) * 1e3:.1f} KB each; scoring {1 / base:,.0f} articles/s")
    for name, found in times.items():
        ratios = sorted(scoring / taken for scoring, taken in zip(times["scoring"], found, strict=True))
        rate = 1 / median(found)
        figures[name] = {
            "records_per_second": rate,
            "megabytes_per_second": rate * size / len(texts),
            "times_scoring": {"median": median(ratios), "low": ratios[0], "high": ratios[-1]},
        }
        print(
            f"{name:14} {rate:9,.0f} records/s {rate * size / len(texts):7.1f} MB/s"
            f"  {median(ratios):6.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f}) times scoring"
        )
    write_result("reading", figures, texts)


if __name__ == "__main__":
    main()
