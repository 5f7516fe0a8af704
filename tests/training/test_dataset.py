from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from crackinspector.core.errors import PictureError, UsageError
from crackinspector.core.labels import Label
from crackinspector.core.natural import natural_key
from crackinspector.sources.pictures import open_picture
from crackinspector.sources.pixels import BACKDROP
from crackinspector.training.dataset import find_records, group_of, read_mask, read_picture, summary


def picture(path: Path, value: int = 128) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), np.full((8, 12, 3), value, np.uint8))


@pytest.mark.parametrize(
    ("stem", "group"),
    [
        ("00123", "00123"),
        ("00123_1", "00123"),
        ("9S6A2783_485_963_3019_3865", "9S6A2783"),
        ("Eugen_Muller_8980a_123_420_527_438", "Eugen_Muller_8980a"),
        ("20160222_080850_1281_361", "20160222_080850"),
        ("concrete_wall_12_3", "concrete_wall_12"),
        ("concrete_wall_0_0", "concrete_wall_0"),
        ("005d3a4d-b8cc-4f14-a288-8065ab797974", "005d3a4d-b8cc-4f14-a288-8065ab797974"),
        ("n01440764_tench", "n01440764_tench"),
        ("IMG_0042", "IMG_0042"),
    ],
)
def test_a_name_tells_its_photograph(stem: str, group: str) -> None:
    assert group_of(stem) == group


def test_natural_order_puts_9_before_10() -> None:
    assert sorted(["w10", "w9", "10", "9", "a"], key=natural_key) == ["9", "10", "a", "w9", "w10"]


def test_all_layouts_are_found_together(tmp_path: Path) -> None:
    picture(tmp_path / "classification" / "brick" / "negative" / "00001.jpg")
    picture(tmp_path / "classification" / "brick" / "Positive" / "00001.JPG")
    picture(tmp_path / "segmentation" / "seg" / "train" / "images" / "a_1_2_3_4.jpg")
    picture(tmp_path / "segmentation" / "seg" / "train" / "masks" / "a_1_2_3_4.png", 255)
    picture(tmp_path / "segmentation" / "seg" / "val" / "images" / "b.jpg")
    picture(tmp_path / "segmentation" / "seg" / "val" / "masks" / "b.png", 0)
    (tmp_path / "classification" / "brick" / "negative" / "notes.txt").write_text("no picture")
    found = [(r.source, r.label, r.group, r.folder_split, r.mask is not None) for r in find_records([tmp_path])]
    assert found == [
        ("brick", Label.NEGATIVE, "00001", None, False),
        ("brick", Label.POSITIVE, "00001", None, False),
        ("seg", Label.NEGATIVE, "b", "val", True),
        ("seg", Label.POSITIVE, "a", "train", True),
    ]
    assert summary(find_records([tmp_path])) == "brick: 1 negative, 1 positive\nseg: 1 negative, 1 positive"


def test_labels_at_the_top_are_named_after_the_folder(tmp_path: Path) -> None:
    picture(tmp_path / "bridge" / "positive" / "1.png")
    assert [r.source for r in find_records([tmp_path / "bridge"])] == ["bridge"]


def test_sources_of_one_name_stay_apart(tmp_path: Path) -> None:
    picture(tmp_path / "2023" / "bridge" / "positive" / "1.png")
    picture(tmp_path / "2024" / "bridge" / "positive" / "1.png")
    picture(tmp_path / "2024" / "bridge" / "negative" / "1.png")
    assert {r.source for r in find_records([tmp_path])} == {"2023/bridge", "2024/bridge"}


def test_folders_without_labels_are_told(tmp_path: Path) -> None:
    picture(tmp_path / "holiday" / "1.jpg")
    with pytest.raises(UsageError, match=r"No labelled pictures below .*<label>"):
        find_records([tmp_path])
    with pytest.raises(UsageError, match="is not a folder"):
        find_records([tmp_path / "missing"])


def test_a_picture_without_its_mask_is_told(tmp_path: Path) -> None:
    picture(tmp_path / "s" / "train" / "images" / "a.jpg")
    (tmp_path / "s" / "train" / "masks").mkdir()
    with pytest.raises(UsageError, match=r"a\.jpg has no mask"):
        find_records([tmp_path])


CUT_SHORT = cv2.imencode(".jpg", np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8))[1].tobytes()[:-900]


@pytest.mark.parametrize("read", [read_picture, read_mask])
@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff\xe0"])
def test_an_unreadable_picture_is_told(tmp_path: Path, content: bytes, read: Callable[[Path], object]) -> None:
    for path in (tmp_path / "a.jpg", tmp_path / "missing.jpg"):
        (tmp_path / "a.jpg").write_bytes(content)
        with pytest.raises(PictureError, match=rf"cannot read .*{path.name}"):
            read(path)


def test_a_picture_that_is_cut_short_is_not_trained_on_half_grey(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(CUT_SHORT)
    with pytest.raises(PictureError, match="cut short"):
        read_picture(tmp_path / "a.jpg")


def test_training_sees_what_analyze_sees(tmp_path: Path) -> None:
    rgb = np.random.default_rng(1).integers(60, 200, (20, 30, 3), np.uint8)
    rgba = np.dstack([rgb, np.zeros((20, 30), np.uint8)])
    cmyk = Image.fromarray(rgb).convert("CMYK")
    deep = Image.fromarray(np.linspace(0, 4095, 600).astype(np.uint16).reshape(20, 30))
    saved = ((Image.fromarray(rgba), "png"), (cmyk, "tif"), (cmyk, "jpg"), (deep, "png"), (deep, "tif"))
    turned = Image.Exif()
    turned[0x0112] = 6
    for number, (image, suffix) in enumerate(saved):
        path = tmp_path / f"{number}.{suffix}"
        image.save(path, exif=turned.tobytes() if suffix == "jpg" else b"")
        picture = read_picture(path)
        assert picture.dtype == np.uint8
        assert picture.flags.c_contiguous
        np.testing.assert_array_equal(picture[:, :, ::-1], open_picture(path).pixels())
    assert read_picture(tmp_path / "0.png")[0, 0].tolist() == [BACKDROP] * 3
    assert read_picture(tmp_path / "2.jpg").shape == (30, 20, 3)
    assert read_picture(tmp_path / "3.png").max() == 255


def test_reading_leaves_no_file_open(tmp_path: Path) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("no /proc on this system")
    image = Image.fromarray(np.zeros((8, 8, 3), np.uint8))
    paths = [tmp_path / f"a.{suffix}" for suffix in ("jpg", "png", "tif", "webp", "bmp")]
    for path in paths:
        image.save(path)
        read_picture(path)
    before = len(list(descriptors.iterdir()))
    for path in paths * 20:
        read_picture(path)
    assert len(list(descriptors.iterdir())) <= before


def test_pictures_are_rgb_whatever_their_name(tmp_path: Path) -> None:
    blue = np.zeros((4, 4, 3), np.uint8)
    blue[..., 0] = 255
    path = tmp_path / "Wänd ü.png"
    path.write_bytes(cv2.imencode(".png", blue)[1].tobytes())
    assert read_picture(path)[0, 0].tolist() == [0, 0, 255]
