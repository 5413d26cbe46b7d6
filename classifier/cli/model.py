"""`misinfo model`: the card of a model."""

from typing import Annotated

import typer

from classifier.cli.exits import standard_output, tell


def model(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="MODEL",
            help="A shipped model's name or a model folder. Default: wording.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print a model's card: what it reads, what it was measured on, what it is and is not for."""
    from classifier.io.bundle import find_model, read_bundle
    from classifier.io.card import card

    bundle = read_bundle(find_model(name))
    if changed := bundle.check():
        tell(changed)
    standard_output().write(f"{card(bundle.manifest)}\n".encode())
