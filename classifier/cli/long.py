"""Runs that are too long to lose: through worker processes, with a run folder beside the output."""

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from classifier.cli.exits import Exit, tell
from classifier.cli.interrupts import Interrupts
from classifier.errors import InputError, MisinfoError

if TYPE_CHECKING:
    from classifier.io.ranges import Chunk
    from classifier.io.runs import RunFolder
    from classifier.running.work import Form, Work
    from classifier.text.document import Document, Reject


class Asked(NamedTuple):
    """How the user wants a long run to be done."""

    workers: int | None
    cluster: str | None
    resume: bool
    quiet: bool

    def check(self, out: Path | None) -> None:
        """Raise InputError where this can't be had without a file to write."""
        if is_file(out):
            return
        named = {"--workers": (self.workers or 1) > 1, "--cluster": self.cluster, "--resume": self.resume}
        for option, said in named.items():
            if said:
                raise InputError(
                    f"{option} needs a file to write, for a run that streams is done by one process and"
                    " can't be resumed; say --out with a file"
                )


class LongRun(NamedTuple):
    """What is to be done, with what, and how."""

    work: "Work"
    form: "Form"
    inputs: list[str]
    input_format: str
    facts: Mapping[str, str | float | bool | None]
    rejects: Path | None
    asked: Asked


def is_file(out: Path | None) -> bool:
    """Whether the output is, or will be, a file, and not standard output, a device, a pipe or a folder."""
    return out is not None and (out.is_file() or not out.exists())


def begun(chunks: "Iterator[Chunk]", out: Path) -> "tuple[list[Document | Reject], Iterator[Chunk] | None]":
    """The records of a run that is short, all in one chunk, or else the chunks of a long one."""
    from classifier.io.runs import run_folder

    if run_folder(out).exists():
        return [], chunks
    start = list(islice(chunks, 2))
    if len(start) < 2:
        return (start[0].records if start else []), None
    return [], chain(start, chunks)


def to_end(run: LongRun, chunks: "Iterator[Chunk]", out: Path) -> Exit:
    """Run it, say what came of it, and give the exit code."""
    from classifier.cli.progress import Progress
    from classifier.io.runs import RunFolder
    from classifier.io.share import Share
    from classifier.running.chunks import numbered
    from classifier.running.pool import pool
    from classifier.running.run import Run
    from classifier.running.work import installed

    facts = {"version": installed(), **run.facts}
    asked = run.asked
    with (
        Interrupts() as interrupts,
        RunFolder(out, facts, run.inputs, run.input_format, resume=asked.resume) as folder,
    ):
        if asked.resume and not folder.finished:
            tell(f"there is no unfinished run beside {out}; it starts from the beginning")
        share = Share(run.inputs, run.input_format)
        progress = Progress(interrupts, lambda: share.value, quiet=asked.quiet)
        try:
            with pool(asked.workers or cores(), asked.cluster) as workers:
                going = Run(run.work, run.form, folder, workers, progress)
                going.to_end(numbered(share.followed(chunks)))
            progress.wipe()
            if going.complete:
                folder.join(run.form.join, run.rejects, going.chunks)
        except (MisinfoError, KeyboardInterrupt) as error:
            progress.wipe()
            stopped = isinstance(error, KeyboardInterrupt)
            if stopped or folder.finished:
                _tell_kept(folder)
            if stopped:
                return Exit.INTERRUPTED
            raise
        if not going.complete:
            _tell_kept(folder)
            return Exit.INTERRUPTED
    rejected = progress.tally["rejected"]
    done = ", ".join(f"{progress.tally[name]} {name}" for name in run.work.outcomes)
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
