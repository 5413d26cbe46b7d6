"""Names: runs of capitalised words, what opens a sentence, headings, and texts worked out together."""

import pytest

from classifier.text.document import Document
from classifier.text.segment import segment, segment_all

LEAD = "The clerk of the parish read the list to the board in the hall by the quay. "


def names(text: str) -> list[str]:
    one = segment(Document("x", text))
    starts, ends = one.words.start, one.words.end
    return [text[starts[a] : ends[b - 1]] for a, b in zip(one.names.first, one.names.last, strict=True)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The bell was sold to Ada Holm by the smith.", ["Ada Holm"]),
        ("Ada Holm sold the bell.", ["Ada Holm"]),
        ("Holm sold the bell.", []),
        ("NATO sold the bell.", ["NATO"]),
        ("The Holm family sold the bell.", ["Holm"]),
        ("In Norway the bell was sold.", ["Norway"]),
        ("The bell, said Mr. J. R. Holm, was sold.", ["Mr. J. R. Holm"]),
        ("He wrote to the U.S. Senate about the bell.", ["U.S. Senate"]),
        ("He left Jean-Luc de Vries and the Bay of Plenty.", ["Jean-Luc de Vries", "Bay of Plenty"]),
        ("He left the city of Holm in the spring.", ["Holm"]),
        ("He asked Holm, Vries and Arnell about it.", ["Holm", "Vries", "Arnell"]),
        ("Holm’s bell and Ada’s hat were sold to Vries’s son.", ["Ada", "Vries"]),
        ("He said, “The bell is gone,” and left.", []),
        ("He said, “Ada Holm is gone,” Vries wrote.", ["Ada Holm", "Vries"]),
        ("I think that I am right, and I’m glad.", []),
        ("The fair is on Monday in October.", []),
        ("The list: Bread, milk and salt.", []),
        ("The plan was called A by the smith.", []),
        ("SHOCKING NEWS ABOUT THE BELL OF HOLM.", []),
        ("The ship Ångström left.", ["Ångström"]),
    ],
)
def test_names_of_a_sentence(sentence: str, found: list[str]) -> None:
    assert names(LEAD + "\n\n" + sentence) == found


def test_the_headline_and_headings_have_no_names() -> None:
    text = f"Old Bell of Holm Is Sold\n\n{LEAD * 2}\n\nMore About the Bell of Holm\n\n{LEAD}"
    assert names(text) == []


def test_texts_worked_out_together_have_the_names_of_each() -> None:
    texts = ["Holm", "Ada Holm left. ", "", "I saw Ada", LEAD + "Ada Holm left Norway.", "“Holm"]
    documents = [Document(str(i), t) for i, t in enumerate(texts)]
    together = [(t.names.first.tolist(), t.names.last.tolist()) for t in segment_all(documents).texts]
    alone = [(t.names.first.tolist(), t.names.last.tolist()) for t in map(segment, documents)]
    assert together == alone


@pytest.mark.parametrize("text", ["A", "I", "É", "A.", "“A"])
def test_a_text_of_a_letter_has_no_names(text: str) -> None:
    assert names(text) == []
