"""What `--help` says of each command beside its options: a line for the list of commands, and examples."""

from typing import TypedDict

# Each example is a command and what it does; a test runs them all, from the folder of the README.
_COMMANDS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "mark": (
        "Mark hedges and sourcing, with their places.",
        (
            ("misinfo mark data/examples/opinion.txt", "on a terminal: the article with its marks"),
            ("misinfo mark data/examples --out marks.jsonl", "a folder: one JSON object an article"),
            ("misinfo mark data/examples/opinion.txt --format lines", "path:line:column, as editors want"),
            ("misinfo mark data/examples --format brat --out for-brat", "for an annotation tool"),
            ("misinfo mark - < data/examples/opinion.txt", "from standard input"),
        ),
    ),
    "score": (
        "Score articles, with reasons.",
        (
            ("misinfo score data/examples/thinly_sourced.txt --format text", "in words"),
            ("misinfo score data/examples/labelled.csv --out scores.jsonl", "a table, one line a record"),
            ("misinfo score data/examples --signals --out all.jsonl", "with everything that mark says"),
        ),
    ),
    "compare": (
        "Compare two versions of an article.",
        (
            (
                "misinfo compare data/versions/morning.txt data/versions/evening.txt --format text",
                "what went, came or changed",
            ),
            (
                "misinfo compare data/versions/morning.txt data/versions/evening.txt --format html --out changed.html",
                "a page with both versions side by side",
            ),
            (
                "misinfo compare data/versions/morning.txt - < data/versions/evening.txt",
                "the later one from standard input",
            ),
        ),
    ),
    "report": (
        "Show the scores of a batch as one page.",
        (
            (
                "misinfo score data/examples/labelled.csv | misinfo report - --out batch.html",
                "ranking, distribution, publishers",
            ),
        ),
    ),
    "serve": (
        "Open the local page and HTTP service.",
        (("misinfo serve --help", "port, model and limits; the page itself is opened by `misinfo serve`"),),
    ),
    "audit": (
        "Say what in a corpus would fool a model.",
        (
            ("misinfo audit data/examples/labelled.csv", "findings with examples, severity and remedy"),
            ("misinfo audit data/examples/labelled.csv --format json --out audit.json", "the same as data"),
        ),
    ),
    "train": (
        "Train a model on labelled articles.",
        (
            (
                "misinfo train data/examples/labelled.csv --out my-model --positive unreliable",
                "writes a model folder and prints its report",
            ),
        ),
    ),
    "evaluate": (
        "Measure a model on labelled articles.",
        (
            (
                "misinfo evaluate signals data/examples/labelled.csv --positive unreliable",
                "figures with intervals, rivals and checks",
            ),
        ),
    ),
    "signals": (
        "List the signal families, or explain one.",
        (
            ("misinfo signals", "all families"),
            ("misinfo signals sourcing", "what one marks, leaves alone and misses"),
        ),
    ),
    "model": (
        "Print a model's card.",
        (("misinfo model", "the default one"), ("misinfo model signals", "the other one that is shipped")),
    ),
    "doctor": (
        "Say whether everything is in order here.",
        (("misinfo doctor", "versions, extras, models, encoding, terminal, machine"),),
    ),
}


class Described(TypedDict, total=False):
    """What Typer is told of a command."""

    short_help: str
    epilog: str


def described(command: str) -> Described:
    """The short help and the examples of a command, if there are any."""
    if command not in _COMMANDS:
        return {}
    short, examples = _COMMANDS[command]
    # \b keeps the lines of a paragraph as they are.
    lines = [line for call, what in examples for line in (f"  {call}", f"      {what}")]
    return {"short_help": short, "epilog": "\n".join(("\b", "Examples:", *lines))}
