"""The manifest of a model folder: what must stand in it, checked before anything is believed."""

from typing import Annotated, Any, Literal

import msgspec

from classifier.errors import ModelError
from classifier.scoring.bundle import FORMAT

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class Numbered(msgspec.Struct):
    """Read alone at first: another format may have none of the other fields."""

    format: Any = None


class FamilyUsed(msgspec.Struct):
    """A signal family as it was in training."""

    lexicon_sha256: str


class Corpus(msgspec.Struct):
    """One training corpus."""

    corpus: str
    articles: Count
    positive: Count
    publishers: Count
    sha256: Sha256


class Figure(msgspec.Struct):
    """A figure with its 95 % interval; null where undefined."""

    value: float | None
    low: float | None
    high: float | None


class Estimates(msgspec.Struct):
    """Figures of one set of scores; there are more, the card needs this one."""

    auroc: Figure


class CorpusFigures(msgspec.Struct):
    """How the model did on one corpus."""

    n_articles: Count
    estimates: Estimates


class Rival(msgspec.Struct):
    """Figures of a baseline, or why there are none."""

    auroc: Figure | None = None
    not_applicable: str | None = None

    def __post_init__(self) -> None:
        if (self.auroc is None) == (self.not_applicable is None):
            raise ValueError("a rival has either figures or a reason for none")


class CheckFinding(msgspec.Struct):
    """One check of the report."""

    code: str
    status: str
    says: str


class Figures(msgspec.Struct):
    """The training report, as far as the card shows it."""

    n_articles: Count
    n_publishers: Count
    estimates: dict[str, Figure]
    by_corpus: dict[str, CorpusFigures]
    rivals: dict[str, Rival]
    checks: list[CheckFinding]


class Limits(msgspec.Struct, forbid_unknown_fields=True):
    """Below what a text is not scored; see `classifier.scoring.abstention.Thresholds`."""

    body_words: Count
    running_text: Share


class CheckArticle(msgspec.Struct):
    """An article with the measures and the score that it had in training."""

    text: str
    measures: list[float | None]
    probability: Share


class Promised(msgspec.Struct, forbid_unknown_fields=True):
    """Which share of wrong answers is promised at which sureness; see `classifier.models.unsure.Promise`."""

    confidence: Share
    risk: list[Share]
    sureness: list[Share]
    coverage: list[Share]


class Manifest(msgspec.Struct):
    """Every field of ``manifest.json``, format 2."""

    format: int
    name: str
    positive: str
    negative: str
    families: dict[str, FamilyUsed]
    measures: list[str]
    usual: list[tuple[float, float]]
    groups: list[list[Count]]
    thresholds: Limits
    false_alarms: Share | None
    promise: Promised
    prevalence: Share
    options: dict[str, float | str]
    scorer: Literal["signals", "wording"]
    data: list[Corpus]
    left_out: dict[str, Count]
    report: Figures
    random_folds: Estimates
    check: CheckArticle
    versions: dict[str, str]
    estimator_sha256: Sha256


def checked_manifest(data: bytes, where: str) -> dict[str, Any]:
    """The manifest as a plain object; ModelError says what is wrong with the file `where`, and the remedy."""
    try:
        number = msgspec.json.decode(data, type=Numbered).format
        if number != FORMAT:
            raise ModelError(
                f"{where} has the format version {number!r} and this version of misinfo reads {FORMAT};"
                " install the version that made it, or train it again with `misinfo train`"
            )
        manifest = msgspec.json.decode(data, type=Manifest)
        plain: dict[str, Any] = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"{where} is damaged ({error}); get the model again") from error
    lengths = {
        "measures": len(manifest.measures),
        "usual": len(manifest.usual),
        "check": len(manifest.check.measures),
    }
    if len(set(lengths.values())) > 1 or len(set(manifest.measures)) < lengths["measures"]:
        raise ModelError(
            f"{where} is damaged (its lists of measures do not fit one another); get the model again"
        )
    if sorted(column for group in manifest.groups for column in group) != list(range(lengths["measures"])):
        raise ModelError(
            f"{where} is damaged (its groups are no partition of the measures); get the model again"
        )
    return plain
