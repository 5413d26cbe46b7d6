"""The command line: the only room that prints and sets exit codes. One command a file."""

from classifier.cli.app import main

__all__ = ["main"]
