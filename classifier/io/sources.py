"""What the user named, as a list of sources: files, the articles of folders, standard input."""

import glob
import gzip
import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, cast, get_args

from classifier.io.records import Refusal, unreadable
from classifier.io.streams import (
    GZIP_MAGIC,
    ZSTD_MAGIC,
    ZSTD_SKIPPABLE,
    Packing,
    Rewound,
    packing_of,
    unpacked_name,
    unpacked_zstd,
)

Kind = Literal["text", "html", "csv", "tsv", "jsonl", "json", "parquet"]
InputFormat = Literal["auto", "text", "html", "csv", "tsv", "jsonl", "parquet"]
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
    ".parquet": "parquet",
    ".pq": "parquet",
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
    def packing(self) -> Packing | None:
        """How the file is packed, by its name."""
        return None if self.path is None else packing_of(self.path.name)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder of articles, walked when its turn comes; `before` stands before the ids of its files."""

    label: str
    path: str
    before: str
    kind: Literal["auto", "text", "html"]


def find_sources(
    inputs: Sequence[str | os.PathLike[str]], input_format: str, notes: Callable[[str], None]
) -> Iterator[Source | Refusal]:
    """The sources of `inputs` in order, what can't be used as its refusal.

    Patterns with ``*``, ``?``, ``[...]`` and ``**`` that name no file themselves are expanded, in the order
    of the names. Folders are walked as the sources are asked for, in the order of the paths; of one folder
    only the names in it are held. A single file is called by the path as typed, a file of a folder by its
    path inside the folder; where several folders are given, with the folder as typed before it, for the same
    names occur in each. Raises `Refusal` at once where nothing is named and for an unknown format.
    """
    if input_format not in get_args(InputFormat):
        remedy = f"use one of {', '.join(get_args(InputFormat))}"
        raise Refusal("--input-format", f"{input_format!r} is no known format", remedy)
    named = [found for item in inputs for found in _expanded(os.fspath(item))]
    if not named:
        raise Refusal("no input", "nothing was named", "name files or folders, or - for standard input")
    if named.count(STDIN) > 1:
        raise Refusal("standard input", "is named twice", "name - once")
    several = (
        sum(isinstance(name, str) and name not in ("", STDIN) and Path(name).is_dir() for name in named) > 1
    )
    return _found([_source_of(name, input_format, several) for name in named], notes)


def _found(
    named: Iterable[Source | Refusal | _Folder], notes: Callable[[str], None]
) -> Iterator[Source | Refusal]:
    for item in named:
        if isinstance(item, _Folder):
            yield from _articles_of(item, notes)
        else:
            yield item


def _expanded(name: str) -> list[str | Refusal]:
    """The files a pattern stands for; anything else is itself."""
    if not glob.has_magic(name) or os.path.lexists(name):  # a file may be called "a[1].txt"
        return [name]
    matched: list[str | Refusal] = [*sorted(glob.glob(name, recursive=True))]  # noqa: PTH207
    return matched or [Refusal(shown(name), "matches no file", "check the pattern")]


@contextmanager
def opened(source: Source, stdin: BinaryIO | None) -> Iterator[BinaryIO]:
    """The bytes of a source, unpacked; errors of opening come as `Refusal`."""
    with ExitStack() as stack:
        if source.path is None:
            if stdin is None:
                raise Refusal("standard input", "is not open", "name a file")
            file, packing = stdin, None
            magic, file = _beginning(stdin)
            if magic.startswith(GZIP_MAGIC):
                packing = "gz"
            elif magic.startswith(ZSTD_MAGIC):
                packing = "zst"
        else:
            try:
                file = stack.enter_context(source.path.open("rb"))
                magic, file = _beginning(file)  # the path may be that of a pipe
            except OSError as error:
                raise unreadable(source.name, error) from error
            packing = source.packing
        if packing == "gz":
            if magic and not magic.startswith(GZIP_MAGIC):
                raise Refusal(source.name, "is called .gz and is no gzip data", "take .gz off its name")
            unpacked = cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=file)))
            # It says of itself that it can be wound back, also where what it reads from can't.
            file = unpacked if file.seekable() else cast(BinaryIO, io.BufferedReader(Rewound(b"", unpacked)))
        elif packing == "zst":
            if magic and not (magic.startswith(ZSTD_MAGIC) or magic[1:] == ZSTD_SKIPPABLE):
                raise Refusal(
                    source.name, "is called .zst and is no Zstandard data", "take .zst off its name"
                )
            file = stack.enter_context(unpacked_zstd(file, source.name))
        yield file


def _beginning(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first four bytes, and the stream with them."""
    head = stream.read(4)
    if stream.seekable():
        stream.seek(-len(head), os.SEEK_CUR)
        return head, stream
    return head, cast(BinaryIO, io.BufferedReader(Rewound(head, stream)))


