"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from classifier import DEFAULT_FAMILIES
from classifier.errors import FamilyError


def _value(name: str, says: str) -> object:
    return typer.Option(name, help=says, show_default=False)


MARKED_FAMILIES = ",".join(DEFAULT_FAMILIES)

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Text, HTML, CSV, TSV, JSON Lines or Parquet files (also .gz, .zst), patterns in quotation marks, "
        "article folders, or - for standard input.",
        show_default=False,
    ),
]
Families = Annotated[str, typer.Option("--families", help="Signal families, separated by commas.")]
Model = Annotated[
    str | None, _value("--model", "A shipped model's name or a model folder. Default: wording.")
]
Encoding = Annotated[
    str | None, _value("--encoding", "Encoding of the inputs. Default: UTF-8, else found and said.")
]
InputFormat = Annotated[
    str, typer.Option("--input-format", help="auto, text, html, csv, tsv, jsonl or parquet.")
]
TextColumn = Annotated[
    str | None, _value("--text", "Column or key of the text. Default: text, body, content ...")
]
TitleColumn = Annotated[str | None, _value("--title", "Column or key of the headline.")]
IdColumn = Annotated[str | None, _value("--id", "Column or key of the id.")]
LabelColumn = Annotated[str | None, _value("--label", "Column or key of the label.")]
PublisherColumn = Annotated[str | None, _value("--publisher", "Column or key of the publisher.")]
DateColumn = Annotated[str | None, _value("--date", "Column or key of the date.")]
Positive = Annotated[
    str | None,
    _value(
        "--positive",
        "The label a high score stands for. Default: unreliable or fake, where one of them occurs.",
    ),
]
Negative = Annotated[
    str | None, _value("--negative", "The other label; articles with any further label are left out.")
]
Risk = Annotated[
    float | None,
    typer.Option(
        "--risk",
        metavar="SHARE",
        help="Give only scores so sure that at most this share of them (0.2: a fifth) is on the wrong side of 0.5, as"
        " far as the model can promise it; the others abstain as model_unsure. Default: every score.",
        show_default=False,
    ),
]
Prevalence = Annotated[
    float | None,
    typer.Option(
        "--prevalence",
        metavar="SHARE",
        help="Share of positives you expect among these articles (0.05: a twentieth). Default: that of training.",
        show_default=False,
    ),
]
Out = Annotated[
    Path | None, _value("--out", "File to write, there whole or not at all. Default: standard output.")
]
Rejects = Annotated[
    Path | None,
    _value("--rejects", "File for records that can't be used. Default: OUT.rejects.jsonl beside --out."),
]

Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", min=1, help="Worker processes of a long run. Default: the cores.", show_default=False
    ),
]
Cluster = Annotated[
    str | None,
    _value("--cluster", "Address of a Dask scheduler whose workers do a long run (tcp://host:port)."),
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with an interrupted run, as called before, from where it was.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing of how far a long run is.")]


def family_names(families: str) -> list[str]:
    """Names from a comma-separated list; FamilyError where there is none."""
    names = [name.strip() for name in families.split(",") if name.strip()]
    if not names:
        raise FamilyError("--families names no signal family; `misinfo signals` lists them")
    return names
