"""Reference pages made from the code: the commands from the Typer app, the families from their own pages."""

import re
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from classifier.cli.app import app
from classifier.signals.registry import BUILT_IN, load_family

_MARKED = re.compile(r"\[([^\[\]]+)\]\{\.([\w.-]+)\}")  # as in the examples of families' pages


def commands() -> str:
    """Every command: what it does, how it is called, its examples, its arguments and options."""
    group: Any = get_command(app)  # Typer gives its commands no public type
    lines: list[str] = []
    for name, command in group.commands.items():
        context = group.make_context("misinfo", [name], resilient_parsing=True)
        lines += _command(name, command, context)
    return "\n".join(lines)


def _command(name: str, command: Any, context: Any) -> Iterator[str]:
    yield from (f"## misinfo {name}", "", command.help.strip(), "")
    usage = " ".join(("misinfo", name, *command.collect_usage_pieces(context)))
    yield from ("```text", usage, "```", "")
    yield from _examples(command.epilog)
    records = [parameter.get_help_record(context) for parameter in command.get_params(context)]
    yield from ("| argument or option | what it says |", "|---|---|")
    yield from (f"| {_names(names)} | {_cell(says)} |" for names, says in filter(None, records))
    yield ""


def _examples(epilog: str) -> Iterator[str]:
    lines = [line.strip() for line in epilog.splitlines() if line.startswith(" ")]
    for call, says in zip(lines[::2], lines[1::2], strict=True):
        title = says.replace('"', "&quot;")
        yield from (f'```bash title="{title}"', call, "```", "")


def _names(names: str) -> str:
    """`--format <a|b>` with its values apart, so that a line can end between them."""
    name, _, values = names.partition(" <")
    choices = values.rstrip(">").split("|")
    if len(choices) == 1:
        return f"`{names}`"
    return f"`{name}` " + ", ".join(f"`{choice}`" for choice in choices)


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|").replace("<", "&lt;")


def families() -> str:
    """A row for each family: its kinds, cues and measures."""
    lines = ["| family | kinds | entries | measures |", "|---|---|---:|---:|"]
    for name in BUILT_IN:
        family = load_family(name)
        kinds = ", ".join(f"`{kind}`" for kind in family.kinds)
        entries = len(family.lexicon.entries) or "by shape"
        lines.append(f"| [{name}](families/{name}.md) | {kinds} | {entries} | {len(family.measures)} |")
    return "\n".join(lines)


def family_page(name: str) -> str:
    """A family's own page, the marks of its examples shown with their kinds."""
    return _MARKED.sub(
        lambda found: f'<mark class="signal">{found[1]}<small>{found[2].replace(".", " ")}</small></mark>',
        load_family(name).page(),
    )
