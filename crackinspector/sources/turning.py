"""Pictures turned and mirrored as a camera hangs."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.settings import CameraSettings

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def turned(image: NDArray[np.uint8], camera: CameraSettings) -> NDArray[np.uint8]:
    """The picture rotated and mirrored as the camera hangs, (h, w, 3), read-only; no copy where nothing turns."""
    result = image.view()
    if camera.mirror:
        # not mirrored after the rotation, which takes three times as long
        if camera.rotation == 90:
            result = np.asarray(cv2.transpose(result), np.uint8)
        elif camera.rotation == 180:
            result = np.asarray(cv2.flip(result, 0), np.uint8)
        elif camera.rotation == 270:
            result = np.asarray(cv2.rotate(cv2.transpose(result), cv2.ROTATE_180), np.uint8)
        else:
            result = np.asarray(cv2.flip(result, 1), np.uint8)
    elif camera.rotation in _TURNS:
        result = np.asarray(cv2.rotate(result, _TURNS[camera.rotation]), np.uint8)
    result.flags.writeable = False
    return result
