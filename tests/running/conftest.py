"""Runs that are hurt, in an empty folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hurt import Hurt


@pytest.fixture
def hurt(tmp_path: Path, small_model: Path) -> Iterator[Hurt]:
    there = Hurt(tmp_path, small_model)
    yield there
    there.end()
