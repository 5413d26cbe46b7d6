"""Ctrl-C and SIGTERM during a long run: the first lets it end in order, the second stops it at once."""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any, Self

_SAYS = b"misinfo: interrupted; the chunks under way are finished first, once more stops at once\n"


class Interrupts:
    """Within the block the first SIGINT or SIGTERM sets `came`, and the next one raises KeyboardInterrupt."""

    def __init__(self) -> None:
        self.came = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._take)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _take(self, _number: int, _frame: FrameType | None) -> None:
        if self.came:
            raise KeyboardInterrupt
        self.came = True
        if sys.stderr is not None:
            with suppress(OSError, ValueError):  # not `print`, which the signal may have come in the midst of
                os.write(sys.stderr.fileno(), _SAYS)
