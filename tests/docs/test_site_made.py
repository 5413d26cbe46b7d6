"""What is made from the code and from figures: commands, families, models, benchmarks; and the check of the built site."""

import copy
import json
import runpy
from pathlib import Path

import figures
import pytest
import reference
from links import faults
from typer.main import get_command

from classifier.cli.app import app
from classifier.signals.registry import BUILT_IN, load_family

ROOT = Path(__file__).resolve().parents[2]
MANIFESTS = [
    json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "models").glob("*/manifest.json"))
]


def test_every_command_and_option_is_in_the_reference() -> None:
    page = reference.commands()
    for name, command in get_command(app).commands.items():
        _, _, section = page.partition(f"## misinfo {name}\n")
        section, _, _ = section.partition("\n## ")
        assert command.help.splitlines()[0] in section
        assert "```bash title=" in section
        for parameter in command.params:
            names = parameter.opts if parameter.param_type_name == "option" else [parameter.metavar]
            assert any(f"| `{one}" in section for one in names), parameter.opts


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_family_has_its_page(name: str) -> None:
    page = reference.family_page(name)
    assert page.count('<mark class="signal">') >= 3
    assert "]{." not in page
    for measure in load_family(name).measures:
        assert f"`{measure.name}`" in page
    assert f"[{name}](families/{name}.md)" in reference.families()


def test_every_model_is_shown_with_its_figures() -> None:
    page = figures.models()
    assert MANIFESTS
    for manifest in MANIFESTS:
        assert f"## The model `{manifest['name']}`" in page
        auroc = manifest["report"]["estimates"]["auroc"]
        assert f"{auroc['value']:.3f} [{auroc['low']:.3f},\N{NO-BREAK SPACE}{auroc['high']:.3f}]" in page
        for check in manifest["report"]["checks"]:
            assert check["says"] in page
    assert page.count("<svg") == page.count("</svg>") == 5 * len(MANIFESTS)


def test_a_model_without_a_rival_or_a_figure_is_shown_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first, second = copy.deepcopy(MANIFESTS[0]), copy.deepcopy(MANIFESTS[0])
    second["name"] = "another"
    second["report"]["rivals"]["tfidf"] = {"not_applicable": "there was nothing to learn from"}
    second["report"]["estimates"]["auroc"] = {"value": None, "low": None, "high": None}
    second["report"]["risk_coverage"] = []
    for manifest in (first, second):
        path = tmp_path / "models" / manifest["name"] / "manifest.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(manifest), encoding="utf-8")
    monkeypatch.setattr(figures, "ROOT", tmp_path)
    page = figures.models()
    assert "## The model `another`" in page
    shown = page[page.index("`another`") :].split("## The model")[0]
    assert "| this model | undefined |" in shown
    assert "words and word pairs" not in shown.split("### What")[0]


def test_every_benchmark_is_shown() -> None:
    page = figures.benchmarks()
    for path in (ROOT / "benchmarks" / "results").glob("*.json"):
        result = json.loads(path.read_text(encoding="utf-8"))
        assert f"### `{result['what']}`" in page
        for name in result["figures"]:
            assert f"| {name} |" in page


def test_the_invented_articles_are_what_their_script_writes(tmp_path: Path) -> None:
    made = ROOT / "data" / "invented"
    main = runpy.run_path(str(made / "make.py"))["main"]
    main.__globals__["HERE"] = tmp_path
    main()
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in made.glob("*.csv")}
    assert len(written) == 3


SOUND = '<a href="b.html#x">b</a><img src="c.svg"><a href="https://example.org/">out</a><link rel="stylesheet" href="s.css">'


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("", None),
        ('<a href="d.html">d</a>', "d.html leads nowhere"),
        ('<a href="b.html#y">y</a>', "b.html#y names a place"),
        ('<a href="#y">y</a>', "#y names a place"),
        ('<a href="https://nowhere">x</a>', "bad address"),
        ('<a href="javascript:alert(1)">x</a>', "bad address"),
        ('<img src="d.png">', "d.png leads nowhere"),
        ('<script src="https://cdn.example.org/a.js"></script>', "fetches https://cdn.example.org/a.js"),
        ('<link rel="preconnect" href="https://fonts.example.org">', "fetches"),
    ],
)
def test_the_check_of_links_finds(html: str, says: str | None, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(SOUND + html, encoding="utf-8")
    (tmp_path / "b.html").write_text('<p id="x">', encoding="utf-8")
    (tmp_path / "c.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "s.css").write_text("p { color: red }", encoding="utf-8")
    found = list(faults(tmp_path))
    if says is None:
        assert found == []
    else:
        assert len(found) == 1
        assert says in found[0]


def test_the_check_of_links_reads_style_sheets(tmp_path: Path) -> None:
    (tmp_path / "s.css").write_text("@import url(https://fonts.example.org/a.css);", encoding="utf-8")
    assert list(faults(tmp_path)) == ["s.css: fetches https://fonts.example.org/a.css"]
