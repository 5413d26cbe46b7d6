"""`misinfo signals`: which families there are, and the page of one."""

from typing import Annotated

import typer

from classifier.cli.exits import ending


def signals(
    name: Annotated[str | None, typer.Argument(help="A family; without one all are listed.", show_default=False)] = None,
) -> None:
    """List the signal families, or print what one marks, what it leaves alone, and for whom it misleads."""
    with ending():
        from classifier.signals.registry import BUILT_IN, available, load_family

        if name is not None:
            print(load_family(name).page())
            return
        for family, where in sorted(available().items()):
            if family in BUILT_IN:
                loaded = load_family(family)
                print(f"{family:12} {len(loaded.lexicon.entries):5} entries  {len(loaded.measures):2} measures  kinds: {', '.join(loaded.kinds)}")
            else:
                print(f"{family:12} from {where}; name it in --families to load it")
