"""Changes to a training picture that a camera, a distance or a wall could have made.

All functions take and return (h, w, 3) uint8 RGB pictures and draw from the generator that they are given, so a
sample is fixed by its seed. Only `view` changes what part of a picture is seen: where the label has to stay true, the
caller gives it a span and an angle that leave nothing out.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


def view(
    image: Image,
    mask: NDArray[np.uint8] | None,
    centre: tuple[float, float],
    span: tuple[float, float],
    angle: float,
    size: int,
    flip: bool,
) -> tuple[Image, NDArray[np.uint8] | None]:
    """Looks at part of a picture: a turned rectangle of `span` pixels around `centre`, as a size x size picture.

    What lies beyond the picture is its reflection. Where the view shrinks, the picture is averaged first, so that a
    hairline grows faint as it does with distance instead of breaking up.

    Args:
        mask: (h, w) uint8, 0 or 255, taken along; the returned mask is soft where a pixel is partly crack.
        centre, span: x and y in picture pixels.
        angle: radians.
    """
    shrink = max(1.0, min(span) / size)
    if shrink > 1.15:
        small = (max(8, round(image.shape[1] / shrink)), max(8, round(image.shape[0] / shrink)))
        factor = (small[0] / image.shape[1], small[1] / image.shape[0])
        image = np.asarray(cv2.resize(image, small, interpolation=cv2.INTER_AREA), np.uint8)
        if mask is not None:
            mask = np.asarray(cv2.resize(mask, small, interpolation=cv2.INTER_AREA), np.uint8)
        centre = (centre[0] * factor[0], centre[1] * factor[1])
        span = (span[0] * factor[0], span[1] * factor[1])
    cos, sin = np.cos(angle), np.sin(angle)
    step_x, step_y = span[0] / size * (-1 if flip else 1), span[1] / size
    linear = np.array([[cos * step_x, -sin * step_y], [sin * step_x, cos * step_y]])
    # pixel centres lie at half integers
    offset = np.array(centre) - 0.5 - linear @ np.array([size / 2 - 0.5, size / 2 - 0.5])
    inverse = np.hstack([linear, offset[:, None]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpAffine(image, inverse, (size, size), flags=flags, borderMode=cv2.BORDER_REFLECT_101)
    if mask is not None:
        mask = np.asarray(
            cv2.warpAffine(mask, inverse, (size, size), flags=flags, borderMode=cv2.BORDER_REFLECT_101), np.uint8
        )
    return np.asarray(seen, np.uint8), mask


def colour(image: Image, rng: np.random.Generator) -> Image:
    """Light and paint: brightness, contrast, gamma, colour cast, hue, saturation, sometimes grey."""
    picture = np.multiply(image, 1 / 255, dtype=np.float32)
    if rng.random() < 0.7:
        hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)
        hsv[..., 0] = (hsv[..., 0] + rng.normal(0, 12)) % 360
        hsv[..., 1] = np.clip(hsv[..., 1] * rng.uniform(0.4, 1.5), 0, 1)
        picture = np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.float32)
    if rng.random() < 0.15:
        picture = np.repeat(picture.mean(axis=2, keepdims=True, dtype=np.float32), 3, axis=2)
    if rng.random() < 0.4:
        picture = picture * rng.uniform(0.8, 1.2, 3).astype(np.float32)
    mean = picture.mean()
    picture = (picture - mean) * np.float32(rng.uniform(0.55, 1.45)) + mean
    picture = np.clip(picture + np.float32(rng.normal(0, 0.1)), 0, 1)
    if rng.random() < 0.5:
        picture = picture ** np.float32(np.exp(rng.normal(0, 0.3)))
    return np.asarray(np.clip(picture * 255, 0, 255), np.uint8)


def shadow(image: Image, rng: np.random.Generator) -> Image:
    """A soft or hard-edged shadow or a light gradient across the picture."""
    height, width = image.shape[:2]
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x - np.float32(rng.uniform(0, width)), y - np.float32(rng.uniform(0, height))
    along = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))
    softness = np.float32(np.exp(rng.uniform(np.log(0.7), np.log(width))))
    shade = 1 - np.float32(rng.uniform(0.1, 0.6)) / (1 + np.exp(-np.clip(along / softness, -30, 30)))
    return np.asarray(image * shade[..., None], np.uint8)


def lens(image: Image, rng: np.random.Generator) -> Image:
    """What camera and file do: blur or sharpening, noise, JPEG."""
    roll = rng.random()
    if roll < 0.3:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.3)), np.uint8)
    elif roll < 0.45:
        soft = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.8, 1.6))
        amount = rng.uniform(0.3, 1.2)
        image = np.asarray(cv2.addWeighted(image, 1 + amount, soft, -amount, 0), np.uint8)
    if rng.random() < 0.4:
        noise = rng.standard_normal((*image.shape[:2], 1), np.float32) * np.float32(rng.uniform(1, 9))
        image = np.asarray(np.clip(image + noise, 0, 255), np.uint8)
    if rng.random() < 0.4:
        quality = int(rng.integers(35, 96))
        _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
        image = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return image


def decoys(image: Image, rng: np.random.Generator) -> Image:
    """Lines that are no cracks: formwork joints, grooves, wires and painted stripes, straight and even."""
    height, width = image.shape[:2]
    picture = image.astype(np.float32)
    for _ in range(int(rng.integers(1, 4))):
        layer = np.zeros((height, width), np.float32)
        angle = rng.choice([0, np.pi / 2]) + rng.normal(0, 0.06 if rng.random() < 0.7 else 1.0)
        centre = np.array([rng.uniform(0, width), rng.uniform(0, height)])
        reach = np.array([np.cos(angle), np.sin(angle)]) * 2 * max(height, width)
        a, b = (tuple(int(v * 16) for v in centre + sign * reach) for sign in (-1, 1))
        thickness = int(rng.choice([1, 1, 2, 3, 4, 6, 10]))
        cv2.line(layer, a, b, 1.0, thickness, cv2.LINE_8, 4)
        layer = np.asarray(cv2.GaussianBlur(layer, (0, 0), rng.uniform(0.5, 2.0)), np.float32)
        strength = rng.uniform(0.1, 0.6) * (-1 if rng.random() < 0.7 else 1)
        picture += layer[..., None] * np.float32(strength * 160)
    return np.asarray(np.clip(picture, 0, 255), np.uint8)
