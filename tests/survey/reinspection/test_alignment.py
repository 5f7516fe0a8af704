from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.sources.demo_wall import SurfaceName, demo_wall
from crackinspector.survey.reinspection.alignment import Alignment, align, aligned_by_hand
from crackinspector.survey.reinspection.homography import moved
from tests.survey.reinspection.walls import camera, largest_error, picture

SMALL = (640, 360)
SQUARE = [(0.0, 0.0), (600.0, 0.0), (600.0, 300.0), (0.0, 300.0)]


def noise(level: float = 4.0) -> NDArray[np.uint8]:
    rng = np.random.default_rng(5)
    return np.clip(180 + rng.normal(0, level, (SMALL[1], SMALL[0], 3)), 0, 255).astype(np.uint8)


def stamped(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    found = image.copy()
    cv2.putText(found, "2026-11-21 12:30:11 CAM 01 PIER 3", (10, 350), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (255,) * 3, 2)
    return found


def assert_refused(found: Alignment) -> None:
    assert not found.trusted
    assert found.reasons
    assert found.sentence.startswith("the pictures cannot be laid over each other for certain: ")


@pytest.mark.parametrize("surface", ["concrete", "brick", "plaster"])
def test_a_wall_seen_again_from_elsewhere_in_another_light_is_found_to_within_two_pixels(surface: SurfaceName) -> None:
    rng = np.random.default_rng(3)
    wall = demo_wall(3, 1000, 700, 2, surface).image
    first = camera((1000, 700), rng, tilt=20, turn=-8, scale=0.8, size=SMALL)
    second = camera((1000, 700), rng, tilt=25, turn=6, scale=1.3, shift=(0.05, -0.03), size=SMALL)
    found = align(picture(wall, first, rng, size=SMALL), picture(wall, second, rng, size=SMALL))
    assert found.trusted, found.reasons
    assert found.homography is not None
    assert largest_error(found.homography, second @ np.linalg.inv(first), SMALL) < 2
    assert 0 < found.rms_px < 1
    assert 0.5 < found.overlap <= 1.001
    assert found.sentence == ""


def stepped(share: float, px: float) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.bool_]]:
    """Two pictures of a wall whose right part stands back, beside its place in the second; and where that part is."""
    rng = np.random.default_rng(8)
    wall = demo_wall(3, 1000, 700, 1, "concrete").image
    where = camera((1000, 700), rng, tilt=10, size=SMALL)
    back = np.array([[1, 0, px], [0, 1, px / 3], [0, 0, 1]]) @ where
    there = np.zeros((SMALL[1], SMALL[0]), np.bool_)
    there[:, round(SMALL[0] * (1 - share)) :] = True
    before, near, far = (picture(wall, each, rng, size=SMALL, light=0.0) for each in (where, where, back))
    return before, np.where(there[..., None], far, near), there


def test_what_stands_back_is_told_from_what_lies_in_the_plane() -> None:
    before, after, there = stepped(0.2, 14.0)
    found = align(before, after)
    assert found.trusted and found.where is not None
    agreed = cv2.resize(found.where, SMALL, interpolation=cv2.INTER_NEAREST) > 0
    assert agreed[~there].mean() > 0.8
    assert agreed[there].mean() < 0.05


def test_a_wall_of_which_a_large_part_stands_back_is_refused() -> None:
    before, after, _ = stepped(0.4, 14.0)
    found = align(before, after)
    assert_refused(found)
    assert found.reasons[0].endswith("of the surface lies elsewhere or has changed")


def test_a_spot_that_has_changed_is_compared_like_its_surroundings() -> None:
    before, after, _ = stepped(0.0, 0.0)
    cv2.line(after, (200, 150), (330, 230), (20, 20, 20), 4)
    after[100:160, 400:460] = 90
    found = align(before, after)
    assert found.trusted and found.where is not None
    agreed = cv2.resize(found.where, SMALL, interpolation=cv2.INTER_NEAREST) > 0
    assert agreed[100:160, 400:460].all() and agreed[150:230, 200:330].all()


def test_the_answer_is_in_the_pixels_of_the_pictures_whatever_versions_were_given() -> None:
    image = demo_wall(2, 640, 480, 2, "plaster").image
    half = cv2.resize(image, (320, 240), interpolation=cv2.INTER_AREA)
    found = align(np.asarray(half, np.uint8), image, first_size=(640, 480))
    assert found.trusted and found.homography is not None
    corners = np.array([(0.0, 0.0), (639.0, 0.0), (639.0, 479.0), (0.0, 479.0)])
    assert np.abs(moved(corners, found.homography) - corners).max() < 1


def test_the_same_pictures_give_the_same_answer() -> None:
    wall = demo_wall(4, 640, 480, 1).image
    first, again = align(wall, wall[20:, 30:]), align(wall, wall[20:, 30:])
    assert first.homography is not None and again.homography is not None
    np.testing.assert_array_equal(first.homography, again.homography)


