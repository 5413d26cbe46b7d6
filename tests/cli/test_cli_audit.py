"""`misinfo audit`: what it prints, writes and refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import Ran, corpus

Run = Callable[..., Ran]
HEADER = "id,publisher,date,text,label"


def planted(path: Path) -> Path:
    """A corpus whose unreliable articles carry a tag."""
    lines = corpus(path, per_label=30, publishers=12).read_text(encoding="utf-8").splitlines()
    tagged = [
        line.replace('"', '"LINDHAMN (Reuters) ', 1) if line.endswith("unreliable") else line
        for line in lines
    ]
    path.write_text("\n".join(tagged) + "\n", encoding="utf-8")
    return path


def test_findings_as_text_and_json(misinfo: Run, here: Path) -> None:
    planted(here / "c.csv")
    shown = misinfo("audit", "c.csv")
    assert shown.code == 0  # whatever was found
    assert shown.text.startswith(
        "Audit of 60 articles (reliable 30, unreliable 30) of 24 known publishers; corpora: c 60."
    )
    assert "agency_tags" in shown.text.split("Tips")[0]
    assert "not applicable" in shown.err

    data = misinfo("audit", "c.csv", "--format", "json")
    found = json.loads(data.text)
    assert (data.code, found["schema"], found["n_articles"]) == (0, 1, 60)
    (tags,) = (one for one in found["findings"] if one["code"] == "agency_tags")
    assert (tags["status"], tags["severity"]) == ("issue", "high")
    assert tags["figures"]["by_label"] == {"reliable": 0, "unreliable": 1}
    assert tags["examples"][0].startswith("a0-")

    written = misinfo("audit", "c.csv", "--format", "json", "--out", "audit.json")
    assert (written.code, written.out) == (0, b"")
    assert json.loads((here / "audit.json").read_text(encoding="utf-8")) == found


def test_each_file_is_a_corpus(misinfo: Run, here: Path) -> None:
    planted(here / "one.csv")
    corpus(here / "two.csv", per_label=30, publishers=12, seed=1)
    lines = (here / "one.csv").read_text(encoding="utf-8").splitlines()[1:6]
    with (here / "two.csv").open("a", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
    ran = misinfo("audit", "one.csv", "two.csv", "--format", "json")
    found = json.loads(ran.text)
    assert found["corpora"] == {"one": 60, "two": 65}
    (copies,) = (one for one in found["findings"] if one["code"] == "duplicates_between_corpora")
    assert copies["figures"]["articles"] == {"one / two": 5}
    assert list(found["by_corpus"]) == ["one", "two"]
    assert "Each corpus alone" in misinfo("audit", "one.csv", "two.csv").text


def test_named_columns_labels_and_rejects(misinfo: Run, here: Path) -> None:
    content = planted(here / "c.csv").read_text(encoding="utf-8")
    content = content.replace(HEADER, "nr,paper,day,story,judgement", 1).replace(",unreliable", ",junk")
    (here / "c.csv").write_text(content + "x,P,2023-01-11,Some words.,other\nbad,row\n")
    names = ["--id", "nr", "--publisher", "paper", "--date", "day", "--text", "story", "--label", "judgement"]
    ran = misinfo("audit", "c.csv", *names, "--rejects", "r")
    assert ran.code == 1
    assert "other 1" in ran.text
    assert json.loads((here / "r").read_text(encoding="utf-8"))["code"] == "wrong_columns"
    assert ran.err.endswith("1 records rejected\n")

    against_all = misinfo("audit", "c.csv", *names, "--positive", "junk")
    assert "more often where the label is junk" in " ".join(against_all.text.split())
    two = misinfo("audit", "c.csv", *names, "--positive", "junk", "--negative", "reliable")
    assert "left out: 1 articles" in two.err
    assert "other 1" not in two.text


def test_own_addresses_are_known_from_the_url(misinfo: Run, here: Path) -> None:
    rows = [
        {
            "id": f"a{i}",
            "label": ("fake", "real")[i % 2],
            "url": f"http://oar{i}.example/{i}",
            "text": f"oar{i}.example/{i} Boat {i}.",
        }
        for i in range(60)
    ]
    (here / "c.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert "The article's own web address stands in 100%" in misinfo("audit", "c.jsonl").text.replace(
        "\n" + 38 * " ", " "
    )


FEW = "text,label\nThe quay was built.,fake\nIt sank.,real\n"


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (FEW, ["--positive", "bogus"], ["'bogus'", "fake, real"]),
        (FEW, ["--negative", "real"], ["--positive"]),
        (FEW, ["--label", "verdict"], ["'verdict'"]),
        (FEW, ["--out", "c.csv"], ["c.csv"]),
        (FEW, ["--format", "html"], ["html"]),
        ("", [], ["empty"]),
    ],
    ids=["no such label", "one label of two", "no such column", "own input", "no such format", "empty"],
)
def test_what_is_refused(content: str, options: list[str], said: list[str], misinfo: Run, here: Path) -> None:
    (here / "c.csv").write_text(content, encoding="utf-8")
    ran = misinfo("audit", "c.csv", *options)
    assert (ran.code, ran.out) == (2, b"")
    for words in said:
        assert words in ran.err
    assert (here / "c.csv").read_text(encoding="utf-8") == content


def test_few_articles_without_labels_can_be_audited(misinfo: Run, here: Path) -> None:
    (here / "c.csv").write_text("text\nThe quay was built.\nIt sank.\n", encoding="utf-8")
    ran = misinfo("audit", "c.csv")
    assert ran.code == 0
    assert "Because no article has a label." in ran.text
