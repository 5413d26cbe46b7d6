"""The pages of the built-in families are their tests; no kind and no condition lacks an example."""

import re

import pytest
from _pytest.mark import ParameterSet

from classifier.signals.lexicon import COLUMNS
from classifier.signals.registry import BUILT_IN, load_family
from classifier.testing import Example, check_family, example_fault, page_examples

SECTIONS_OF_A_PAGE = (
    "What it marks",
    "Why it may matter, and for whom it misleads",
    "Kinds",
    "Measures",
    "Marks",
    "Leaves alone",
    "Known misses",
    "Sources",
)
FAMILIES = sorted(BUILT_IN)


def examples() -> list[ParameterSet]:
    rows = []
    for name in FAMILIES:
        for number, example in enumerate(page_examples(load_family(name).page()), 1):
            known = example.section == "Known misses"
            marks = [pytest.mark.xfail(strict=True, reason="a known miss of the page")] if known else []
            rows.append(pytest.param(name, example, id=f"{name}-{number}", marks=marks))
    return rows


@pytest.mark.parametrize(("name", "example"), examples())
def test_the_example_is_marked_as_the_page_says(name: str, example: Example) -> None:
    assert example_fault(load_family(name), example) is None, example.text


@pytest.mark.parametrize("name", FAMILIES)
def test_the_page_has_its_sections_in_order(name: str) -> None:
    headings = re.findall(r"^## (.+?)\s*$", load_family(name).page(), re.MULTILINE)
    assert tuple(headings) == SECTIONS_OF_A_PAGE


@pytest.mark.parametrize("name", FAMILIES)
def test_every_kind_is_shown(name: str) -> None:
    family = load_family(name)
    shown = {s.kind for e in page_examples(family.page()) if e.section == "Marks" for s in e.spans}
    assert set(family.kinds) <= shown


@pytest.mark.parametrize("name", FAMILIES)
def test_examples_stand_on_both_sides(name: str) -> None:
    sections = [e.section for e in page_examples(load_family(name).page())]
    assert sections.count("Marks") >= 3
    assert sections.count("Leaves alone") >= 3


@pytest.mark.parametrize("name", FAMILIES)
def test_every_measure_stands_on_the_page(name: str) -> None:
    family = load_family(name)
    assert [m.name for m in family.measures if f"`{m.name}`" not in family.page()] == []


@pytest.mark.parametrize("name", FAMILIES)
def test_conditions_and_lexicon_fit(name: str) -> None:
    family = load_family(name)
    used = {condition for entry in family.lexicon.entries for condition in entry.unless}
    assert used == set(family.unless)


@pytest.mark.parametrize("name", FAMILIES)
def test_entries_are_sorted_and_give_a_reason(name: str) -> None:
    entries = load_family(name).lexicon.entries
    assert [(e.kind, e.cue) for e in entries] == sorted((e.kind, e.cue) for e in entries)
    assert [e.cue for e in entries if not e.why] == []
    forms = [(e.kind, form) for e in entries for form in e.forms]
    assert len(set(forms)) == len(forms)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_lexicon_file_names_its_licence(name: str) -> None:
    from importlib import resources

    lines = resources.files(load_family(name).package).joinpath("cues.tsv").read_text("utf-8").splitlines()
    assert lines[0].startswith("#")
    assert "CC0" in lines[0]
    assert lines[1].split("\t") == list(COLUMNS)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_family_keeps_its_promises(name: str) -> None:
    check_family(load_family(name))
