"""Is this paragraph in a language our word lists cover?

Function words tell it: in running English every third word is one of some sixty. Short stretches are not
judged alone but follow the document.
"""

from collections.abc import Sequence

FUNCTION_WORDS: dict[str, frozenset[bytes]] = {
    "en": frozenset(
        b"the of and to in a is that for it was on are as with his they at be this from have or by one had"
        b" not but what all were when we there an which their has been who will more would about if out up"
        b" into than its she he her you i said after over no can could".split()
    ),
    "fr": frozenset(
        b"le la les de des du un une et en est que qui dans pour pas sur au aux par il elle ce cette ne se"
        b" plus avec son sa ses sont mais nous vous ils ont a selon avant apres leur".split()
    ),
    "de": frozenset(
        b"der die das und in den von zu mit sich des auf ist im dem nicht ein eine als auch es an werden"
        b" aus er hat dass sie nach wird bei einer um am sind noch wie einem einen so zum war haben nur"
        b" oder aber vor zur bis".split()
    ),
    "es": frozenset(
        b"de la que el en y los se del las por un para con no una su al lo como pero sus le ya o este"
        b" porque esta entre cuando muy sin sobre tiene hasta hay donde han fue ser es son".split()
    ),
    "pt": frozenset(
        b"de a o que e do da em um para com uma os no se na por mais as dos como mas ao ele das seu sua ou"
        b" quando muito nos foi ser tem sem mesmo aos seus quem nas isso entre".split()
    ),
    "it": frozenset(
        b"di e il la che in un per non una si con del da della dei le al come alla sono gli nel anche ma"
        b" delle ha lo piu su nella dal questo essere suo".split()
    ),
    "nl": frozenset(
        b"de van het een en in is dat op te zijn met voor niet aan er om ook als door maar bij dan uit nog"
        b" naar heeft hij ze wordt werd deze".split()
    ),
}
SUPPORTED = "en"
_OTHERS = {language: listed for language, listed in FUNCTION_WORDS.items() if language != SUPPORTED}
_ANY_OTHER = frozenset().union(*_OTHERS.values())
ENOUGH_WORDS = 8  # below, a stretch is not judged


def function_words(forms: Sequence[bytes]) -> bytes:
    """One byte a word: 1 where it is an English function word. For `covered`, once a document."""
    return bytes(map(FUNCTION_WORDS[SUPPORTED].__contains__, forms))


def covered(forms: Sequence[bytes], first: int, last: int, known: bytes) -> bool:
    """Whether the running words ``forms[first:last]`` read as English; stretches of under 8 words always do.

    `forms` are lower-cased, Latin-1; `known` is what `function_words` says of all of them.
    """
    n = last - first
    ours = known.count(1, first, last)
    if n < ENOUGH_WORDS or ours >= 0.25 * n:
        return True
    forms = forms[first:last]
    if sum(map(_ANY_OTHER.__contains__, forms)) > ours + 1:
        best = max(sum(map(listed.__contains__, forms)) for listed in _OTHERS.values())
        if best > ours + 1:
            return False
    joined = b"".join(forms)
    return joined.count(b"\xaa") <= 0.5 * len(joined) and (ours >= 0.06 * n or n < 25)


def language_of(forms: Sequence[bytes]) -> str:
    """ISO 639-1 code of running words, among those with a list here; ``und`` where none fits."""
    if not forms:
        return "und"
    counts = {language: sum(map(listed.__contains__, forms)) for language, listed in FUNCTION_WORDS.items()}
    best = max(counts, key=lambda language: (counts[language], language == SUPPORTED))
    return best if counts[best] >= 0.08 * len(forms) else "und"
