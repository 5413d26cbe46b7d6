"""What a model computes with: curves over measures, masked wording where it reads any, and its training data's reach.

Plain arrays only, so that a stored model runs nothing. See docs/model.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError
from classifier.features.wording import Occurrences, Phrases, Tokens, Wording
from classifier.models.additive import AdditiveModel, Cells, Prediction
from classifier.models.novelty import Novelty
from classifier.text.segment import Segmented

Floats = NDArray[np.float64]

_WORDING, _USUAL, _NOVELTY = "wording.", "wording.usual", "novelty."
_SINGLE = (
    "drawn_curves",
    "drawn_weights",
)  # stored in single precision; they are spread, and most of the bytes


@dataclass(frozen=True, slots=True)
class ReadWording:
    """A model's wording, and how often each of its words and masks stands in usual articles."""

    wording: Wording
    usual: Floats  # (n_numbers, 2) low and high of 100 masked words and signs of a training article


@dataclass(frozen=True, slots=True)
class Read:
    """What some texts hold of a model's wording."""

    phrases: Phrases
    places: Occurrences
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Estimator:
    """Arrays of a model; ModelError where they do not fit one another."""

    model: AdditiveModel
    read_wording: ReadWording | None = None
    novelty: Novelty | None = None  # None where there is no ordinary news to compare with

    def __post_init__(self) -> None:
        m, f = len(self.model.knots), len(self.model.weights)
        if self.novelty is not None and self.novelty.value.shape[1] != m:
            raise _misfit(f"{self.novelty.value.shape[1]} distances for {m} measures")
        if self.read_wording is None:
            if f:
                raise _misfit(f"{f} weights for no wording")
            return
        wording, usual = self.read_wording.wording, self.read_wording.usual
        if len(wording.keys) != f:
            raise _misfit(f"{f} weights for {len(wording.keys)} phrases")
        if usual.shape != (wording.n_numbers, 2) or not np.isfinite(usual).all():
            raise _misfit("no usual range for each word")

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Name -> array, in a fixed order: what is stored."""
        stored: dict[str, NDArray[Any]] = {
            name: array.astype(np.float32) if name in _SINGLE else array
            for name, array in self.model.arrays().items()
        }
        if self.read_wording is not None:
            stored |= {_WORDING + name: array for name, array in self.read_wording.wording.arrays().items()}
            stored[_USUAL] = self.read_wording.usual
        if self.novelty is not None:
            stored |= {_NOVELTY + name: array for name, array in self.novelty.arrays().items()}
        return stored

    @classmethod
    def from_arrays(cls, stored: Mapping[str, NDArray[Any]]) -> "Estimator":
        """What `arrays` gave. TypeError or KeyError where names are missing or unknown."""
        plain = {name: array for name, array in stored.items() if "." not in name}
        for name in _SINGLE:
            if plain[name].dtype == np.float32:
                plain[name] = plain[name].astype(np.float64)
        wording = _under(_WORDING, stored)
        usual = wording.pop("usual", None)
        read = None if usual is None else ReadWording(Wording.from_arrays(**wording), usual)
        novelty = _under(_NOVELTY, stored)
        return cls(AdditiveModel(**plain), read, Novelty(**novelty) if novelty else None)

    def predict(self, X: Floats, texts: Sequence[Segmented]) -> tuple[Prediction, Read | None]:
        """Scores of texts with the measures X (n, m), and what of the wording they hold; None without wording."""
        if self.read_wording is None:
            return self.model.predict(X), None
        read = Read(*self.read_wording.wording.phrases(texts))
        phrases = read.phrases
        return self.model.predict(X, Cells(phrases.doc, phrases.column, phrases.value)), read


def _under(prefix: str, stored: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return {name.removeprefix(prefix): array for name, array in stored.items() if name.startswith(prefix)}


def _misfit(what: str) -> ModelError:
    return ModelError(f"the model's arrays do not fit one another ({what}); get the model again")
