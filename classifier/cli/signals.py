"""`misinfo signals`: which families there are, and the page of one."""

from typing import Annotated

import typer

from classifier.cli.exits import standard_output


def signals(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="A family; without one all are listed.", show_default=False),
    ] = None,
) -> None:
    """List the signal families, or print what one marks, what it leaves alone, and for whom it misleads."""
    from classifier.signals.registry import BUILT_IN, available, load_family

    if name is not None:
        standard_output().write(load_family(name).page().encode())
        return
    for family, where in sorted(available().items()):
        if family in BUILT_IN:
            loaded = load_family(family)
            cues = len(loaded.lexicon.entries)
            found = f"{cues:5} entries" if cues else "     by shape"
            says = f"{found}  {len(loaded.measures):2} measures  kinds: {', '.join(loaded.kinds)}"
        else:  # never loaded unless named
            says = f"from {where}; name it in --families to use it"
        standard_output().write(f"{family:12} {says}\n".encode())
