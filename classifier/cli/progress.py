"""What a long run says on stderr while it goes on."""

import sys
import time
from collections import Counter
from collections.abc import Callable

from classifier.cli.exits import tell
from classifier.cli.interrupts import Interrupts
from classifier.cli.records import TOLD
from classifier.running.run import Watcher
from classifier.text.document import Reject

SHORTLY = 0.5  # seconds between two states on a terminal
PLAINLY = 10.0  # seconds between two lines in a file


class Progress(Watcher):
    """Records, records a second, rejects, abstentions and time left; `quiet` leaves all this out.

    `tally` is what became of the records so far, those of an earlier run among them. `read` says which share
    of the inputs is read, None where it can't be known.
    """

    def __init__(self, interrupts: Interrupts, read: Callable[[], float | None], *, quiet: bool) -> None:
        self.tally: Counter[str] = Counter()
        self._interrupts, self._read, self._quiet = interrupts, read, quiet
        self._terminal = sys.stderr is not None and sys.stderr.isatty()
        self._start = self._last = time.monotonic()
        self._earlier = 0
        self._already_read = 0.0
        self._told = 0
        self._shown = ""

    def stops(self) -> bool:
        """After an interrupt."""
        return self._interrupts.came

    def finished(self, tally: Counter[str], rejects: list[Reject], *, earlier: bool) -> None:
        """Count, tell the first rejects, and say how far the run is."""
        self.tally += tally
        if earlier:
            self._earlier += tally.total()
            self._already_read = self._read() or 0.0
            self._start = time.monotonic()
        for reject in rejects:
            self._told += 1
            if self._told <= TOLD:
                place = f", record {reject.record}, line {reject.line}"
                self.noticed(f"{reject.file}{place}: {reject.message}; {reject.remedy}")
            elif self._told == TOLD + 1:
                self.noticed("further rejects are not told one by one; the rejects file will hold them all")
        now = time.monotonic()
        if not self._quiet and now - self._last >= (SHORTLY if self._terminal else PLAINLY):
            self._last = now
            self._show(self.state(now - self._start))

    def noticed(self, note: str) -> None:
        """A line that stays."""
        self.wipe()
        tell(note)

    def state(self, seconds: float) -> str:
        """How far the run is after so many seconds."""
        done = self.tally.total()
        rate = (done - self._earlier) / seconds if seconds > 0 else 0.0
        parts = [f"{done:,} records", f"{rate:,.0f} records/s"]
        parts += [f"{self.tally[name]:,} {name}" for name in ("rejected", "abstained")]
        read = self._read()
        if read is not None and read > self._already_read and rate:
            left = seconds * (1 - read) / (read - self._already_read)
            parts.append(f"about {duration(left)} left")
        return ", ".join(parts)

    def wipe(self) -> None:
        """Take the state off the terminal."""
        if self._shown and sys.stderr is not None:
            print("\r" + " " * len(self._shown) + "\r", end="", file=sys.stderr, flush=True)
            self._shown = ""

    def _show(self, state: str) -> None:
        if self._terminal and sys.stderr is not None:
            self.wipe()
            self._shown = state
            print(state, end="", file=sys.stderr, flush=True)
        else:
            tell(state)


def duration(seconds: float) -> str:
    """Seconds, minutes or hours as people say them."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds // 3600:.0f} h {seconds % 3600 // 60:.0f} min"
