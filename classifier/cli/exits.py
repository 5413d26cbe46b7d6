"""Exit codes, and how a command ends: errors become one sentence on stderr, a closed pipe ends quietly."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from classifier.errors import MisinfoError


class Exit(IntEnum):
    """What the exit code of `misinfo` says."""

    DONE = 0
    REJECTS = 1  # done, but some records were rejected
    UNUSABLE = 2  # wrong call, or an input that can't be used
    INTERNAL = 3
    INTERRUPTED = 130


def tell(sentence: str) -> None:
    """One line on stderr."""
    print(f"misinfo: {sentence}", file=sys.stderr)


@contextmanager
def ending() -> Iterator[None]:
    """Turn what a command raises into stderr and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except MisinfoError as error:
        tell(str(error))
        sys.exit(Exit.UNUSABLE)
    except KeyboardInterrupt:
        tell("interrupted; nothing half-written is left")
        sys.exit(Exit.INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has enough; the interpreter must not flush into the closed pipe on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.DONE)
