"""The command line: the only room that prints and sets exit codes. One command a file."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line on `sys.argv` and leave with its exit code."""
    try:
        from classifier.cli.app import main as run  # here, so that Ctrl-C while it loads is no traceback
    except KeyboardInterrupt:
        sys.exit(130)
    run()
