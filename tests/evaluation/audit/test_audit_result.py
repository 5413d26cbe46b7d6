"""The audit as a whole: what it takes, what it gives as data and as text, and that chance alone is no finding."""

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import clean, joined

from classifier.errors import TrainingError
from classifier.evaluation.audit import CHECKS, audit
from classifier.evaluation.duplicates import near_duplicate_clusters


def test_labels_drawn_at_random_are_hardly_ever_told_by_anything() -> None:
    """30 checks of 40 corpora in which a third of the texts have each trace, whatever their label."""
    draw = random.Random(3)
    false_alarms = 0
    for seed in range(40):
        corpus = clean(80, seed=seed)
        additions = (
            " Share on Facebook",
            " (Reuters)",
            " It was a hoax.",
            "\n\nhttp://quay.example",
            " All rights reserved.",
        )
        texts = [text + "".join(a for a in additions if draw.random() < 0.33) for text in corpus.texts]
        missing = [None if draw.random() < 0.3 else day for day in corpus.dates]
        found = replace(corpus, texts=texts, dates=missing).audit().findings
        false_alarms += sum(finding.severity is not None for finding in found)
    # each comparison is wrong once in 1,000 times; these are some 1,400 comparisons
    assert false_alarms <= 6


def test_known_clusters_are_used_and_change_nothing() -> None:
    corpus = clean(60)
    texts = [*corpus.texts[:-2], corpus.texts[0], f"{corpus.texts[1]} It rained."]
    clusters = near_duplicate_clusters(texts)
    assert audit(texts, corpus.labels, clusters=clusters) == audit(texts, corpus.labels)
    told_apart = audit(texts, corpus.labels, clusters=np.arange(len(texts)))
    assert told_apart.findings[:2] != audit(texts, corpus.labels).findings[:2]


def test_each_corpus_is_looked_at_as_if_it_were_alone() -> None:
    first = clean(120, corpus="first").texts_of("fake", lambda t: f"{t} (Reuters)")
    second = clean(120, seed=1, corpus="second").texts_of("real", lambda t: f"{t} (Reuters)")
    both = joined(first, second).audit()
    assert list(both.by_corpus) == ["first", "second"]
    for corpus in (first, second):
        alone = {finding.code: finding for finding in corpus.audit().findings}
        for finding in both.by_corpus[corpus.corpora[0]]:
            ids = finding.examples  # these are numbered through
            assert finding == replace(alone[finding.code], examples=ids)
    # what points to one label here and to the other there is seen in each corpus, and not in both together
    pooled = {finding.code: finding for finding in both.findings}
    assert pooled["agency_tags"].status == "passed"
    assert "agency_tags                   !!  !!" in both.text()


def test_as_data() -> None:
    corpus = clean(60, corpus="only").texts_of("fake", lambda t: f"{t} (Reuters)")
    done = corpus.audit()
    found = json.loads(json.dumps(done.to_dict(), allow_nan=False))
    assert (found["schema"], found["n_articles"], found["labels"]) == (1, 60, {"fake": 30, "real": 30})
    assert found["corpora"] == {"only": 60}
    assert found["by_corpus"] == {}
    assert [f["code"] for f in found["findings"]] == list(CHECKS)
    assert sum(found["counts"].values()) == len(CHECKS)
    (tags,) = (f for f in found["findings"] if f["code"] == "agency_tags")
    assert (tags["status"], tags["severity"], len(tags["examples"])) == ("issue", "high", 5)
    assert tags["figures"]["by_label"] == {"fake": 1, "real": 0}


def test_as_text() -> None:
    text = (
        joined(clean(60, corpus="a").texts_of("fake", lambda t: f"{t} (Reuters)"), clean(60, seed=1))
        .audit()
        .text()
    )
    assert max(map(len, text.splitlines())) <= 110
    assert text.startswith("Audit of 120 articles (fake 60, real 60)")
    headings = re.findall(r"^(Issues|Tips|Passed|Not applicable|Each corpus)", text, re.MULTILINE)
    assert headings == [
        h for h in ("Issues", "Tips", "Passed", "Not applicable", "Each corpus") if h in headings
    ]
    assert "Do: Take the tags" in text
    assert re.fullmatch(r"\d+ issues?, \d+ tips?, \d+ passed, \d+ not applicable", text.splitlines()[-1])


@pytest.mark.parametrize(
    ("texts", "labels", "options", "error"),
    [
        ([], [], {}, TrainingError),
        (["a"], ["fake"], {"positive": "junk"}, TrainingError),
        (["a"], ["fake", "real"], {}, ValueError),
        (["a"], ["fake"], {"dates": []}, ValueError),
        (["a"], ["fake"], {"clusters": np.zeros(2, np.int64)}, ValueError),
    ],
)
def test_what_is_refused(texts, labels, options, error) -> None:
    with pytest.raises(error):
        audit(texts, labels, **options)


_rows = st.lists(
    st.tuples(
        st.one_of(
            st.text(max_size=80),
            st.sampled_from(["", " ", "Quay", "<p>a</p>", "a\ufffd", "\ud800", "Share\n\n..."]),
        ),
        st.sampled_from([None, "a", "b", ""]),
        st.one_of(st.none(), st.text(max_size=8), st.sampled_from(["a.example", "http://", ".", "www."])),
        st.sampled_from([None, "", "2021-02-30", "2021-02-11T10:00:00Z", "May", "0001-01-01"]),
        st.sampled_from(["x", "y"]),
    ),
    min_size=1,
    max_size=60,
)


@given(_rows)
@settings(max_examples=60)
def test_any_articles_can_be_audited(rows) -> None:
    texts, labels, publishers, dates, corpora = map(list, zip(*rows, strict=True))
    columns = {
        "publishers": publishers,
        "dates": dates,
        "titles": publishers,
        "corpora": corpora,
        "urls": publishers,
    }
    done = audit(texts, labels, **columns)
    assert done == audit(texts, labels, **columns)
    msgspec.json.encode(done.to_dict())  # refuses numbers of numpy
    json.dumps(done.to_dict(), allow_nan=False)
    assert done.text().endswith(done.summary() + "\n")
    assert all(
        f.says.endswith(".") and (f.severity is None) == (f.status not in ("issue", "tip"))
        for f in done.findings
    )


def test_the_page_has_every_check() -> None:
    page = (Path(__file__).parents[3] / "docs" / "audit.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    named = [code for row in rows for code in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert named == list(CHECKS)
