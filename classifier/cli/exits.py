"""Exit codes, and how a run ends: any error becomes one sentence on stderr, a closed pipe ends quietly."""

import os
import re
import sys
from enum import IntEnum
from types import TracebackType
from typing import Any, Self

import typer

from classifier.errors import InputError, MisinfoError

TRACEBACK = "MISINFO_TRACEBACK"
# The base of typer's usage errors, which has no public name of its own.
USAGE_ERROR: type = typer.BadParameter.__mro__[1]


class Exit(IntEnum):
    """What the exit code of `misinfo` says."""

    DONE = 0
    REJECTS = 1  # done, but some records were rejected, or `misinfo doctor` found trouble
    UNUSABLE = 2  # wrong call, or an input that can't be used
    INTERNAL = 3
    INTERRUPTED = 130


def tell(sentence: str) -> None:
    """One line on stderr."""
    if sys.stderr is not None:
        print(
            f"misinfo: {sentence}\n", end="", file=sys.stderr
        )  # one write, which no signal can break in two


class Ending:
    """Runs the block to its end, whatever it raises; `code` is the exit code that this comes to."""

    def __init__(self) -> None:
        self.code: int = Exit.DONE

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None:
            self.code = _told(error)
        return True


def _told(error: BaseException) -> int:
    match error:
        case typer.Exit():
            return error.exit_code
        case SystemExit():  # how Typer's own options end
            return int(error.code or Exit.DONE)
        case MisinfoError():
            tell(str(error))
            return Exit.UNUSABLE
        case KeyboardInterrupt() | typer.Abort():
            tell("interrupted; nothing half-written is left")
            return Exit.INTERRUPTED
        case BrokenPipeError():  # whoever reads our output has had enough
            _give_up_output()
            return Exit.DONE
        case OSError() if error.filename is None:  # files have names in their errors; this is our own output
            _give_up_output()
            tell(f"the output can't be written ({error.strerror}); make room or write elsewhere with --out")
            return Exit.UNUSABLE
        case _ if isinstance(error, USAGE_ERROR):
            return _usage(error)
    if os.environ.get(TRACEBACK):
        import traceback

        traceback.print_exception(error)
    what = " ".join(f"{type(error).__name__}: {error}".split())
    tell(f"internal error: {what}; set {TRACEBACK}=1 to see where, and please report it")
    return Exit.INTERNAL


def _usage(error: Any) -> int:
    message = error.format_message()
    if "\n" in message:  # the whole help, where no argument was given
        print(message, file=sys.stderr)
    else:
        command = error.ctx.command_path if error.ctx is not None else "misinfo"
        tell(f"{_sentence(message.rstrip('.'))}; see `{command} --help`")
    return Exit.UNUSABLE


def _sentence(message: str) -> str:
    """A usage error in the words of our own; what is not known here stays as Typer says it."""
    found = re.fullmatch(
        r"Invalid value for '?(?P<name>[^':]+)'?: (?:Value error, )?(?P<what>.+)", message, re.DOTALL
    )
    if found is None:
        return message
    name, what = found["name"], found["what"]
    choice = re.fullmatch(r"(?P<value>'.*') is not one of (?P<known>'.*')", what, re.DOTALL)
    if choice is not None:
        known = choice["known"].replace("'", "")
        return f"{name}: {choice['value']} is no known value; use one of {known}"
    return f"{name}: {what.replace('Input should be', 'it should be')}"


def _give_up_output() -> None:
    """Send what is still buffered nowhere, or the interpreter would fail on it once more on its way out."""
    if sys.stdout is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def standard_output() -> Any:
    """The bytes of standard output; InputError where it is closed."""
    if sys.stdout is None:
        raise InputError("standard output is closed; name a file with --out")
    return sys.stdout.buffer