def test_two_parts_of_one_brick_wall_are_not_laid_over_each_other() -> None:
    wall = demo_wall(5, 1400, 400, 1, "brick").image
    assert_refused(align(wall[:360, :640], wall[:360, 700:1340]))


def test_a_pattern_that_repeats_itself_is_not_trusted() -> None:
    unit = demo_wall(4, 160, 120, 0, "brick").image
    wall = np.tile(unit, (5, 7, 1))
    assert_refused(align(wall[10:370, 20:660], wall[50:410, 100:740]))


def test_another_wall_is_not_trusted_even_with_the_same_words_on_it() -> None:
    one, other = (demo_wall(seed, *SMALL, 1, "plaster").image for seed in (2, 3))
    assert_refused(align(one, other))
    assert_refused(align(stamped(one), stamped(other)))


def test_a_mirrored_picture_is_not_trusted() -> None:
    wall = demo_wall(7, *SMALL, 2).image
    assert_refused(align(wall, np.ascontiguousarray(wall[:, ::-1])))


def test_blank_walls_are_not_trusted() -> None:
    blank = np.full((SMALL[1], SMALL[0], 3), 180, np.uint8)
    assert_refused(align(blank, blank))
    assert_refused(align(noise(), np.ascontiguousarray(noise()[::-1])))
    assert_refused(align(stamped(noise(2.0)), stamped(np.ascontiguousarray(noise(2.0)[::-1]))))


def test_pictures_of_a_few_pixels_are_not_trusted() -> None:
    assert_refused(align(np.zeros((1, 1, 3), np.uint8), noise()))
    assert_refused(align(noise()[:20, :20], noise()[:20, :20]))


def test_a_picture_of_a_picture_is_laid_over_it() -> None:
    wall = demo_wall(2, 800, 450, 2).image
    frame = np.full((720, 1280, 3), 60, np.uint8)
    frame[200:560, 300:940] = cv2.resize(wall, (640, 360), interpolation=cv2.INTER_AREA)
    found = align(wall, frame)
    assert found.homography is not None
    np.testing.assert_allclose(moved(np.array([(0.0, 0.0), (799.0, 449.0)]), found.homography)[0], (300, 200), atol=2)


def test_two_parts_of_a_photograph_are_laid_over_each_other_as_they_were_cut(data_folder: Path) -> None:
    folder = data_folder / "segmentation" / "rissbilder" / "train" / "images"
    # The name says top, left, height and width in the photograph; the parts were then made 448 px wide and high.
    boxes = (485, 963, 3019, 3865), (510, 849, 2889, 2880)
    parts, cuts = [], []
    for top, left, height, width in boxes:
        parts.append(cv2.imread(str(folder / f"9S6A2783_{top}_{left}_{height}_{width}.jpg")))
        across, down = 448 / width, 448 / height
        cuts.append(np.array([[across, 0, -left * across], [0, down, -top * down], [0, 0, 1]]))
    found = align(np.asarray(parts[0], np.uint8), np.asarray(parts[1], np.uint8))
    assert found.trusted and found.homography is not None
    assert largest_error(found.homography, cuts[1] @ np.linalg.inv(cuts[0]), (448, 448)) < 1


def test_neighbouring_photographs_of_one_wall_that_do_not_overlap_are_not_trusted(data_folder: Path) -> None:
    pictures = sorted((data_folder / "classification" / "metu" / "negative").glob("*.jpg"))[:6]
    images = [np.asarray(cv2.imread(str(path)), np.uint8) for path in pictures]
    for one, other in pairwise(images):
        assert_refused(align(one, other))


def test_four_points_by_hand_give_a_homography_that_is_said_to_be_by_hand() -> None:
    there = [(x + 20, y + 10) for x, y in SQUARE]
    found = aligned_by_hand(SQUARE, there, SMALL, SMALL)
    assert found.trusted and found.by_hand and found.homography is not None
    np.testing.assert_allclose(moved(np.array([(100.0, 100.0)]), found.homography), [(120, 110)], atol=1e-6)
    assert found.rms_px > 1


@pytest.mark.parametrize(
    "there",
    [
        [(0, 0), (300, 0), (600, 0), (0, 300)],
        [(600, 0), (0, 0), (0, 300), (600, 300)],
        [(0, 0), (600, 300), (600, 0), (0, 300)],
        [(0, 0), (6, 0), (6, 3), (0, 3)],
    ],
    ids=["on a line", "mirrored", "crossed over", "far too small"],
)
def test_points_by_hand_that_no_camera_can_see_are_refused(there: list[tuple[float, float]]) -> None:
    found = aligned_by_hand(SQUARE, there, SMALL, SMALL)
    assert not found.trusted and found.by_hand and found.homography is None
    assert found.sentence
