"""The colours that a crack map is shown in: fixed, the same for every frame, so that two pictures can be compared.

All but turbo are perceptually uniform: inferno, magma and viridis by Smith and van der Walt, cividis by Nunez, Anderton
and Renslow for colour-blind readers, turbo by Mikhailov for eyes used to rainbows.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_Scalar = TypeVar("_Scalar", bound=np.generic)

# Evenly spaced RRGGBB from value 0 to value 255; straight lines between them are within 2 of 255 of the published maps.
_KNOTS: Mapping[str, str] = {
    "inferno": (
        "00000402020c0504170a072210092d160b391e0c45260c512f0a5b380962400a67490b6a510e6c59106e61136e69166e"
        "71196e781c6d801f6c88226a902568982766a02a63a82e5fb0315bb73557bf3952c63d4dcc4248d34743d94d3ddf5337"
        "e45a31e9612bed6925f1711ff47918f78212f98b0bfa9407fb9d07fca60cfcb014fbba1ffac42af8cd37f6d746f4e156"
        "f2ea69f2f27df5f992fcffa4"
    ),
    "magma": (
        "00000402020b0504160907200e0b2b140e361a104221114e29115a311165390f6e420f754a107952137c5a167e621980"
        "6a1c81721f81792282812581892881912b81992d80a1307eaa337db2357bba3878c23b75ca3e72d2426fd9466be04c67"
        "e75263ec5860f1605df4695cf7725cf97b5dfb8560fc8e64fd9869fea16efeaa74feb47bfebd82fec68afecf92fed89a"
        "fde2a3fdebacfcf4b6fcfdbf"
    ),
    "viridis": (
        "44015446085c471063481769481d6f482475472a7a46307e453781433d844142873f48893d4e8a3a538b38598c355e8d"
        "33638d31688e2e6d8e2c718e2a768e297b8e27808e25848e23898e218e8d20928c1f978b1e9c891fa18821a58524aa83"
        "28ae802eb37c35b7793dbc7446c06f50c46a5ac86465cb5e70cf577cd25089d54895d840a2da37b0dd2fbddf26cae11f"
        "d8e219e5e419f1e51dfde725"
    ),
    "cividis": (
        "00224e00255300275800295d002b62002d68002f6d0031700533710f35701637701c396f213b6e263d6e2a3f6d2e416d"
        "32436d35456c39486c3c4a6c3f4c6c424e6c45506c48526c4b546c4e566c51586d545a6d565c6d595e6e5c616e5e636f"
        "61656f646770666970696b716c6d726e6f737172747374757676767878777b7a787e7c78807f78838179868379898578"
        "8c88788f8a78928c78948e779791779a93769d9576a09875a39a74a69c74a99f73aca172afa471b3a670b6a96fb9ab6d"
        "bcae6cbfb06bc2b369c5b568c8b866ccba64cfbd62d2c060d5c25ed9c55cdcc859dfca57e2cd54e6d051e9d34eedd54a"
        "f0d846f3db42f7de3efbe138fee434fee838"
    ),
    "turbo": (
        "30123b36215f3b2f803f3e9c424bb54559cb4666dd4773eb4680f6458cfd4099ff38a5fb2fb2f427bee91fc9dd1ad4d0"
        "18ddc21ae4b622ebaa2ff19b3ff68a52fa7a65fd6979fe598bff4b9cfe40a9fb39b7f735c3f134d0ea34dbe236e5d938"
        "eecf3af5c53afaba39fdae35fea130fe932afc8423f9751df46617ef5811e84b0ce14109d83706ce2d04c32503b71d02"
        "a916019b0f018b09027a0403"
    ),
}
COLOUR_MAPS = tuple(_KNOTS)
# The black that these two start with would look like a stain on the wall.
_FIRST: Mapping[str, int] = {"inferno": 64, "magma": 64}
_INVISIBLE = 0.10
_FULL = 0.75


@functools.cache
def colour_map(name: str) -> NDArray[np.uint8]:
    """(256, 3) uint8 BGR: the colour map itself, one of `COLOUR_MAPS`, within 2 of the published table; read-only."""
    knots = np.frombuffer(bytes.fromhex(_KNOTS[name]), np.uint8).reshape(-1, 3)[:, ::-1]
    positions = np.linspace(0, 255, len(knots))
    channels = [np.interp(np.arange(256), positions, knots[:, channel]) for channel in range(3)]
    return _frozen(np.rint(np.stack(channels, axis=1)).astype(np.uint8))


@functools.cache
def map_colours(name: str) -> NDArray[np.uint8]:
    """(256, 3) uint8 BGR for crack map values 0..255, without the black end that some maps have; read-only."""
    values = np.rint(np.linspace(_FIRST.get(name, 0), 255, 256)).astype(np.intp)
    return _frozen(colour_map(name)[values])


@functools.cache
def map_opacity() -> NDArray[np.float32]:
    """(256,) float32, 0..1, for crack map values 0..255: nothing up to 0.1, rising smoothly to 1 at 0.75; read-only."""
    ramp = np.clip((np.arange(256) / 255 - _INVISIBLE) / (_FULL - _INVISIBLE), 0, 1)
    return _frozen((ramp * ramp * (3 - 2 * ramp)).astype(np.float32))


def colour_table(name: str, opacity: float = 1.0) -> NDArray[np.uint8]:
    """(256, 4) uint8 BGRA, not premultiplied, for crack map values 0..255 at an overall opacity 0..1.

    As bytes in memory this is Qt's QRgb on little-endian machines. Its colours depend on the value alone, never on what
    else a map holds; value 0 is transparent.
    """
    alpha = np.rint(255 * min(1.0, max(0.0, opacity)) * map_opacity()).astype(np.uint8)
    return np.concatenate([map_colours(name), alpha[:, None]], axis=1)


def _frozen(array: NDArray[_Scalar]) -> NDArray[_Scalar]:
    array.setflags(write=False)
    return array