def shown(path: str) -> str:
    """A path as it can be written: bytes in a file name that are no UTF-8 become ``\\xNN``."""
    if path.isascii():
        return path
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _source_of(name: str | Refusal, input_format: str, several_folders: bool) -> Source | Refusal | _Folder:
    if isinstance(name, Refusal):
        return name
    given = input_format != "auto"
    if name == STDIN:
        return Source(STDIN, STDIN, None, input_format, given)  # type: ignore[arg-type]  # checked by the caller
    path, label = Path(name), shown(name)
    try:
        is_folder = bool(name) and path.is_dir()
        is_there = bool(name) and path.exists()
    except (OSError, ValueError) as error:
        return unreadable(label, error)
    if is_folder:
        if input_format not in ("auto", "text", "html"):
            what = f"is a folder, which is read as articles and not as {input_format}"
            return Refusal(label, what, "name its files one by one, or leave --input-format out")
        label = label.rstrip("/")
        before = f"{label}/" if several_folders else ""
        return _Folder(label, name, before, input_format)  # type: ignore[arg-type]  # checked just above
    if not is_there:
        return Refusal(label or "''", "does not exist", "check the path")
    kind = input_format if given else _KINDS.get(_ending(path.name), "text")
    return Source(label, label, path, kind, given)  # type: ignore[arg-type]  # checked by the caller


def _articles_of(folder: _Folder, notes: Callable[[str], None]) -> Iterator[Source | Refusal]:
    left_out: Counter[str] = Counter()
    found = False
    for entry in _walked(folder.path, ""):
        if isinstance(entry, Refusal):
            found = True
            yield entry
            continue
        inside, path = entry
        ending = _ending(path)
        if ending not in _ARTICLES:
            left_out[os.path.splitext(path)[1].lower() or "no ending"] += 1  # noqa: PTH122
            continue
        found = True
        kind = _KINDS[ending] if folder.kind == "auto" else folder.kind
        name = f"{folder.label}/{inside}"
        yield Source(name, folder.before + inside, Path(path), kind, folder.kind != "auto")
    if left_out:
        kinds = ", ".join(f"{ending}: {n}" for ending, n in sorted(left_out.items()))
        what = "files whose ending is no article's are left out"
        notes(f"{folder.label}: {what} ({kinds}); name them to read them")
    if not found:
        what = f"holds no articles ({', '.join(sorted(_ARTICLES))})"
        yield Refusal(folder.label, what, "name another folder, or the files one by one")


def _walked(folder: str, inside: str) -> Iterator[tuple[str, str] | Refusal]:
    """Path inside the folder and path of every file that is not hidden, in the order of the former.

    A subfolder counts as its name and a slash there, which gives the order of the whole paths. Links to
    folders are not followed.
    """
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                (shown(entry.name) + ("/" if entry.is_dir() else ""), entry.name, entry.is_symlink())
                for entry in entries
                if not entry.name.startswith(".")
            )
    except OSError as error:
        yield unreadable(shown(folder), error)
        return
    for label, name, is_link in names:
        path = os.path.join(folder, name)  # noqa: PTH118  # a Path for each of a million files is slow
        if not label.endswith("/"):
            yield inside + label, path
        elif not is_link:
            yield from _walked(path, inside + label)


def _ending(name: str) -> str:
    return os.path.splitext(unpacked_name(name))[1].lower()  # noqa: PTH122
