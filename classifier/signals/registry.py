"""Which families there are, by name. Nothing is imported before it is asked for.

Families of other packages are entry points in the group ``misinfo.signals``; they are loaded only when named, so
that a score never changes because a package was installed.
"""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from classifier.errors import FamilyError
from classifier.signals.family import Family

GROUP = "misinfo.signals"
BUILT_IN = {
    "address": "classifier.signals.address:FAMILY",
    "certainty": "classifier.signals.certainty:FAMILY",
    "emotive": "classifier.signals.emotive:FAMILY",
    "emphasis": "classifier.signals.emphasis:FAMILY",
    "evidence": "classifier.signals.evidence:FAMILY",
    "hedges": "classifier.signals.hedges:FAMILY",
    "sourcing": "classifier.signals.sourcing:FAMILY",
    "structure": "classifier.signals.structure:FAMILY",
}
# The same family with more marked, "family+what"; no model reads a variant.
VARIANTS = {"hedges+conditionals": "classifier.signals.hedges.conditionals:FAMILY"}


def available() -> dict[str, str]:
    """Name -> "module:attribute" of every family that can be loaded; built-in names can't be taken over."""
    found = {point.name: point.value for point in entry_points(group=GROUP)}
    return found | VARIANTS | BUILT_IN


@cache
def load_family(name: str) -> Family:
    """The family of that name; FamilyError lists the names there are."""
    where = BUILT_IN.get(name) or VARIANTS.get(name) or available().get(name)
    if where is None:
        raise FamilyError(f"no signal family is called {name!r}; there are {', '.join(sorted(available()))}")
    module, _, attribute = where.partition(":")
    try:
        family = getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise FamilyError(
            f"the signal family {name!r} can't be loaded from {where} ({error}); reinstall its package"
        ) from error
    if not isinstance(family, Family) or family.name != name.partition("+")[0]:
        raise FamilyError(
            f"{where} is no signal family called {name!r}; its package must export Family(name={name!r})"
        )
    return family


def load_families(names: Iterable[str]) -> tuple[Family, ...]:
    """Families by name, in the order given, each once; FamilyError for a family and its variant together."""
    families = tuple(load_family(name) for name in dict.fromkeys(names))
    twice = [
        family.name for i, family in enumerate(families) if family.name in {f.name for f in families[:i]}
    ]
    if twice:
        raise FamilyError(
            f"the signal family {twice[0]!r} is named twice, plain and as a variant; name one of them"
        )
    return families
