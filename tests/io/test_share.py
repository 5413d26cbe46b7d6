"""How much of the inputs is read."""

import gzip
import io
from pathlib import Path

import pytest

from classifier.io.ranges import read_chunks
from classifier.io.share import Share

ROWS = "".join(f"r{i},The mill may close {'.' * 20}\n" for i in range(100))


def values(inputs: list[str], **options: object) -> list[float | None]:
    share = Share(inputs, "auto")
    chunks = read_chunks(inputs, size=10, **options)  # type: ignore[arg-type]
    return [share.value for _ in share.followed(chunks)]


def test_of_a_table_it_grows_with_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,text\n" + ROWS)
    found = values([str(tmp_path / "in.csv")])
    assert len(found) == 10
    assert found[1:] == pytest.approx([n / 10 for n in range(1, 10)], abs=0.02)


def test_of_parquet_it_grows_with_the_rows(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow

    table = pyarrow.table({"text": [f"The mill may close {i}." for i in range(100)]})
    parquet.write_table(table, tmp_path / "in.parquet")
    found = values([str(tmp_path / "in.parquet")])
    assert found[1:] == pytest.approx([n / 10 for n in range(1, 10)])


def test_of_folders_and_packed_files_it_grows_file_by_file(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text("The mill may close.")
    assert values([str(tmp_path)])[1:] == pytest.approx([9 / 40 + n / 4 for n in range(1, 4)])
    packed = [tmp_path / "a.csv.gz", tmp_path / "b.csv.gz"]
    for path in packed:
        path.write_bytes(gzip.compress(f"text\n{ROWS}".replace("r", path.name[0]).encode()))
    found = values([str(path) for path in packed])
    assert found[0] is None and found[-1] == pytest.approx(0.5, abs=0.05)


def test_of_standard_input_it_is_not_known() -> None:
    assert values(["-"], stdin=io.BytesIO(b"The mill may close.")) == [None]
