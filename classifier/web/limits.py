"""What one request may cost."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Bounds of the service; beyond them a request is refused with a sentence."""

    article_bytes: int = 2_000_000
    batch_bytes: int = 20_000_000
    batch_records: int = 2_000
    receive_seconds: float = 20  # for a request to arrive
    work_seconds: float = 60  # for its answer to be worked out
    waiting: int = 32  # requests that may wait for their turn


DEFAULT = Limits()
