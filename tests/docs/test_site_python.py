"""What the pages about Python show runs, in its order, and prints what stands below it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("matplotlib")

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)
PAGES = [
    page for page in sorted((ROOT / "docs").rglob("*.md")) if "```python" in page.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_the_blocks_run_in_their_order(page: Path) -> None:
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    code = "\n".join(block for kind, block in blocks if kind == "python")
    said = "".join(block for kind, block in blocks if kind == "text")
    assert [kind for kind, _ in blocks] == ["python", "text"] * (len(blocks) // 2), (
        "each block shows what it prints"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error::FutureWarning", "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == said
