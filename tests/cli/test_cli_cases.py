"""The tables among the shared cases: where each record has to end, and at which offsets hedges are marked."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Ran

TABLES = ["broken_lines.jsonl", "excel_semicolons.csv", "excel_unicode_text.txt"]
SAME_CODE = {
    "wrong_field_count": {"wrong_columns"},
    "language not covered": {"language_not_supported"},
    "no words": {"too_short", "not_running_text"},
}


@pytest.mark.parametrize("name", TABLES)
def test_every_record_ends_where_it_should(
    name: str, misinfo: Callable[..., Ran], here: Path, shared: Path, small_model: Path
) -> None:
    path = shared / "cases" / name
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    gold = json.loads((path.parent / f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    ran = misinfo(
        "score", path, "--signals", "--model", small_model, "--out", "o.jsonl", "--rejects", "r.jsonl"
    )
    answers = {a["id"]: a for a in map(json.loads, (here / "o.jsonl").read_text("utf-8").splitlines())}
    refused_file = here / "r.jsonl"
    refused_lines = refused_file.read_text("utf-8").splitlines() if refused_file.exists() else []
    rejects = [json.loads(line) for line in refused_lines]
    ids = {record["id"] for record in gold["records"]}
    counts = Counter("score" in answer for answer in answers.values())

    assert ran.code == int(bool(rejects))
    assert len(answers) + len(rejects) == len(gold["records"])
    summary = f"misinfo: {counts[True]} scored, {counts[False]} abstained, {len(rejects)} rejected"
    assert ran.err.splitlines()[-1] == summary
    for number, record in enumerate(gold["records"], 1):
        place = ("line", record["line"]) if "line" in record else ("record", number)
        refused = [reject for reject in rejects if reject[place[0]] == place[1]]
        if record["result"] == "rejected" or refused:
            assert record["result"] in ("rejected", "either") or "missing id" in record.get("note", ""), (
                record
            )
            assert len(refused) == 1
            if "reason" in record:
                assert refused[0]["code"] in SAME_CODE.get(record["reason"], {record["reason"]})
            continue
        given = answers[record["id"]] if record["id"] is not None else first_other(answers, ids)
        assert ("score" in given) != ("abstained" in given)
        marks = {(hedge["start"], hedge["end"]) for hedge in given["signals"]["hedges"]}
        if "hedges" in record:
            assert marks == {(hedge["start"], hedge["end"]) for hedge in record["hedges"]}


def first_other(answers: dict[str, Any], ids: set[str]) -> Any:
    return next(answer for name, answer in answers.items() if name not in ids)


def test_the_cases_are_all_looked_at(shared: Path) -> None:
    tables = {
        json.loads(gold.read_text(encoding="utf-8"))["document"]
        for gold in (shared / "cases").glob("*.gold.json")
        if re.search(r'"records"\s*:', gold.read_text(encoding="utf-8"))
    }
    assert tables == set(TABLES)
