"""Make the pages of the site: docs/ as it stands, with what is drawn from code, figures, files and commands put in.

A line ``<!-- made: WHAT ... -->`` is replaced. WHAT is a name of `MADE`, or ``part FILE [HEADING]``: a part of a file at the
root, from that heading of the second level to the next; without one, what stands before the first.
"""

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

import figures
import reference
from blocks import FENCE, ROOT, Block, Ran, block, session

from classifier.signals.registry import BUILT_IN

DOCS = ROOT / "docs"


def _title(page: Path) -> str:
    lines = page.read_text(encoding="utf-8").splitlines()
    return next(line.removeprefix("# ") for line in lines if line.startswith("# "))


def decisions() -> str:
    """Links to the decision records, by their titles."""
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    return "\n".join(f"- [{_title(page)}]({page.name})" for page in pages)


MADE: dict[str, Callable[[], str]] = {
    "commands": reference.commands,
    "families": reference.families,
    "models": figures.models,
    "benchmarks": figures.benchmarks,
    "decisions": decisions,
}
# Files outside docs/ that are pages as well, and where.
OUTSIDE = {
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "data/README.md": "example-data.md",
}
_MARKER = re.compile(r"^<!-- made: (.+?) -->$", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]]*(?:\[[^\]]*\])?[^\[\]]*)\]\((?!https?:|#|made/)([^)#\s]*)(#[^)\s]*)?\)")
_MADE_LINK = re.compile(r"\]\((made/[^)#\s]+)\)")


class Source(NamedTuple):
    """A page to be made: where it will stand, its text, and the file from the root that its links start at."""

    target: str
    text: Callable[[], str]
    origin: str


def sources() -> list[Source]:
    """All pages, by the path they will have in the site."""
    found = [
        Source(path.relative_to(DOCS).as_posix(), _reader(path), path.relative_to(ROOT).as_posix())
        for path in sorted(DOCS.rglob("*.md"))
    ]
    found += [Source(target, _reader(ROOT / origin), origin) for origin, target in OUTSIDE.items()]
    for name in BUILT_IN:
        target = f"reference/families/{name}.md"
        found.append(Source(target, partial(reference.family_page, name), f"docs/{target}"))
    return found


def _reader(path: Path) -> Callable[[], str]:
    return lambda: path.read_text(encoding="utf-8")


def assemble(source: Source, folder: Path) -> list[Ran]:
    """Write the page into a folder, and what its commands made beside it; every command that ran."""
    text = _MARKER.sub(lambda found: _put_in(found[1], source), relinked(source.text(), source))
    target = folder / source.target
    target.parent.mkdir(parents=True, exist_ok=True)
    ran: list[Ran] = []
    with TemporaryDirectory() as scratch, session(Path(scratch)) as shell:

        def shown(found: re.Match[str]) -> str:
            one = block(found)
            done = list(shell.run(one))
            ran.extend(done)
            return rendered(one, done)

        target.write_text(FENCE.sub(shown, text), encoding="utf-8")
        failed = any(one.code != one.expected for one in ran)
        for link in () if failed else set(_MADE_LINK.findall(text)):
            there = target.parent / link
            there.parent.mkdir(exist_ok=True)
            shutil.copyfile(shell.folder / link.removeprefix("made/"), there)
    return ran


def rendered(block: Block, ran: list[Ran]) -> str:
    """The commands to be copied, and below them what they print where that is shown."""
    commands = "\n".join(block.commands)
    page = f"```bash\n{commands}\n```"
    if block.shown:
        lines = "".join(one.printed for one in ran).rstrip("\n").splitlines()
        most = block.number("lines") or len(lines)
        left = [f"... (and {len(lines) - most} more)"] if len(lines) > most else []
        page += "\n\n" + "\n".join(['```{ .text .no-copy title="prints" }', *lines[:most], *left, "```"])
    return page


def _put_in(what: str, source: Source) -> str:
    name, _, arguments = what.partition(" ")
    if name != "part":
        return MADE[name]()
    file, _, heading = arguments.partition(" ")
    text = part((ROOT / file).read_text(encoding="utf-8"), heading)
    return relinked(text, Source(source.target, source.text, file))


def part(text: str, heading: str = "") -> str:
    """From a heading of the second level, itself left out, to the next; before the first, below the title, without."""
    pieces = re.split(r"^## +(.+?) *$", text, flags=re.MULTILINE)
    if not heading:
        return pieces[0].partition("\n")[2].strip()
    return pieces[pieces.index(heading) + 1].strip()


def relinked(text: str, source: Source) -> str:
    """The text with its links as they lead from the page; a file that is no page is named without a link."""

    def link(found: re.Match[str]) -> str:
        says, path, anchor = found[1], found[2], found[3] or ""
        here, there = ROOT / PurePosixPath(source.origin).parent, PurePosixPath(source.target).parent
        aim = (here / path).resolve()
        name = aim.relative_to(ROOT).as_posix() if aim.is_relative_to(ROOT) else ""
        if name == "README.md":
            page = "index.md"
        elif name in OUTSIDE:
            page = OUTSIDE[name]
        elif name.startswith("docs/") and aim.suffix:
            page = name.removeprefix("docs/")
        else:
            return says
        if says.endswith(".md"):  # named by its file, as is right beside it but not on a site
            says = _title(aim)
        up = "../" * len(there.parts)
        return f"[{says}]({up}{page}{anchor})"

    return _LINK.sub(link, text)


def assemble_all(folder: Path) -> list[Ran]:
    """Make every page anew, and copy what the site needs beside them."""
    shutil.rmtree(folder, ignore_errors=True)
    ran = [one for source in sources() for one in assemble(source, folder)]
    copy_assets(folder)
    return ran


def copy_assets(folder: Path) -> None:
    """The style sheet and the script."""
    for name in ("site.css", "site.js"):
        shutil.copyfile(DOCS / name, folder / name)
