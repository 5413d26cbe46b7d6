"""Every kind of broken row between every kind of good ones: it costs itself, and the rest is read.

Each kind stands at every place, with both line ends, beside plain, quoted and several-line records: 30 kinds of rows
of a table and 29 of JSON Lines, 360 and 348 files. Each record is accounted for with its line.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from classifier.io import read, read_chunks, read_ranges
from classifier.text.document import REJECT_CODES, Document

TEXT = "Zoë said “no” – so did Åke and Øystein and Émile."  # sound letters beyond ASCII: the file is UTF-8

# name, the row, for each record it comes to: code (None: a document), id, lines it takes
CSV_KINDS: list[tuple[str, str, list[tuple[str | None, str | None, int]]]] = [
    ("short", "x,One", [("wrong_columns", "x", 1)]),
    ("id alone", "x", [("wrong_columns", "x", 1)]),
    ("long", "x,One,l,more", [("wrong_columns", "x", 1)]),
    ("very long", "x,One,l" + ",more" * 99, [("wrong_columns", "x", 1)]),
    ("other separator", "x;One;l", [("wrong_columns", "x;One;l", 1)]),
    ("tabs", "x\tOne\tl", [("wrong_columns", "x\tOne\tl", 1)]),
    ("no text", "x,,l", [("empty_text", "x", 1)]),
    ("blank text", "x,  ,l", [("empty_text", "x", 1)]),
    ("quoted nothing", 'x,"",l', [("empty_text", "x", 1)]),
    ("no-break space", "x,\u00a0,l", [("empty_text", "x", 1)]),
    ("mark of byte order", "x,\ufeff,l", [("empty_text", "x", 1)]),
    ("separators alone", ",,", [("empty_text", None, 1)]),
    ("id of another", "g0,One,l", [("duplicate_id", "g0", 1)]),
    ("open text", 'x,"One,l', [("unclosed_quote", "x", 1)]),
    ("open label", 'x,One,"l', [("unclosed_quote", "x", 1)]),
    ("open id", '"x,One,l', [("unclosed_quote", None, 1)]),
    ("one mark", 'x,",l', [("unclosed_quote", "x", 1)]),
    ("three marks", 'x,""",l', [("unclosed_quote", "x", 1)]),
    ("text behind the mark", 'x,"One"two,l', [("unclosed_quote", "x", 1)]),
    ("marks not doubled", 'x,"One "two" three",l', [("unclosed_quote", "x", 1)]),
    ("open over lines", 'x,"One\nTwo,l', [("unclosed_quote", "x", 1), ("wrong_columns", "Two", 1)]),
    ("long over lines", 'x,"One\nTwo",l,more', [("wrong_columns", "x", 2)]),
    ("short over lines", 'x,"One\nTwo"', [("wrong_columns", "x", 2)]),
    ("bytes in the text", "x,caf\udce9,l", [("invalid_utf8", "x", 1)]),
    ("bytes in the id", "x\udcff,One,l", [("invalid_utf8", None, 1)]),
    ("bytes in the label", "x,One,\udc80", [("invalid_utf8", "x", 1)]),
    ("mark inside", 'x,On"e,l', [(None, "x", 1)]),
    ("NUL", "x,One\x00,l", [(None, "x", 1)]),
    ("form feed and line separator", "x,One\x0c\u2028two,l", [(None, "x", 1)]),
    ("empty line", "", []),
]
CSV_GOOD = {
    "plain": f"{{}},{TEXT},l",
    "quoted": f'"{{}}","{TEXT}, ""so""","l"',
    "lines": f'{{}},"{TEXT}\n\nMore, ""so""\n",l',
}

