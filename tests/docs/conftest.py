"""The code that makes the documentation site is no package: it is found by its folder."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs" / "making"))
