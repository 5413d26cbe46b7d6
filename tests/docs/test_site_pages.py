"""Every command that the site and the README show runs, in the order of its page, and ends as the page says."""

import os
import re
import tomllib
from pathlib import Path

import pytest
from assemble import OUTSIDE, Source, assemble, copy_assets, decisions, part, relinked, rendered, sources
from blocks import FENCE, Ran, block, blocks, missing

ROOT = Path(__file__).resolve().parents[2]
README = Source("README.md", lambda: (ROOT / "README.md").read_text(encoding="utf-8"), "README.md")
PAGES = [*sources(), README]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pages are made: MISINFO_PAGES, for the build that follows in .ci/run, or one that is thrown away."""
    path = Path(os.environ.get("MISINFO_PAGES") or tmp_path_factory.mktemp("pages"))
    path.mkdir(parents=True, exist_ok=True)
    copy_assets(path)
    return path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.target)
def test_the_commands_of_a_page_run(page: Source, folder: Path, tmp_path: Path) -> None:
    if because := missing(page.text()):
        pytest.skip(because)
    for one in assemble(page, tmp_path if page is README else folder):
        assert one.code == one.expected, f"$ {one.command}\n{one.printed}"
        # One tutorial interrupts a run; on a very busy machine that may hit the interpreter while it starts.
        assert "Traceback" not in one.printed or "KeyboardInterrupt" in one.printed, one.printed


def test_there_are_commands_to_run() -> None:
    commands = {page.target: [c for b in blocks(page.text()) for c in b.commands] for page in PAGES}
    assert len(commands["README.md"]) >= 10
    for name in ("desk", "researcher", "classroom"):
        assert len(commands[f"tutorials/{name}.md"]) >= 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.target)
def test_no_command_stands_where_it_is_not_run(page: Source) -> None:
    elsewhere = FENCE.sub("", page.text())
    assert re.findall(r"^ *(?:\$ )?(?:\.venv/bin/)?misinfo [a-z-].*$", elsewhere, re.MULTILINE) == []


def test_set_up_is_run_by_ci() -> None:
    commands = set(re.findall(r"^```bash\n(.*?)\n```", README.text(), re.DOTALL | re.MULTILINE))
    for page in sources():
        for found in re.findall(r"^```bash\n(.*?)\n```", page.text(), re.DOTALL | re.MULTILINE):
            commands |= {line.partition("  #")[0].strip() for line in found.splitlines()}
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    known = {
        "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]'",
        ".venv/bin/python -m pytest",
        ".ci/run",
    }
    assert "README.md | head -2" in ci
    assert ".venv/bin/pip install -e '.[dev]'" in ci
    assert commands - known == set(
        re.findall(r"^```bash\n(.*?)\n```", README.text(), re.DOTALL | re.MULTILINE)
    )


def test_every_page_is_in_the_navigation() -> None:
    nav = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"]

    def pages(entries: object) -> set[str]:
        if isinstance(entries, str):
            return {entries}
        values = entries.values() if isinstance(entries, dict) else entries
        return set().union(*(pages(value) for value in values))

    records = {page.target for page in sources() if re.fullmatch(r"decisions/\d{4}-.*\.md", page.target)}
    assert len(records) >= 14
    assert pages(nav) == {page.target for page in sources()} - records


def test_every_decision_is_listed() -> None:
    listed = re.findall(r"^- \[(\d{4}) .+\]\((\d{4})-[\w-]+\.md\)$", decisions(), re.MULTILINE)
    assert len(listed) == len(list((ROOT / "docs" / "decisions").glob("0*.md")))
    assert all(title == name for title, name in listed)


def test_every_link_in_the_sources_leads_somewhere() -> None:
    for path in [ROOT / "README.md", *(ROOT / name for name in OUTSIDE), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|made/)([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


@pytest.mark.parametrize(
    ("fence", "commands", "words"),
    [
        ("```console\n$ a\n$ b c\n```", ("a", "b c"), set()),
        ("```console output exit=1\n$ a \\\n    --b\n$ c\n```", ("a \\\n    --b", "c"), {"output", "exit=1"}),
    ],
)
def test_a_fence_is_read(fence: str, commands: tuple[str, ...], words: set[str]) -> None:
    assert blocks(f"Before.\n\n{fence}\n\nAfter.\n") == [(commands, words)]


@pytest.mark.parametrize(
    "fence",
    [
        "```console\n$ a\ntyped output\n```",
        "```console outptu\n$ a\n```",
        "```console\n```",
        "```console\nno prompt\n```",
    ],
)
def test_a_fence_that_is_wrong_is_refused(fence: str) -> None:
    with pytest.raises(ValueError, match="holds commands only"):
        blocks(fence)


def fence(text: str) -> re.Match[str]:
    found = FENCE.search(text)
    assert found is not None
    return found


@pytest.mark.skipif(os.name != "posix", reason="elsewhere no page is run")
@pytest.mark.parametrize(
    ("page", "absent", "says"),
    [
        ("```console\n$ misinfo signals\n```", "curl", None),
        ("```console server\n$ curl -s x\n```", "curl", "the page uses curl, which is not installed"),
        ("```console\n$ timeout 1 misinfo\n```", "timeout", "the page uses timeout, which is not installed"),
        ("```console\n$ misinfo signals\n```", "bash", "the commands are for a POSIX shell"),
    ],
)
def test_what_can_not_be_run_is_said(
    page: str, absent: str, says: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blocks.shutil.which", lambda name: None if name == absent else name)
    assert missing(page) == says


def test_what_is_printed_is_shown_where_the_fence_says_so() -> None:
    ran = [Ran("a", 0, 0, "one\ntwo\n"), Ran("b", 0, 0, "three\n")]
    assert rendered(block(fence("```console\n$ a\n$ b\n```")), ran) == "```bash\na\nb\n```"
    assert "one\ntwo\nthree\n```" in rendered(block(fence("```console output\n$ a\n$ b\n```")), ran)
    assert "one\n... (and 2 more)\n```" in rendered(block(fence("```console lines=1\n$ a\n$ b\n```")), ran)


def test_a_part_of_a_file() -> None:
    text = "# Title\n\nFirst.\n\n## A b\n\nSecond.\n\n### In it\n\n## C\n\nThird.\n"
    assert part(text) == "First."
    assert part(text, "A b") == "Second.\n\n### In it"
    with pytest.raises(ValueError, match="D"):
        part(text, "D")


@pytest.mark.parametrize(
    ("origin", "target", "link", "becomes"),
    [
        ("README.md", "index.md", "[a](docs/output.md#b)", "[a](output.md#b)"),
        ("docs/audit.md", "audit.md", "[a](output.md)", "[a](output.md)"),
        ("docs/audit.md", "audit.md", "[definitions.md](definitions.md)", "[Definitions](definitions.md)"),
        ("docs/decisions/0001-x.md", "decisions/0001-x.md", "[a](../output.md)", "[a](../output.md)"),
        ("CONTRIBUTING.md", "how-to/add.md", "[a](docs/measures.md)", "[a](../measures.md)"),
        ("README.md", "index.md", "[a](CONTRIBUTING.md)", "[a](contributing.md)"),
        ("README.md", "index.md", "[a](benchmarks/README.md)", "a"),
        ("README.md", "index.md", "[a](https://example.org/b)", "[a](https://example.org/b)"),
        ("docs/audit.md", "audit.md", "[a](#b)", "[a](#b)"),
    ],
)
def test_links_lead_from_where_the_page_stands(origin: str, target: str, link: str, becomes: str) -> None:
    assert relinked(link, Source(target, lambda: "", origin)) == becomes
