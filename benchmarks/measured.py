"""What every benchmark shares: its articles, how a thing is timed, and the result file."""

import gzip
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from threadpoolctl import threadpool_limits

ROOT = Path(__file__).resolve().parent.parent
POOL = (
    "recovery",
    "fakenewsnet_v1",
    "horne2017",
    "golbeck2018",
    "celebrity",
    "buzzfeed_fb2016",
)  # trained on
EVERY = 0.5  # seconds between two looks at the memory
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


def changed_words(texts: Sequence[str], n: int, share: float) -> Iterator[str]:
    """The texts over and over, n in all, each time with a share of their words replaced by words of the others."""
    draw = random.Random(0)
    pieces = [re.split(r"(\b\w+\b)", text) for text in texts]
    words = sorted({word for piece in pieces for word in piece[1::2] if word.isalpha() and len(word) > 4})
    for i in range(n):
        piece = list(pieces[i % len(pieces)])
        for _ in range(max(1, int(share * len(piece) / 2))):
            piece[draw.randrange(len(piece) // 2) * 2 + 1] = draw.choice(words)
        yield "".join(piece)


class Watched(NamedTuple):
    """A command that was run as a process of its own."""

    seconds: float
    memory: list[float]  # MB of the process and all it started, every `EVERY` seconds
    busy: float  # percent of the machine
    said: str  # on stderr


def watched(command: Sequence[str]) -> Watched:
    """Run `misinfo` with these arguments, in one thread a process; ends the program where that fails."""
    import psutil

    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    start = time.perf_counter()
    memory: list[float] = []
    busy: list[float] = []
    psutil.cpu_percent()
    with (
        tempfile.TemporaryFile("w+") as stderr,
        subprocess.Popen(
            [sys.executable, "-m", "classifier", *command],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
        ) as run,
    ):
        top = psutil.Process(run.pid)
        while run.poll() is None:
            used = 0
            try:
                for process in (top, *top.children(recursive=True)):
                    # Proportional: what processes share is counted once.
                    info = process.memory_full_info() if psutil.LINUX else process.memory_info()
                    used += getattr(info, "pss", info.rss)
            except psutil.NoSuchProcess:
                continue
            memory.append(used / 1e6)
            busy.append(psutil.cpu_percent())
            time.sleep(EVERY)
        taken = time.perf_counter() - start
        stderr.seek(0)
        said = stderr.read()
    if run.returncode not in (0, 1):
        sys.exit(said)
    return Watched(taken, memory, statistics.mean(busy), said)


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
