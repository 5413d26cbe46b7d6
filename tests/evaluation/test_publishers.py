"""Publishers as numbers."""

import numpy as np
import pytest

from classifier.evaluation.publishers import count_publishers, lone_units, publisher_codes


@pytest.mark.parametrize(
    ("names", "codes", "units"),
    [
        ([], [], []),
        (["a.com", "b.com", "a.com"], [0, 1, 0], [0, 1, 0]),
        # case and blanks make no new publisher, unknown ones are not one publisher together
        (["A.com ", None, "a.com", "", " ", "b.com"], [0, -1, 0, -1, -1, 1], [0, 2, 0, 3, 4, 1]),
        ([None, None], [-1, -1], [0, 1]),
    ],
)
def test_codes_and_units(names: list[str | None], codes: list[int], units: list[int]) -> None:
    found = publisher_codes(names)
    assert found.tolist() == codes
    assert lone_units(found).tolist() == units
    assert found.tolist() == codes, "the codes given stay as they were"
    assert count_publishers(names) == len(set(codes) - {-1})
    assert found.dtype == np.int64
