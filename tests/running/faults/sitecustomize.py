"""Makes texts do what they say, in every Python process started with this folder on its path.

``COUNT name`` adds a byte to the file `name`; ``WAIT name`` writes the process id to ``name.reached`` and waits
until the file `name` is there; ``KILL`` kills the process that scores it; ``RAISE`` raises an error; ``EXHAUST``
asks for more memory than the process may have. The files are in the folder MISINFO_FAULTS.
"""

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_ORDER = re.compile(r"\b(COUNT|WAIT) (\w+)|\b(KILL|RAISE|EXHAUST)\b")


def obey(text: str, folder: Path) -> None:
    for named, name, bare in _ORDER.findall(text):
        if named == "COUNT":
            with (folder / name).open("ab") as file:
                file.write(b".")
        elif named == "WAIT":
            (folder / "partly").write_text(str(os.getpid()))
            (folder / "partly").replace(folder / f"{name}.reached")
            while not (folder / name).exists():
                time.sleep(0.005)
        elif bare == "KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        elif bare == "RAISE":
            raise ZeroDivisionError("as told")
        elif bare == "EXHAUST":
            import resource

            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, resource.RLIM_INFINITY))
            bytearray(64 << 30)


if "MISINFO_FAULTS" in os.environ:
    from classifier.scoring.scorer import Scorer

    score_many = Scorer.score_many

    def obedient(self: Scorer, texts: Iterable[Any]) -> Iterator[Any]:
        documents = list(texts)
        for document in documents:
            obey(document.raw, Path(os.environ["MISINFO_FAULTS"]))
        yield from score_many(self, documents)

    Scorer.score_many = obedient  # type: ignore[method-assign]
