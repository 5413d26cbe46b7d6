"""Which paragraphs are in a language our word lists cover."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text.document import Document
from classifier.text.fold import folded
from classifier.text.language import ENOUGH_WORDS, FUNCTION_WORDS, covered, language_of
from classifier.text.paragraphs import Zone
from classifier.text.segment import segment
from classifier.text.words import WordClasses, words

# language as `language_of` knows it, a paragraph in it
FOREIGN = [
    (
        "fr",
        "Le maire a dit que les travaux du pont ne sont pas finis, mais que la route est ouverte.",
    ),
    (
        "de",
        "Der Bürgermeister sagte, dass die Arbeiten an der Brücke noch nicht fertig sind.",
    ),
    (
        "es",
        "El alcalde dijo que las obras del puente no han terminado, pero que la carretera está abierta.",
    ),
    (
        "pt",
        "O prefeito disse que as obras da ponte não terminaram, mas que a estrada foi aberta ontem.",
    ),
    (
        "it",
        "Il sindaco ha detto che i lavori del ponte non sono finiti, ma che la strada è aperta da ieri.",
    ),
    (
        "nl",
        "De burgemeester zei dat het werk aan de brug nog niet klaar is, maar dat de weg weer open is.",
    ),
    (
        "und",
        "Мэр сказал, что работы на мосту ещё не закончены, но дорога уже открыта для всех машин.",
    ),
    ("und", "市长 说 桥梁 工程 尚未 完成 但是 道路 已经 从 星期一 起 向 所有 车辆 开放 了"),
    (
        "und",
        "قال رئيس البلدية إن أعمال الجسر لم تنته بعد لكن الطريق مفتوح أمام جميع السيارات منذ الاثنين",
    ),
]
ENGLISH = [
    "The mayor said the work on the bridge was not done, but the road has been open to cars since Monday.",
    "Rain fell. Roads flooded. Schools closed. Trains stopped. Shops shut. Ferries stayed in port.",
    "Ada Quill, Orla Venn, Pia Noll, Una Petrie, Bo Marsh, Jun Ito and Lea Brandt won seats on Tuesday.",
    "The shop, Le Petit Jardin de la Mer, opened in the old mill in March.",
    "Her husband said “la vida es un sueño y los sueños” to the crowd, and then he left the hall.",
    "GOLD UP 2%, OIL DOWN 3%, COPPER FLAT, WHEAT UP 1%, SUGAR DOWN 4% AS MARKETS WAIT FOR THE BANK",
]


CLASSES = WordClasses(list(FUNCTION_WORDS.values()))


def judged(text: str, first: int = 0, behind: int = 0) -> bool:
    """Whether a text reads as English, but for its first words and those at its end."""
    found = words(folded(text))
    stretch = np.array([first]), np.array([len(found.start) - behind])
    return bool(covered(found, CLASSES.of(found), *stretch)[0])


def language(text: str) -> str:
    return language_of(CLASSES.of(words(folded(text))))


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_other_languages_are_not_covered(code: str, text: str) -> None:
    assert not judged(text)
    assert language(text) == code


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_covered(text: str) -> None:
    assert judged(text)


def test_nothing_has_no_language() -> None:
    assert language("") == "und"
    assert language("42 x") == "und"


@pytest.mark.parametrize(("language", "text"), FOREIGN)
def test_a_foreign_paragraph_is_set_apart_in_an_english_article(language: str, text: str) -> None:
    before = "The town waited for the bridge to open, and the council met on Friday."
    after = "The drivers were glad, and the shops on the square did well."
    result = segment(Document("a", f"{before}\n\n{text}.\n\n{after}"))
    assert [p.zone for p in result.paragraphs] == [Zone.BODY, Zone.OTHER_LANGUAGE, Zone.BODY]
    assert result.language == "en"
    assert "other_language_left_out" in result.notes
    read = result.sentences.paragraph.tolist()
    assert 1 not in read and {0, 2} <= set(read)


@pytest.mark.parametrize(("language", "text"), FOREIGN)
def test_an_article_in_another_language_says_so(language: str, text: str) -> None:
    result = segment(Document("a", f"{text}.\n\n{text}."))
    assert result.language == language
    assert len(result.sentences.start) == 0


@pytest.mark.parametrize(
    "quote", ["La route est fermée", "Wir schaffen das", "No pasarán", "мы не знаем", "不知道", "لا أعرف"]
)
def test_a_short_quotation_in_another_language_stays_english(quote: str) -> None:
    text = f"The driver shouted “{quote}” at the crew, and the crew shouted the same words back at him."
    result = segment(Document("a", text))
    assert [p.zone for p in result.paragraphs] == [Zone.BODY]
    assert result.language == "en"


@given(st.lists(st.sampled_from(["the", "la", "de", "rain", "\u0434\u0430", "und", "said"])))
def test_short_stretches_are_not_judged_and_judging_needs_no_company(forms: list[str]) -> None:
    alone = judged(" ".join(forms))
    if len(forms) < ENOUGH_WORDS:
        assert alone
    assert judged(" ".join(["und"] * 9 + forms + ["the"] * 9), 9, 9) == alone
