"""The command `misinfo`: its commands and how they start. Heavy modules load inside the commands."""

import sys

import typer

from classifier.cli.evaluate import evaluate
from classifier.cli.exits import ending
from classifier.cli.mark import mark
from classifier.cli.model import model
from classifier.cli.score import score
from classifier.cli.signals import signals
from classifier.cli.train import train

app = typer.Typer(
    name="misinfo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    help="Mark hedged language and sourcing in news text, and score articles honestly. A signal is not a verdict.",
)
for command in (mark, score, train, evaluate, signals, model):
    app.command()(command)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # whatever the console
    with ending():
        app()
