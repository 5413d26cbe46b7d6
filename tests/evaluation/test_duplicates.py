"""Near-duplicate clusters against a brute-force count, and which articles are kept."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.evaluation import duplicates
from classifier.evaluation.duplicates import (
    find_duplicates,
    keep_for_training,
    near_duplicate_clusters,
)
from classifier.evaluation.words import words

HARBOUR = "the ferry left the old harbour at dawn with nine passengers and a crate of oranges on its deck"
COUNCIL = "members of the town council argued for six hours about a bench that nobody wants to sit on"


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        # the same words under other punctuation, case and paragraphs
        (HARBOUR, HARBOUR.upper().replace(" ", "\n\n", 3) + "!?", True),
        # apostrophes lost to question marks
        (
            "Nobody’s dog didn’t bark at Anna’s gate today",
            "Nobody?s dog didn?t bark at Anna?s gate today",
            True,
        ),
        # cut short: all of the smaller set is shared though the Jaccard similarity is small
        (" ".join(HARBOUR.split()[:9]), HARBOUR + " " + COUNCIL, True),
        # one word differs in the middle: 5 of 15 shingles are lost on each side
        (HARBOUR, HARBOUR.replace("nine", "ten"), True),
        # two far words differ: 10 of 15 are lost
        (HARBOUR, HARBOUR.replace("harbour", "port").replace("oranges", "lemons"), False),
        (HARBOUR, COUNCIL, False),
        # the same words in another order
        (HARBOUR, " ".join(reversed(HARBOUR.split())), False),
        # under five words only equality counts
        ("rain at noon", "Rain, at noon.", True),
        ("rain at noon", "rain at noon again", False),
        ("rain at noon", f"rain at noon {COUNCIL}", False),
        ("rain at", "at rain", False),
        ("", "...", True),
        ("", "rain", False),
    ],
)
def test_pair(one: str, two: str, same: bool) -> None:
    for pair in ([one, two], [two, one]):
        clusters = near_duplicate_clusters(pair)
        assert (clusters[0] == clusters[1]) == same


@pytest.mark.parametrize(("shared_words", "same"), [(9, False), (10, False), (11, True)])
def test_containment_must_exceed_six_tenths(shared_words: int, same: bool) -> None:
    # 14 words have 10 shingles; the first 10 words hold 6 of them, which is 0.6 exactly.
    small = [f"a{i}" for i in range(14)]
    large = small[:shared_words] + [f"b{i}" for i in range(30)]
    clusters = near_duplicate_clusters([" ".join(small), " ".join(large)])
    assert (clusters[0] == clusters[1]) == same


def brute_force(texts: list[str]) -> list[set[int]]:
    sequences = [words(text) for text in texts]
    sets = [{tuple(s[i : i + 5]) for i in range(len(s) - 4)} for s in sequences]
    near = np.eye(len(texts), dtype=bool)
    for i, a in enumerate(sets):
        for j, b in enumerate(sets):
            if a and b:
                shared = len(a & b)
                jaccard, contained = shared / len(a | b), shared / min(len(a), len(b))
                near[i, j] = jaccard >= 0.5 or contained > 0.6 + 1e-9
            near[i, j] |= sequences[i] == sequences[j]
    for k in range(len(texts)):
        near |= near[:, [k]] & near[[k], :]
    return [set(np.flatnonzero(row).tolist()) for row in near]


@st.composite
def copied_texts(draw: st.DrawFn) -> list[str]:
    """Texts put together from a few shared passages of few words, so that copies in all degrees occur."""
    word = st.sampled_from(["ash", "bay", "cod", "dew", "elm", "fog", "gum"])
    passages = draw(st.lists(st.lists(word, min_size=2, max_size=9), min_size=2, max_size=6))
    pieces = st.lists(st.sampled_from(passages), min_size=0, max_size=4)
    return [" ".join(w for passage in text for w in passage) for text in draw(st.lists(pieces, max_size=14))]


@settings(max_examples=150, deadline=None)
@given(copied_texts())
def test_clusters_are_those_of_a_brute_force_count(texts: list[str]) -> None:
    clusters = near_duplicate_clusters(texts)
    assert clusters.shape == (len(texts),)
    assert [set(np.flatnonzero(clusters == c).tolist()) for c in clusters] == brute_force(texts)


@settings(max_examples=30, deadline=None)
@given(copied_texts())
def test_blocks_do_not_change_the_clusters(texts: list[str]) -> None:
    whole = near_duplicate_clusters(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duplicates, "_VERIFY_AT_ONCE", 3)
        assert np.array_equal(near_duplicate_clusters(texts), whole)


def test_a_common_footer_does_not_make_duplicates_but_does_not_hide_them_either() -> None:
    rng = np.random.default_rng(0)
    vocabulary = [f"w{i}" for i in range(3000)]

    def invented(n: int) -> str:
        return " ".join(rng.choice(vocabulary, n))

    footer = invented(40)
    own = [f"{invented(100)} {footer}" for _ in range(200)]
    stubs = [f"{invented(8)} {footer}" for _ in range(30)]
    clusters = near_duplicate_clusters([*own, *stubs, own[7] + " and more"])
    # Each stub is mostly footer, which stands whole in all the others: by the definition all are one cluster.
    assert len(set(clusters.tolist())) == 1
    clusters = near_duplicate_clusters([*own, own[7] + " and more"])
    assert clusters[-1] == clusters[7]
    assert len(set(clusters.tolist())) == len(own)


def test_ids_are_numbered_by_first_appearance_and_exact_copies_counted_apart() -> None:
    changed = HARBOUR.replace("nine", "ten")
    found = find_duplicates([COUNCIL, HARBOUR, changed, HARBOUR, "short text", COUNCIL.title()])
    assert found.near.tolist() == [0, 1, 1, 1, 2, 0]
    assert found.exact.tolist() == [0, 1, 2, 1, 3, 0]


def test_hashes_do_not_depend_on_the_process() -> None:
    program = (
        "import numpy as np; from classifier.evaluation.duplicates import _WordHashes, shingles;"
        "known = _WordHashes();"
        "print(shingles(np.array([known[w] for w in 'a b c d e f'.split()], np.uint64)))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert answers != {""}


def test_selection() -> None:
    near = np.array([0, 0, 1, 2, 2, 2, 3])
    labels = ["rel", "rel", "unr", "unr", "rel", "unr", "rel"]
    chosen = keep_for_training(near, np.array(labels))
    assert chosen.keep.tolist() == [True, False, True, False, False, False, True]
    assert chosen.reasons == (
        *("kept", "repeat", "kept"),
        *("contradictory_labels", "contradictory_labels", "contradictory_labels"),
        "kept",
    )
    assert (chosen.n_repeats, chosen.n_contradictory, chosen.n_contradictory_clusters) == (1, 3, 1)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1)), max_size=30))
def test_every_agreeing_cluster_keeps_exactly_its_first(rows: list[tuple[int, int]]) -> None:
    clusters, labels = np.array([c for c, _ in rows], np.int64), [label for _, label in rows]
    chosen = keep_for_training(clusters, labels)
    for cluster in set(clusters.tolist()):
        of = np.flatnonzero(clusters == cluster)
        agrees = len({labels[i] for i in of}) == 1
        assert np.flatnonzero(chosen.keep[of]).tolist() == ([0] if agrees else [])
    assert len(rows) == int(chosen.keep.sum()) + chosen.n_repeats + chosen.n_contradictory
