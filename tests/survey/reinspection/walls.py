"""Pictures that a camera could take of a generated wall, and where each point of the wall lies in them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.survey.reinspection.homography import Homography, moved, scale_at

SIZE = (1280, 720)
FOCAL = 1.2
"""Focal length in widths of the picture: an ordinary lens."""


def camera(
    wall: tuple[int, int],
    rng: np.random.Generator,
    *,
    tilt: float = 0.0,
    turn: float = 0.0,
    scale: float = 1.0,
    shift: tuple[float, float] = (0.0, 0.0),
    size: tuple[int, int] = SIZE,
) -> Homography:
    """The homography from a wall's pixels to a picture of it.

    Args:
        wall: width and height of the wall.
        rng: chooses the direction of the tilt.
        tilt: degrees between the wall's normal and the camera's axis.
        turn: degrees by which the camera is turned about its axis.
        scale: pixels of the picture for one of the wall, in the middle of the picture.
        shift: where the camera points to, from the wall's middle, in widths and heights of the wall.
        size: width and height of the picture.
    """
    direction = rng.uniform(0, 2 * np.pi)
    lean, _ = cv2.Rodrigues(np.array([np.cos(direction), np.sin(direction), 0.0]) * np.deg2rad(tilt))
    about, _ = cv2.Rodrigues(np.array([0.0, 0.0, np.deg2rad(turn)]))
    pose = about @ lean
    focal = FOCAL * size[0]
    lens = np.array([[focal, 0, size[0] / 2], [0, focal, size[1] / 2], [0, 0, 1]])
    middle = np.array([[1, 0, -wall[0] * (0.5 + shift[0])], [0, 1, -wall[1] * (0.5 + shift[1])], [0, 0, 1]])
    found = lens @ np.stack([pose[:, 0], pose[:, 1], np.array([0, 0, focal / scale])], axis=1) @ middle
    return np.asarray(found / found[2, 2], np.float64)


def picture(
    wall: NDArray[np.uint8],
    where: Homography,
    rng: np.random.Generator,
    *,
    size: tuple[int, int] = SIZE,
    light: float = 0.4,
    noise: float = 4.0,
) -> NDArray[np.uint8]:
    """A picture of the wall, (h, w, 3) uint8 BGR; `light` is how unevenly and differently it may be lit, 0..1."""
    middle = moved(np.array([[size[0] / 2, size[1] / 2]]), np.linalg.inv(where))[0]
    scale = scale_at(middle, where)
    soft = cv2.GaussianBlur(wall, (0, 0), max(0.3, 0.5 * np.sqrt(max(0.0, 1 / scale**2 - 1))))
    seen = cv2.warpPerspective(soft, where, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    values = np.asarray(seen, np.float32)
    if light:
        across, down = np.meshgrid(np.linspace(-1, 1, size[0]), np.linspace(-1, 1, size[1]))
        angle = rng.uniform(0, 2 * np.pi)
        slope = 1 + rng.uniform(0, light) * (across * np.cos(angle) + down * np.sin(angle))
        values *= np.asarray(slope * rng.uniform(1 - light, 1 + light / 2), np.float32)[..., None]
        bend = rng.uniform(1 - light / 2, 1 + light / 2)
        values = np.asarray(255 * (np.clip(values, 0, 255) / 255) ** bend, np.float32)
        values *= rng.uniform(0.9, 1.1, 3).astype(np.float32)
    values += rng.normal(0, noise, values.shape).astype(np.float32)
    return np.clip(values, 0, 255).astype(np.uint8)


def largest_error(found: Homography, true: Homography, size: tuple[int, int] = SIZE) -> float:
    """By how many pixels of the second picture a homography is off at most, where both pictures show the wall.

    Infinite if they do not.
    """
    across, down = np.meshgrid(np.linspace(0, size[0], 15), np.linspace(0, size[1], 15))
    points = np.stack([across.ravel(), down.ravel()], axis=1)
    goal = moved(points, true)
    inside = ((goal >= 0) & (goal <= np.array(size))).all(axis=1)
    if not inside.any():
        return float("inf")
    return float(np.hypot(*(moved(points[inside], found) - goal[inside]).T).max())
