"""The command `misinfo`: its commands and how they start. Heavy modules load inside the commands."""

import os
import signal
import sys

import typer
from typer.main import get_command

from classifier.cli.audit import audit
from classifier.cli.compare import compare
from classifier.cli.doctor import doctor
from classifier.cli.evaluate import evaluate
from classifier.cli.exits import Ending, Exit
from classifier.cli.help import described
from classifier.cli.mark import mark
from classifier.cli.model import model
from classifier.cli.report import report
from classifier.cli.score import score
from classifier.cli.serve import serve
from classifier.cli.signals import signals
from classifier.cli.train import train

app = typer.Typer(
    name="misinfo",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Mark hedged language and sourcing in news text, and score articles. A signal is no verdict.",
)
for command in (mark, score, report, compare, audit, train, evaluate, signals, model, serve, doctor):
    app.command(**described(command.__name__))(command)

COMPLETION = "_MISINFO_COMPLETE"


def main() -> None:
    """Run the command line on `sys.argv` and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    if COMPLETION in os.environ:  # the shell asks what could be typed next
        get_command(app).main(prog_name="misinfo")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that it, too, leaves nothing behind
    ending = Ending()
    with ending:
        # Not `app()`: it would take closed pipes and interrupts for errors of its own.
        group = get_command(app)
        with group.make_context("misinfo", sys.argv[1:]) as context:
            ending.code = group.invoke(context) or Exit.DONE
    code = ending.code
    with ending:  # here and not at the interpreter's exit, where a closed pipe would be reported
        if sys.stdout is not None:
            sys.stdout.flush()
    sys.exit(max(code, ending.code))
