"""One scan for all families: what is found, where, and what is not looked at."""

from hypothesis import given
from hypothesis import strategies as st

from classifier.signals.lexicon import parse_lexicon
from classifier.signals.scan import Scanner
from classifier.text.document import Document
from classifier.text.segment import segment, segment_all

FIRST = parse_lexicon(
    "# x\ncue\tkind\tunless\twhy\nas many as\tquantity\t\tx\nmany\tquantity\t\tx\nso called\tquantity\t\tx\nmay\tverb\t\tx\n",
    "first",
)
SECOND = parse_lexicon("# x\ncue\tkind\tunless\twhy\nmany\tnoun\t\tx\nmay be\tnoun\t\tx\n", "second")


def found(text, *lexicons):
    context, hits = Scanner(lexicons).scan(segment(Document("x", text)))
    plain = context.text.plain
    return [
        [
            (plain[context.starts[w] : context.ends[e - 1]], lexicon.entries[i].cue)
            for w, e, i in zip(*one, strict=True)
        ]
        for lexicon, one in zip(lexicons, hits, strict=True)
    ]


def test_each_family_gets_its_own_hits():
    first, second = found("It may be that as many as 40 came, not many.", FIRST, SECOND)
    assert first == [("may", "may"), ("as many as", "as many as"), ("many", "many")]
    assert second == [("may be", "may be"), ("many", "many"), ("many", "many")]


def test_a_hit_inside_a_longer_one_is_left_out_within_a_family_only():
    first, second = found("As many as 40 boats were counted.", FIRST, SECOND)
    assert first == [("As many as", "as many as")]
    assert second == [("many", "many")]


def test_words_are_whole_words():
    assert found("Dismay, mayor and maybe; Mayfair's many-sided Germany.", FIRST) == [[("many", "many")]]


def test_a_phrase_joins_over_spaces_hyphens_and_line_ends_but_not_over_commas_or_sentences():
    assert found("The so-called wall, the so called wall of the town.", FIRST)[0] == [
        ("so-called", "so called"),
        ("so called", "so called"),
    ]
    assert found("He did so, called the clerk and left. She said so. Called home, he slept.", FIRST) == [[]]


def test_addresses_handles_and_hashtags_are_not_words_of_the_writer():
    text = "See https://example.org/may?x=many and #may or @may, write to may@example.org or go to example.com/may now."
    assert found(text, FIRST) == [[]]


def test_furniture_and_other_languages_are_not_scanned():
    text = "Roof may go\n\nThe roof of the hall was lifted off by the wind on Sunday.\n\nRelated stories\n\nMayor may resign"
    assert found(text, FIRST) == [[("may", "may")]]


@given(st.text())
def test_any_text_can_be_scanned(text):
    context, hits = Scanner([FIRST, SECOND]).scan(segment(Document("x", text)))
    for one in hits:
        assert list(one.word) == sorted(one.word)
        for word, last in zip(one.word, one.last, strict=True):
            assert 0 <= word < last <= len(context.starts)
            assert context.sentence_of[word] >= 0


PIECES = ["may ", "many ", "as many as ", "so called ", "may be ", "as many ", "as ", "wall ", ". So ", "\n\n", "@may ", "www.may.example ", "a.com/may "]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(PIECES)).map("".join), min_size=1, max_size=4))
def test_a_text_has_the_hits_in_a_batch_that_it_has_alone(texts):
    scanner = Scanner([FIRST, SECOND])
    joint = segment_all([Document("x", text) for text in texts])
    for text, (context, hits) in zip(texts, scanner.scan_all(joint), strict=True):
        alone, expected = scanner.scan(segment(Document("x", text)))
        assert hits == expected
        assert context.machine == alone.machine
        assert context.forms == alone.forms
        assert [context.word(at) for at in range(len(context.starts))] == alone.forms
        for name in ("starts", "ends", "sentence_of", "quoted"):
            assert list(getattr(context, name)) == list(getattr(alone, name))


@given(
    st.lists(
        st.sampled_from(
            ["wall", "Ångström", "👨🏽‍🍳", "e\u0301t", "שלום", "İzmir", "“x”", "a\r\nb", "o’clock"]
        ),
        max_size=12,
    ),
    st.lists(st.sampled_from(["wall", "ﬃ", "𝗕", "don’t", "1,700"]), max_size=12),
)
def test_a_planted_word_is_found_where_it_was_planted(before, after):
    text = " ".join([*before, "may", *after])
    start = len(" ".join([*before, ""])) if before else 0
    document = segment(Document("x", text))
    if document.sentences.at(start) < 0:
        return  # the line reads as furniture or another language
    context, (hits,) = Scanner([FIRST]).scan(document)
    assert (start, start + 3) in [
        (context.starts[w], context.ends[e - 1]) for w, e in zip(hits.word, hits.last, strict=True)
    ]