JSON_KINDS: list[tuple[str, str, list[tuple[str | None, str | None, int]]]] = [
    *(
        (name, line, [("invalid_json", None, 1)])
        for name, line in [
            ("cut in the text", '{"id": "x", "text": "On'),
            ("cut behind the text", '{"id": "x", "text": "One"'),
            ("cut in a key", '{"id": "x", "te'),
            ("brace alone", "{"),
            ("closing brace", "}"),
            ("comma at the end", '{"id": "x", "text": "One",}'),
            ("comma behind", '{"id": "x", "text": "One"},'),
            ("two objects", '{"id": "x", "text": "One"}{"id": "x2", "text": "Two"}'),
            ("single quotes", "{'id': 'x', 'text': 'One'}"),
            ("no quotes", "{id: x, text: One}"),
            ("comment", '{"id": "x", "text": "One"} // so'),
            ("NaN", '{"id": "x", "text": "One", "n": NaN}'),
            ("half a surrogate pair", '{"id": "x", "text": "\\ud83d"}'),
            ("raw tab in a string", '{"id": "x", "text": "a\tb"}'),
            ("words", "Officials said so."),
            ("deep", "[" * 100_000),
        ]
    ),
    *(
        (name, line, [("not_an_object", None, 1)])
        for name, line in [("array", '["x", "One"]'), ("null", "null"), ("string", '"One"'), ("number", "17")]
    ),
    ("no text", '{"id": "x", "body": "One"}', [("missing_text", "x", 1)]),
    ("null text", '{"id": "x", "text": null}', [("null_text", "x", 1)]),
    ("number for text", '{"id": "x", "text": 5}', [("text_not_string", "x", 1)]),
    ("list for text", '{"id": "x", "text": ["One"]}', [("text_not_string", "x", 1)]),
    ("blank text", '{"id": "x", "text": " \\n\\u00a0"}', [("empty_text", "x", 1)]),
    ("id of another", '{"id": "g0", "text": "One"}', [("duplicate_id", "g0", 1)]),
    ("bytes", '{"id": "x", "text": "caf\udce9"}', [("invalid_utf8", None, 1)]),
    ("key twice", '{"id": "y", "id": "x", "text": "One"}', [(None, "x", 1)]),
    ("blank line", "  ", []),
]
JSON_GOOD = {
    "plain": f'{{{{"id": "{{}}", "text": "{TEXT}"}}}}',
    "quoted": f'{{{{"id": "{{}}", "text": "{TEXT} \\"so\\" \\u2028"}}}}',
    "lines": f'\n{{{{"id": "{{}}", "text": "{TEXT}\\nMore"}}}}',
}


def cases(kinds: list[Any], good: dict[str, str]) -> Iterator[Any]:
    for (name, row, outcome), beside, end, place in product(kinds, good, ["\n", "\r\n"], ["middle", "end"]):
        yield pytest.param(row, outcome, good[beside], end, place, id=f"{name}-{beside}-{end!r}-{place}")


def check(path: Path, head: str, row: str, outcome: Any, good: str, end: str, place: str) -> None:
    before, after = 2, 3 if place == "middle" else 0
    rows = (
        [good.format(f"g{n}") for n in range(before)] + [row] + [good.format(f"h{n}") for n in range(after)]
    )
    data = end.join([head, *rows] if head else rows).replace("\n", end).replace("\r\r", "\r")
    path.write_bytes((data + end).encode("utf-8", "surrogateescape"))

    expected: list[Any] = [(f"g{n}",) for n in range(before)]
    line, record = 1 + bool(head) + before * (good.count("\n") + 1), before
    for code, own_id, taken in outcome:
        record += 1
        expected.append((own_id,) if code is None else (record, line, own_id, code))
        line += taken
    expected += [(f"h{n}",) for n in range(after)]

    got = list(read([path]))
    brief = [(r.id,) if isinstance(r, Document) else (r.record, r.line, r.id, r.code) for r in got]
    assert brief == expected
    assert all(r.raw.startswith(TEXT) for r in got if isinstance(r, Document) and r.id[0] in "gh")
    assert all(isinstance(r, Document) or (r.code in REJECT_CODES and r.message and r.remedy) for r in got)
    chunks = list(read_chunks([path], size=2))
    assert [r for chunk in chunks for r in read_ranges(chunk.ranges)] == got


@pytest.mark.parametrize(("row", "outcome", "good", "end", "place"), list(cases(CSV_KINDS, CSV_GOOD)))
def test_table(tmp_path: Path, row: Any, outcome: Any, good: Any, end: Any, place: Any) -> None:
    check(tmp_path / "t.csv", "id,text,label", row, outcome, good, end, place)


@pytest.mark.parametrize(("row", "outcome", "good", "end", "place"), list(cases(JSON_KINDS, JSON_GOOD)))
def test_json_lines(tmp_path: Path, row: Any, outcome: Any, good: Any, end: Any, place: Any) -> None:
    check(tmp_path / "t.jsonl", "", row, outcome, good, end, place)


def test_there_are_three_hundred_kinds_of_each() -> None:
    assert len(list(cases(CSV_KINDS, CSV_GOOD))) >= 300
    assert len(list(cases(JSON_KINDS, JSON_GOOD))) >= 300
