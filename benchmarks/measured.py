"""What every benchmark shares: its articles, how a thing is timed, and the result file."""

import gzip
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("MISINFO_SHARED", ROOT.parent / "shared"))


def one_core() -> None:
    """Bind the process to one CPU and the numeric libraries it has loaded to one thread."""
    threadpool_limits(1)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def rows(corpus: str, limit: int | None = None, *, test: bool = False) -> list[dict[str, Any]]:
    """Rows of a corpus, those of a test part only with `test`; ends the program with a sentence where it is not there."""
    path = SHARED / "corpora" / f"{corpus}.jsonl.gz"
    if not path.is_file():
        sys.exit(f"{path} is not there; set MISINFO_SHARED to the folder that holds corpora/")
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if limit is not None and len(found) == limit:
                break
            row = json.loads(line)
            if test or row.get("split") != "test":
                found.append(row)
    return found


def seconds(call: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def digest(texts: Sequence[str]) -> str:
    """SHA-256 over the texts read."""
    total = sha256()
    for text in texts:
        total.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return total.hexdigest()


def write_result(name: str, figures: dict[str, Any], texts: Sequence[str]) -> None:
    """Write ``results/NAME.json`` with what is needed to judge the figures."""
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    dirty = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=no"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    result = {
        "what": name,
        "figures": figures,
        "articles": len(texts),
        "characters": sum(map(len, texts)),
        "corpus_sha256": digest(texts),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, one used",
        "platform": platform.platform(),
        "python": platform.python_version(),
        "versions": {p: version(p) for p in ("numpy", "scikit-learn")},
        "commit": commit + (" with changes" if dirty.stdout.strip() else ""),
    }
    path = ROOT / "benchmarks" / "results" / f"{name}.json"
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"written to {path.relative_to(ROOT)}")
