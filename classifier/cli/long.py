"""Runs that are too long to lose: through worker processes, with a run folder beside the output."""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from classifier.cli.exits import Exit, tell
from classifier.cli.interrupts import Interrupts
from classifier.cli.progress import Progress
from classifier.errors import InputError, MisinfoError

if TYPE_CHECKING:
    from classifier.io.read import Record
    from classifier.io.runs import RunFolder
    from classifier.running.chunks import Chunk
    from classifier.running.work import Form, Work


class Asked(NamedTuple):
    """How the user wants a long run to be done."""

    workers: int | None
    cluster: str | None
    resume: bool
    quiet: bool

    def check(self, out: Path | None) -> None:
        """Raise InputError where this can't be had without a file to write."""
        if out is not None and (out.is_file() or not out.exists()):
            return
        named = {"--workers": (self.workers or 1) > 1, "--cluster": self.cluster, "--resume": self.resume}
        for option, said in named.items():
            if said:
                raise InputError(
                    f"{option} needs a file to write, for a run that streams is done by one process and"
                    " can't be resumed; say --out with a file"
                )


class LongRun(NamedTuple):
    """What is to be done, where it comes from and where it goes."""

    work: "Work"
    form: "Form"
    inputs: list[str]
    input_format: str
    facts: Mapping[str, str | int | bool | None]
    out: Path
    rejects: Path | None
    asked: Asked


def begun(records: "Iterator[Record]", out: Path | None) -> "tuple[Iterator[Record], Iterator[Chunk] | None]":
    """The records as they come, or, for a long run, their chunks: what fits in one chunk is streamed."""
    from classifier.io.runs import run_folder
    from classifier.running.chunks import cut

    if out is None or (out.exists() and not out.is_file()):
        return records, None
    chunks = cut(records)
    if run_folder(out).exists():
        return iter(()), chunks
    first, second = next(chunks, None), next(chunks, None)
    if first is not None and second is not None:
        return iter(()), chain((first, second), chunks)
    return iter(first.records if first is not None else ()), None


def to_end(run: LongRun, chunks: "Iterator[Chunk]") -> Exit:
    """Run it, say what came of it, and give the exit code."""
    from classifier.io.runs import RunFolder
    from classifier.running.pool import pool
    from classifier.running.run import Run
    from classifier.running.work import installed

    facts = {"version": installed(), **run.facts}
    asked = run.asked
    with (
        Interrupts() as interrupts,
        RunFolder(run.out, facts, run.inputs, run.input_format, resume=asked.resume) as folder,
    ):
        if asked.resume and not folder.finished:
            tell(f"there is no unfinished run beside {run.out}; it starts from the beginning")
        progress = Progress(interrupts, lambda: None, quiet=asked.quiet)
        try:
            with pool(asked.workers or cores(), asked.cluster) as workers:
                going = Run(run.work, run.form, folder, workers, progress)
                going.to_end(chunks)
            progress.wipe()
            if going.complete:
                folder.join(run.form.join, run.rejects, going.chunks)
        except (MisinfoError, KeyboardInterrupt) as error:
            progress.wipe()
            _tell_kept(folder)
            if isinstance(error, KeyboardInterrupt):
                return Exit.INTERRUPTED
            raise
        if not going.complete:
            _tell_kept(folder)
            return Exit.INTERRUPTED
    counts = progress.tally
    rejected = counts.pop("rejected", 0)
    done = ", ".join(f"{counts[name]} {name}" for name in run.work.outcomes)
    tell(f"{done}, {rejected} rejected")
    return Exit.REJECTS if rejected else Exit.DONE


def _tell_kept(folder: "RunFolder") -> None:
    if kept := sum(done.records for done in folder.finished.values()):
        tell(f"{kept:,} records are finished and kept; the same command with --resume goes on from there")
    else:
        tell("no chunk was finished; nothing is kept")


def cores() -> int:
    """How many processors this process may use."""
    from joblib import cpu_count

    return int(cpu_count())
