"""Different words in equal stretches and phrases said again, against counting by hand."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.text.document import Document
from classifier.text.segment import segment, segment_all
from classifier.text.variety import PHRASE, WINDOW

WORDS = ("an", "be", "cat", "dog", "egg", "fox", "gnu", "hen", "ibex", "jay", "kite", "unconstitutionality")


def different(forms: Sequence[bytes]) -> list[int]:
    return [len(set(forms[i : i + WINDOW])) for i in range(len(forms) - WINDOW + 1)]


def back(forms: Sequence[bytes]) -> list[int]:
    result = []
    for i in range(len(forms)):
        phrase = forms[i : i + PHRASE]
        before = [j for j in range(i) if forms[j : j + PHRASE] == phrase and len(phrase) == PHRASE]
        result.append(i - before[-1] if before else 0)
    return result


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=130), max_size=4))
def test_variety_is_what_counting_gives(bodies: list[list[str]]) -> None:
    documents = [Document(str(i), " ".join(body) + " end.") for i, body in enumerate(bodies)]
    if not documents:
        return
    for text in segment_all(documents).texts:
        found = text.variety
        forms = [text.words.forms[i] for i in found.words.tolist()]
        assert found.different.tolist() == different(forms)
        assert found.back.tolist() == back(forms)
        alone = segment(text.document).variety
        assert [column.tolist() for column in found] == [column.tolist() for column in alone]


def test_only_words_of_the_body_count() -> None:
    raw = "Ferry Sails Again\n\nThe ferry sails again today.\n\nShare this article\n\nThe mill did not burn."
    text = segment(Document("a", raw))
    assert [text.words.forms[i] for i in text.variety.words.tolist()] == (
        b"the ferry sails again today the mill did not burn".split()
    )
