"""What the user named, as a list of sources: files, the articles of folders, standard input."""

import gzip
import io
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast, get_args

from classifier.io.records import Refusal, unreadable

Kind = Literal["text", "html", "csv", "tsv", "jsonl", "json"]
InputFormat = Literal["auto", "text", "html", "csv", "tsv", "jsonl"]
STDIN = "-"

_KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
_ARTICLES = frozenset(ending for ending, kind in _KINDS.items() if kind in ("text", "html"))


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input (`path` None).

    `name` is how messages call it, `id` how its article is called. `given`: the user named the format, so
    that nothing is looked for behind it.
    """

    name: str
    id: str
    path: Path | None
    kind: Kind | Literal["auto"]
    given: bool = False

    @property
    def gzipped(self) -> bool:
        """Whether the name ends in .gz."""
        return self.path is not None and self.path.name.lower().endswith(".gz")


def find_sources(
    inputs: Sequence[str | os.PathLike[str]], input_format: str, notes: Callable[[str], None]
) -> list[Source | Refusal]:
    """The sources of `inputs` in order, folders opened up; what can't be used stands as its refusal.

    A single file is called by the path as typed. A file of a folder is called by its path inside the folder;
    where several folders are given, with the folder as typed before it, for the same names occur in each.
    Raises `Refusal` where nothing is named, for an unknown format, and where the only input can't be used.
    """
    if input_format not in get_args(InputFormat):
        remedy = f"use one of {', '.join(get_args(InputFormat))}"
        raise Refusal("--input-format", f"{input_format!r} is no known format", remedy)
    named = [os.fspath(item) for item in inputs]
    if not named:
        raise Refusal("no input", "nothing was named", "name files or folders, or - for standard input")
    if named.count(STDIN) > 1:
        raise Refusal("standard input", "is named twice", "name - once")
    several = sum(Path(name).is_dir() for name in named if name not in ("", STDIN)) > 1
    found: list[Source | Refusal] = []
    for name in named:
        try:
            found += _sources_of(name, input_format, several, notes)
        except Refusal as refusal:
            if len(named) == 1:
                raise
            found.append(refusal)
    return found


@contextmanager
def opened(source: Source, stdin: BinaryIO | None) -> Iterator[BinaryIO]:
    """The bytes of a source, unpacked; errors of opening come as `Refusal`."""
    if source.path is None:
        if stdin is None:
            raise Refusal("standard input", "is not open", "name a file")
        yield stdin
        return
    try:
        file = source.path.open("rb")
    except OSError as error:
        raise unreadable(source.name, error) from error
    with file:
        if not source.gzipped:
            yield file
            return
        if file.peek(2)[:2] not in (b"", b"\x1f\x8b"):
            raise Refusal(source.name, "is called .gz and is no gzip data", "take .gz off its name")
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield cast(BinaryIO, unpacked)


class Rewound(io.RawIOBase):
    """A stream that can't be wound back, with the bytes already taken from it put before the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a part of `buffer` with what is there, without waiting for more."""
        size = len(buffer)
        if self._head:
            piece, self._head = self._head[:size], self._head[size:]
        else:
            piece = getattr(self._rest, "read1", self._rest.read)(size)
        buffer[: len(piece)] = piece
        return len(piece)


def shown(path: str) -> str:
    """A path as it can be written: bytes in a file name that are no UTF-8 become ``\\xNN``."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _sources_of(
    name: str, input_format: str, several_folders: bool, notes: Callable[[str], None]
) -> list[Source | Refusal]:
    given = input_format != "auto"
    if name == STDIN:
        return [Source(STDIN, STDIN, None, input_format, given)]  # type: ignore[arg-type]  # checked by the caller
    path, label = Path(name), shown(name)
    try:
        is_folder = bool(name) and path.is_dir()
        is_there = bool(name) and path.exists()
    except (OSError, ValueError) as error:
        raise unreadable(label, error) from error
    if is_folder:
        return _articles_of(path, label, input_format, several_folders, notes)
    if not is_there:
        raise Refusal(label or "''", "does not exist", "check the path")
    kind = input_format if given else _KINDS.get(_ending(path), "text")
    return [Source(label, label, path, kind, given)]  # type: ignore[arg-type]  # checked by the caller


def _articles_of(
    folder: Path, label: str, input_format: str, several_folders: bool, notes: Callable[[str], None]
) -> list[Source | Refusal]:
    if input_format not in ("auto", "text", "html"):
        what = f"is a folder, which is read as articles and not as {input_format}"
        raise Refusal(label, what, "name its files one by one, or leave --input-format out")
    failed: list[Refusal] = []
    files: list[tuple[str, Path]] = []
    left_out: Counter[str] = Counter()
    walk = os.walk(folder, onerror=lambda error: failed.append(unreadable(shown(str(error.filename)), error)))
    for place, folders, names in walk:
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            if name.startswith("."):
                continue
            if _ending(path) in _ARTICLES:
                files.append((shown(path.relative_to(folder).as_posix()), path))
            else:
                left_out[path.suffix.lower() or "no ending"] += 1
    if left_out:
        kinds = ", ".join(f"{ending}: {n}" for ending, n in sorted(left_out.items()))
        notes(f"{label}: files whose ending is no article's are left out ({kinds}); name them to read them")
    if not files and not failed:
        endings = ", ".join(sorted(_ARTICLES))
        raise Refusal(label, f"holds no articles ({endings})", "name another folder, or the files one by one")
    if not files and len(failed) == 1:
        raise failed[0]
    before = f"{label.rstrip('/')}/" if several_folders else ""
    given = input_format != "auto"
    return [
        *failed,
        *(
            Source(
                f"{label.rstrip('/')}/{inside}",
                before + inside,
                path,
                "html" if input_format == "html" else "text" if given else _KINDS[_ending(path)],
                given,
            )
            for inside, path in sorted(files)
        ),
    ]


def _ending(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes else ""
