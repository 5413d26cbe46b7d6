"""A model with everything needed to use it: arrays, and the manifest that says what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from classifier.errors import ModelError
from classifier.features.matrix import matrix, measures_of
from classifier.models.groups import Groups
from classifier.models.unsure import Promise
from classifier.scoring.estimator import Estimator
from classifier.scoring.reasons import Reading
from classifier.signals.extract import extract
from classifier.signals.family import Family, Measure
from classifier.signals.registry import load_families
from classifier.text.document import Document

FORMAT = 2
SAME = 1e-9  # the check article must score the same to this

# Written for this purpose: one of everything that is marked. Its measures and score are stored in each model.
CHECK_TEXT = """Harbour wall may be moved, officials say

By Runa Teel

The harbour wall at Vessel Point could be moved by about 40 metres, according to a report by the Tarn Coast Authority.

"We have looked at nine drawings, and one of them might work," said Odo Brask, the authority's chief engineer. "Nobody has signed anything."

A senior aide said the cost was likely to double. Critics claim that the sums were never checked, and it is alleged that two letters are missing.

Mayor Ilva Sorn told the Vessel Post that the council would vote in June. She added that the boats had been counted twice. The survey suggests that roughly 300 of them lie in the inner basin.

It is believed to be the oldest wall on the coast. The wall was built in 1911 and raised in 1953. Perhaps it will be raised again.
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class Bundle:
    """A named model. `sha256` is over manifest and arrays as stored; `manifest` as in docs/model.md."""

    name: str
    manifest: dict[str, Any]
    estimator: Estimator
    sha256: str

    def families(self) -> tuple[Family, ...]:
        """The signal families the model reads; ModelError where a word list is not that of its training."""
        families = load_families(self.manifest["families"])
        for family in families:
            trained = self.manifest["families"][family.name]["lexicon_sha256"]
            if trained != family.lexicon.sha256:
                raise ModelError(
                    f"the model {self.name!r} was trained with another word list of {family.name!r} than"
                    " the one installed;"
                    " train it again with `misinfo train`, or install the version it was made with"
                    f" ({self.manifest['versions'].get('misinfo-signals', 'unknown')})"
                )
        return families

    def measures(self, families: Sequence[Family]) -> tuple[Measure, ...]:
        """The measures in the order of the model's columns; ModelError where one is no longer there."""
        known = {measure.name: measure for measure in measures_of(families)}
        missing = [name for name in self.manifest["measures"] if name not in known]
        if missing:
            raise ModelError(
                f"the model {self.name!r} reads the measure {missing[0]!r}, which this version does not have;"
                " train it again with `misinfo train`"
            )
        return tuple(known[name] for name in self.manifest["measures"])

    def reading(self, families: Sequence[Family]) -> Reading:
        """How the model reads the measures; ModelError as `measures`."""
        usual = np.array(self.manifest["usual"], np.float64).reshape(-1, 2)
        estimator = self.estimator
        return Reading(self.measures(families), usual, self.groups, estimator.read_wording, estimator.model)

    @property
    def groups(self) -> Groups:
        """Columns of measures that are told as one reason."""
        return tuple(tuple(columns) for columns in self.manifest["groups"])

    @property
    def promise(self) -> Promise:
        """Which share of wrong answers can be promised at which sureness."""
        return Promise.from_dict(self.manifest["promise"])

    def check(self) -> str | None:
        """Score the check article again; a sentence for the user if the figures of the card may not hold."""
        families = self.families()
        stored = self.manifest["check"]
        signals, marked = extract([Document("check", stored["text"])], families)
        got = matrix(signals, self.measures(families))
        wanted = np.array([np.nan if v is None else v for v in stored["measures"]], np.float64)
        probability = float(self.estimator.predict(got, [one.text for one in marked])[0].probability[0])
        if (
            np.allclose(got[0], wanted, rtol=0, atol=SAME, equal_nan=True)
            and abs(probability - stored["probability"]) <= SAME
        ):
            return None
        return (
            f"the model {self.name!r} gives {probability:.4f} for its check article where"
            f" {stored['probability']:.4f} is"
            " stored: marks have changed since it was trained, and the figures on its card may not hold;"
            " train it again with `misinfo train`"
        )
