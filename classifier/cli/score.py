"""`misinfo score`: a probability with its reasons for each article, or why there is none."""

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from classifier.cli.exits import Exit, standard_output, tell
from classifier.cli.long import Asked, LongRun, begun, is_file, to_end
from classifier.cli.options import (
    Cluster,
    Encoding,
    IdColumn,
    InputFormat,
    Inputs,
    Model,
    Out,
    Prevalence,
    Quiet,
    Rejects,
    Resume,
    Risk,
    TextColumn,
    TitleColumn,
    Workers,
)
from classifier.cli.records import Rejected, html_page, keep_apart, on_terminal, output, write
from classifier.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classifier.scoring.answers import Answer


class ScoreFormat(StrEnum):
    """Output formats of `misinfo score`."""

    TEXT = "text"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    HTML = "html"


def score(
    inputs: Inputs,
    model: Model = None,
    risk: Risk = None,
    prevalence: Prevalence = None,
    format_: Annotated[
        ScoreFormat | None,
        typer.Option(
            "--format",
            help="html gives a page to look at, of one article. Default: by the ending of --out; text on a terminal,"
            " else jsonl.",
            show_default=False,
        ),
    ] = None,
    out: Out = None,
    rejects: Rejects = None,
    part_size: Annotated[
        int | None,
        typer.Option(
            "--part-size",
            min=1,
            help="Make --out a folder of files with so many results each.",
            show_default=False,
        ),
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(
            "--keep", help="Columns to carry through, separated by commas: url,date.", show_default=False
        ),
    ] = None,
    signals: Annotated[
        bool, typer.Option("--signals", help="Add everything that `misinfo mark` says.")
    ] = False,
    all_reasons: Annotated[
        bool,
        typer.Option("--all-reasons", help="Give the contribution of every measure, not only the largest."),
    ] = False,
    would_change: Annotated[
        bool,
        typer.Option(
            "--would-change", help="Add the smallest change of signals that would take the score across 0.5."
        ),
    ] = False,
    text: TextColumn = None,
    title: TitleColumn = None,
    id_: IdColumn = None,
    encoding: Encoding = None,
    input_format: InputFormat = "auto",
    workers: Workers = None,
    cluster: Cluster = None,
    resume: Resume = False,
    quiet: Quiet = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Read the first records, say what a run would do and take, and write nothing."
        ),
    ] = False,
) -> int:
    """Score articles: a probability with its reasons, or why none can be given."""
    from classifier.io import Columns, default_rejects_path, read, read_chunks
    from classifier.io.bundle import load_scorer
    from classifier.io.results import ResultFormat, ResultTable, result_format, write_parts, written_results
    from classifier.scoring.reasons import REASONS

    if part_size is not None and (out is None or format_ in (ScoreFormat.TEXT, ScoreFormat.HTML)):
        raise InputError("--part-size makes a folder of jsonl, csv or parquet files; name it with --out")
    asked = Asked(workers, cluster, resume, quiet)
    if not dry_run:
        asked.check(None if part_size is not None else out)
    scorer = load_scorer(model, risk=risk, prevalence=prevalence)
    if changed := scorer.bundle.check():
        tell(changed)
    keep_apart(inputs, out, rejects)
    default = ScoreFormat.TEXT if on_terminal(out) else ScoreFormat(result_format(out))
    chosen = format_ or default
    if chosen is ScoreFormat.PARQUET and on_terminal(out):
        raise InputError("Parquet is nothing for a terminal; name a file with --out")
    kept = tuple(name.strip() for name in (keep or "").split(",") if name.strip())
    columns = Columns(text=text, title=title, id=id_, keep=kept)
    rejects = rejects or default_rejects_path(out, inputs)
    looked_at = chosen in (ScoreFormat.TEXT, ScoreFormat.HTML)
    table = None
    if not looked_at:
        tabular = chosen is not ScoreFormat.JSONL
        if all_reasons and tabular and scorer.bundle.estimator.read_wording is not None:
            what = f"the model {scorer.bundle.name!r} reads thousands of words, a table has no room for all"
            raise InputError(f"{what}; write JSON Lines (--format jsonl) or leave --all-reasons out")
        n_reasons = len(scorer.bundle.groups) if all_reasons else REASONS
        table = ResultTable(ResultFormat(chosen), kept, signals, all_reasons, would_change, n_reasons)
    reading: dict[str, Any] = {
        "columns": columns,
        "encoding": encoding,
        "input_format": input_format,
        "notes": tell,
    }
    whole = part_size is not None or chosen is ScoreFormat.HTML
    target = out if out is not None and is_file(out) and not whole else None
    if dry_run or target is not None:
        from classifier.cli.forms import AnswersShown, Results
        from classifier.cli.terminal import Page
        from classifier.running.work import Scoring

        facts = {
            "command": "score",
            "model": f"{scorer.bundle.name} {scorer.bundle.sha256}",
            "--risk": risk,
            "--prevalence": prevalence,
            "--format": chosen.value,
            "--keep": ",".join(kept),
            "--signals": signals,
            "--all-reasons": all_reasons,
            "--would-change": would_change,
            "--text": text,
            "--title": title,
            "--id": id_,
            "--encoding": encoding,
            "--input-format": input_format,
        }
        form = AnswersShown(Page.of(False), all_reasons) if table is None else Results(table)
        run = LongRun(
            Scoring(scorer.bundle, risk, prevalence), form, inputs, input_format, facts, rejects, asked
        )
        chunks = read_chunks(inputs, **reading)
        if dry_run or target is None:
            from classifier.cli.plan import plan

            standard_output().write(plan(run, chunks).encode())
            return Exit.DONE
        short, left = begun(chunks, target)
        if left is not None:
            return to_end(run, left, target)
        records = iter(short)
    else:
        records = read(inputs, **reading)
    tally: Counter[str] = Counter()

    def counted(answers: "Iterable[Answer]") -> "Iterator[Answer]":
        for answer in answers:
            tally["abstained" if answer.score is None else "scored"] += 1
            yield answer

    with Rejected(rejects) as rejected:
        answers = counted(scorer.score_many(rejected.usable(records)))
        if chosen is ScoreFormat.HTML:
            with output(out) as stream:
                write(html_page(answers), out, stream)
        elif table is None:
            from classifier.cli.show import shown_answers
            from classifier.cli.terminal import Page

            page = Page.of(on_terminal(out))
            shown = shown_answers(answers, page, every=all_reasons)
            with output(out) as stream:
                write((part.encode() for part in shown), out, stream)
        elif out is not None and part_size is not None:
            write_parts(out, answers, table, part_size)
        else:
            with output(out) as stream, written_results(stream, table) as results:
                for answer in answers:
                    results.write(answer)
                    if out is None:
                        stream.flush()
    return rejected.end(f"{tally['scored']} scored, {tally['abstained']} abstained", tally.total())
