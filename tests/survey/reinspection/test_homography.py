from __future__ import annotations

import numpy as np

from crackinspector.survey.reinspection.homography import map_to_picture, moved, resizing


def test_a_version_half_as_large_has_its_first_centre_between_two_pixels() -> None:
    np.testing.assert_allclose(moved(np.array([(0.5, 2.5)]), resizing(0.5, 0.5)), [(0, 1)])


def test_a_map_s_pixels_lie_in_the_middle_of_those_that_they_stand_for() -> None:
    way = map_to_picture((10, 20, 40, 30), 4, 3)
    np.testing.assert_allclose(moved(np.array([(0.0, 0.0), (3.0, 2.0)]), way), [(14.5, 24.5), (44.5, 44.5)])
