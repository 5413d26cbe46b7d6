"""Families by name: built-in ones, and those of other packages only when named."""

import re
import sys
from importlib.metadata import EntryPoint

import pytest

from classifier.errors import FamilyError
from classifier.signals import registry
from classifier.signals.family import Family
from classifier.signals.lexicon import parse_lexicon


@pytest.fixture
def foreign(monkeypatch):
    """Let the registry see an entry point `name -> value`."""

    def install(name, value):
        monkeypatch.setattr(registry, "entry_points", lambda group: [EntryPoint(name, value, group)])

    registry.load_family.cache_clear()
    yield install
    registry.load_family.cache_clear()


def test_an_unknown_family_lists_those_there_are():
    with pytest.raises(
        FamilyError,
        match="no signal family is called 'hedge'; there are "
        + re.escape(", ".join(sorted(registry.available()))),
    ):
        registry.load_family("hedge")


def test_families_load_once_and_in_the_order_given():
    names = [family.name for family in registry.load_families(["sourcing", "sourcing"])]
    assert names == ["sourcing"]


def test_a_foreign_family_is_loaded_only_when_named(foreign, monkeypatch, tmp_path):
    (tmp_path / "acme_irony.py").write_text("import acme_has_been_loaded\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    foreign("irony", "acme_irony:FAMILY")
    assert "irony" in registry.available()
    registry.load_family("sourcing")
    assert "acme_irony" not in sys.modules
    with pytest.raises(
        FamilyError, match=r"'irony' can't be loaded from acme_irony:FAMILY .*; reinstall its package"
    ):
        registry.load_family("irony")


def test_a_foreign_family_cannot_take_a_built_in_name(foreign):
    foreign("sourcing", "nowhere:FAMILY")
    assert registry.load_family("sourcing").package == "classifier.signals.sourcing"


def test_what_is_no_family_is_refused(foreign):
    foreign("irony", "math:pi")
    with pytest.raises(FamilyError, match="math:pi is no signal family called 'irony'"):
        registry.load_family("irony")


def test_a_good_foreign_family_loads(foreign, monkeypatch):
    lexicon = parse_lexicon("# x\ncue\tkind\tunless\twhy\nawful\tword\t\tx\n", "x")
    family = Family("irony", ("word",), lexicon, lambda c, h: [], (), "classifier", {})
    monkeypatch.setitem(sys.modules, "acme", type("Acme", (), {"FAMILY": family}))
    foreign("irony", "acme:FAMILY")
    assert registry.load_family("irony") is family


def test_a_variant_is_loaded_by_its_own_name_and_not_beside_the_plain_family():
    (variant,) = registry.load_families(["hedges+conditionals"])
    assert variant.name == "hedges"
    assert "conditional" in variant.kinds
    assert "conditional" not in registry.load_family("hedges").kinds
    with pytest.raises(FamilyError, match="'hedges' is named twice"):
        registry.load_families(["hedges", "hedges+conditionals"])
