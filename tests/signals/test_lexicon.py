"""Word lists are read strictly: a fault is told with file and line."""

import pytest

from classifier.errors import FamilyError
from classifier.signals.lexicon import inflected, parse_lexicon, read_lexicon
from classifier.signals.registry import BUILT_IN, load_family

HEADER = "# invented, CC0\ncue\tkind\tunless\twhy\n"


def test_forms_conditions_and_reasons_are_read():
    lexicon = parse_lexicon(HEADER + "seem|seems|seemed\tverb\tnoun_use, quoted\tappearance\n", "here")
    (entry,) = lexicon.entries
    assert entry == ("seem", ("seem", "seems", "seemed"), "verb", ("noun_use", "quoted"), "appearance")
    assert lexicon.kinds() == {"verb"}


@pytest.mark.parametrize(
    ("form", "forms"),
    [
        ("may", "may"),
        ("seem/v", "seem seems seemed seeming"),
        ("imply/v", "imply implies implied implying"),
        ("play/v", "play plays played playing"),
        ("estimate/v", "estimate estimates estimated estimating"),
        ("agree/v", "agree agrees agreed agreeing"),
        ("die/v", "die dies died dying"),
        ("guess/v", "guess guesses guessed guessing"),
        ("tip/v", "tip tips tipped tipping"),
        ("fix/v", "fix fixes fixed fixing"),
        ("look/v", "look looks looked looking"),
        ("hunch/n", "hunch hunches"),
        ("theory/n", "theory theories"),
        ("view/n", "view views"),
        ("likely/a", "likely likelier likeliest"),
        ("vague/a", "vague vaguer vaguest"),
        ("dim/a", "dim dimmer dimmest"),
        ("clear/a", "clear clearer clearest"),
    ],
)
def test_a_mark_stands_for_the_regular_forms(form, forms):
    assert inflected(form) == tuple(forms.split())


def test_one_word_of_a_phrase_is_inflected():
    assert inflected("rule/v out") == ("rule out", "rules out", "ruled out", "ruling out")
    assert inflected("rough guess/n") == ("rough guess", "rough guesses")


def test_marked_and_written_forms_stand_together():
    (entry,) = parse_lexicon(HEADER + "rumour/n|rumor/n|gossip\tnoun\t\ttalk\n", "here").entries
    assert entry.cue == "rumour"
    assert entry.forms == ("rumour", "rumours", "rumor", "rumors", "gossip")


def test_the_hash_covers_the_generated_forms(monkeypatch):
    text = HEADER + "seem/v\tverb\t\tx\n"
    before = parse_lexicon(text, "here").sha256
    assert before != parse_lexicon(text + "#\n", "here").sha256
    monkeypatch.setattr("classifier.signals.lexicon.inflected", lambda form: ("seem",))
    assert parse_lexicon(text, "here").sha256 != before


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("may\tmodal\n", "2 fields"),
        ("May\tmodal\t\tx\n", "no lower-case word"),
        ("\tmodal\t\tx\n", "no lower-case word"),
        ("...\tmodal\t\tx\n", "no lower-case word"),
        ("seem/q\tverb\t\tx\n", "no mark of inflection"),
        ("seem/v to/v\tverb\t\tx\n", "no mark of inflection"),
        ("/v\tverb\t\tx\n", "no mark of inflection"),
        ("seem/v|seems\tverb\t\tx\n", "stands in line 3 already"),
        ("may\tmodal\t\tx\nmay\tmodal\t\ty\n", "stands in line 3 already"),
        ("might\tmodal\t\tx\nmay\tmodal\t\ty\n", "out of order"),
        ("may\tverb\t\tx\ncan\tmodal\t\ty\n", "out of order"),
    ],
)
def test_a_fault_is_told_with_file_and_line(lines, says):
    with pytest.raises(FamilyError) as caught:
        parse_lexicon(HEADER + lines, "cues.tsv")
    assert says in str(caught.value)
    assert str(caught.value).startswith("cues.tsv, line ")


def test_a_wrong_header_is_told():
    with pytest.raises(FamilyError, match="line 1: the header must be cue kind unless why"):
        parse_lexicon("word\tkind\n", "x")


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_shipped_lexicons_are_complete(name):
    family = load_family(name)
    # A family has a full list of cues, or it finds its spans otherwise and has none.
    assert not 0 < len(family.lexicon.entries) <= 100
    for entry in family.lexicon.entries:
        assert entry.why, f"{entry.cue}: every entry says why it is here"
        assert set(entry.unless) <= set(family.unless), entry.cue
    assert read_lexicon(family.package).entries == family.lexicon.entries


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_every_condition_is_used(name):
    family = load_family(name)
    used = {condition for entry in family.lexicon.entries for condition in entry.unless}
    assert used == set(family.unless)
