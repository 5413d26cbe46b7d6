"""What `misinfo doctor` looks at: what is installed, and whether it works here."""

import locale
import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from shutil import get_terminal_size
from typing import NamedTuple

from classifier.cli.terminal import Page
from classifier.errors import MisinfoError
from classifier.io.bundle import read_bundle, shipped_models
from classifier.signals.registry import BUILT_IN, VARIANTS, available

DISTRIBUTION = "misinfo-signals"
NARROW = 40  # columns; lines are wrapped to 20 at least, but tables are then hard to read
LITTLE_MEMORY = 1 << 30  # bytes

# What each extra gives. Extras that are absent are no trouble.
EXTRAS = {
    "cluster": "--cluster: work on the machines of a Dask cluster",
    "consumers": "tests that open the exports in the tools they are for",
    "dev": "lint, types and import rules",
    "docs": "the documentation site (docs/build.py)",
    "frames": "scores as columns of pandas, polars and pyarrow tables",
    "parquet": "Parquet files as input and output",
    "plots": "plots in notebooks",
    "test": "the tests",
    "train": "training the sourcing network anew (benchmarks/train_sourcing.py)",
    "zstd": "files packed with Zstandard (.zst)",
    "web": "misinfo serve: the local page",
}
_REQUIREMENT = re.compile(
    r"([A-Za-z0-9._-]+)[^;]*?(?:>=\s*([0-9.]+))?[^;]*(?:;.*?extra\s*==\s*['\"](.+?)['\"])?"
)


class Finding(NamedTuple):
    """One thing looked at; `trouble` is what is wrong and what to do, None where all is well."""

    topic: str
    says: str
    trouble: str | None = None


def findings() -> Iterator[Finding]:
    """Everything that is looked at, in the order it is told."""
    yield Finding("python", f"{platform.python_version()}, {platform.platform(terse=True)}")
    yield from _libraries()
    yield from _families()
    yield from _models()
    yield from _encoding()
    yield _terminal()
    yield from _machine()


def _libraries() -> Iterator[Finding]:
    installed = _version(DISTRIBUTION)
    if installed is None:
        says = f"{DISTRIBUTION} is run from a folder and is not installed; run `pip install .` there"
        yield Finding("package", "not installed", says)
        return
    yield Finding("package", f"{DISTRIBUTION} {installed}")
    extras: dict[str, list[str]] = {}
    for requirement in metadata.requires(DISTRIBUTION) or ():
        parsed = _REQUIREMENT.fullmatch(requirement)
        name, wanted, extra = parsed.groups() if parsed else (requirement, None, None)
        if extra is not None:
            extras.setdefault(extra, []).append(name.partition("[")[0])
            continue
        installed = _version(name)
        trouble = None
        if installed is None:
            trouble = f"{name} is not installed; run `pip install '{requirement}'`"
        elif wanted is not None and _numbers(installed) < _numbers(wanted):
            trouble = f"{name} is {installed}, {wanted} is needed; run `pip install '{requirement}'`"
        yield Finding("library", f"{name} {installed or 'absent'}", trouble)
    for extra, names in sorted(extras.items()):
        absent = [name for name in names if _version(name) is None]
        state = f"absent ({', '.join(absent)})" if absent else "present"
        yield Finding("extra", f"{extra} {state}: {EXTRAS.get(extra, ', '.join(names))}")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers a version begins with; what follows them ("rc1") is passed over."""
    return tuple(map(int, re.findall(r"\d+", re.split(r"[^\d.]", version)[0])))


def _families() -> Iterator[Finding]:
    others = [name for name in available() if name not in BUILT_IN and name not in VARIANTS]
    yield Finding("families", ", ".join(sorted(BUILT_IN)))
    if others:  # never loaded unless named
        yield Finding("families", f"of other packages: {', '.join(sorted(others))}")


def _models() -> Iterator[Finding]:
    shipped = shipped_models()
    if not shipped:
        yield Finding(
            "model", "none", "no model was found, so nothing can be scored; install the package again"
        )
    for name, folder in shipped.items():
        try:
            changed = read_bundle(folder).check()
        except MisinfoError as error:
            yield Finding("model", f"{name} can't be used, {folder}", str(error))
        else:
            state = "scores its check article as stored" if changed is None else "no longer scores as stored"
            yield Finding("model", f"{name} {state}, {folder}", changed)


def _encoding() -> Iterator[Finding]:
    names, console = sys.getfilesystemencoding(), locale.getencoding()
    remedy = "set LC_ALL=C.UTF-8, or PYTHONUTF8=1 on Windows"
    unfit = None if _is_utf8(names) else f"file names are read as {names}, others can't be named; {remedy}"
    yield Finding("file names", names, unfit)
    shown = None if _is_utf8(console) else f"output is UTF-8, but this console reads {console}; {remedy}"
    yield Finding("console", console, shown)


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("-", "").replace("_", "") in ("utf8", "cp65001")


def _terminal() -> Finding:
    if sys.stdout is None or not sys.stdout.isatty():
        return Finding("terminal", "none; output goes to a file or pipe")
    page = Page.of(terminal=True)
    columns = get_terminal_size().columns
    color = "colour" if page.color else "no colour, brackets (NO_COLOR or TERM=dumb is set)"
    narrow = f"the terminal is {columns} columns wide; make it {NARROW} at least, or write with --out"
    return Finding("terminal", f"{columns} columns, {color}", narrow if columns < NARROW else None)


def _machine() -> Iterator[Finding]:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    yield Finding("cores", f"{usable} of {os.cpu_count() or usable} may be used")
    memory = _memory()
    if memory is None:
        yield Finding("memory", "unknown")
        return
    little = f"this machine has {memory / 2**20:.0f} MiB of memory; split large inputs, they may not fit"
    yield Finding("memory", f"{memory / 2**30:.1f} GiB", little if memory < LITTLE_MEMORY else None)


def _memory() -> int | None:
    """Bytes of memory; None where the system does not say (Windows)."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None
