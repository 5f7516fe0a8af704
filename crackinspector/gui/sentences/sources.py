"""What cameras and other sources say, and what reads picture files."""

# ruff: noqa: E501 - a template on one line is found by searching for it

from __future__ import annotations

from crackinspector.core.settings import QT_TRANSLATE_NOOP as _T

CAMERAS: tuple[str, ...] = (
    _T("sentences", "waiting for the first picture"),
    _T("sentences", "the end was reached"),
    _T("sentences", "no picture has come for {seconds} s"),
    _T("sentences", "the picture is frozen: the same one has come for {seconds} s"),
    _T("sentences", "the picture of {name} is frozen; it is started again"),
    _T("sentences", "slower than promised: {rate} of {fps} pictures a second"),
    _T("sentences", "{name} has given no picture for {seconds} s; {check}"),
    _T("sentences", "it failed unexpectedly ({error}); the log has the details"),
    _T("sentences", "reading it failed unexpectedly: {error}"),
    _T("sentences", "the camera's worker failed and starts again ({reason})"),
    _T("sentences", "the camera's worker has failed too often and was stopped ({reason}); try again"),
    _T("sentences", "there is no camera at {device}; plug it in or choose another one"),
    _T("sentences", "{device} gives no pictures to programs; choose another camera"),
    _T(
        "sentences",
        "you are not allowed to use {device}; join the group video (sudo usermod -aG video $USER), then log in anew",
    ),
    _T("sentences", "{device} is in use by {program}; close that and try again"),
    _T("sentences", "{device} is no camera; choose another one"),
    _T("sentences", "{device} does not answer ({reason}); unplug it and plug it in again"),
    _T("sentences", "{device} gives no pictures although it is free; unplug it and plug it in again"),
    _T("sentences", "{name} was unplugged; plug it in again"),
    _T("sentences", "{name} has stopped; unplug it and plug it in again"),
    _T("sentences", "{name} is gone ({reason}); plug it in again"),
    _T(
        "sentences", "the camera's library Picamera2 cannot be loaded ({reason}); install the package python3-picamera2"
    ),
    _T(
        "sentences",
        "the camera's library Picamera2 does not work here ({reason}); install crackinspector with the device's own NumPy",
    ),
    _T("sentences", "no CSI camera is found; check its ribbon cable, then start the device again"),
    _T("sentences", "{name} cannot be started: {reason}; close other programs that use it"),
    _T("sentences", "{name} has sent no picture for 2 s; check its ribbon cable"),
    _T("sentences", "{name} has failed: {reason}; check its ribbon cable"),
    _T("sentences", "{name} does not take its settings: {reason}"),
    _T("sentences", "{name} is closed; open it first"),
    _T("sentences", "the process that reads {name} cannot be started: {reason}; close other programs and try again"),
    _T("sentences", "{name} is not needed any more"),
    _T("sentences", "{name} did not answer within {seconds} s; check that it is on and connected"),
    _T("sentences", "{name} does not react any more; it is started again"),
    _T("sentences", "the process that reads {name} has ended {ending}; it is started again"),
    _T("sentences", "{name} sends no more pictures; check that it is on and connected"),
    _T("sentences", "{name} holds no picture that can be read; convert it to MP4 with H.264"),
    _T("sentences", "no video comes from {name}; check the address, the network and that the camera is on"),
    _T("sentences", "{name} is not a video that can be read; convert it to MP4 with H.264"),
    _T("sentences", "{name} cannot be looked at: {reason}; check its permissions"),
    _T(
        "sentences",
        "there is no source {name}: give auto, demo, picamera2, /dev/video0, a picture, a video, a folder, or an address such as rtsp://...",
    ),
    _T("sentences", "no camera has been chosen yet; open the source first"),
    _T("sentences", "the demo wall is missing from this installation: {reason}"),
    _T("sentences", "the demo wall is closed; open it first"),
    _T("sentences", "{name} holds no pictures; give it at least one"),
)

PICTURE_FILES: tuple[str, ...] = (
    _T("sentences", "there is no picture in {path}; choose a folder with .jpg, .png, .tif, .webp or .bmp"),
    _T("sentences", "none of the pictures in {path} can be read; the log says why"),
    _T("sentences", "cannot show {path}: it is too narrow for its length; cut it into parts"),
    _T("sentences", "cannot read {path}: {reason}"),
    _T("sentences", "pixels of the kind {mode} cannot be read: save it as an 8-bit colour picture"),
    _T(
        "sentences",
        "the {kind} file is compressed in a way that cannot be read here: save it with LZW or Deflate ({details})",
    ),
    _T("sentences", "the {kind} file is damaged: copy it again from where it came ({details})"),
    _T("sentences", "the {kind} file is cut short: copy it again from where it came"),
    _T("sentences", "the {kind} header is damaged or cut short ({details})"),
    _T("sentences", "the {kind} header is damaged: it gives a size of {width} x {height} pixels"),
    _T("sentences", "this is {format}; JPEG, PNG, TIFF, WebP and BMP can be read: convert it first"),
    _T("sentences", "not a picture that can be read (JPEG, PNG, TIFF, WebP or BMP)"),
    _T("sentences", "it is a big-endian BigTIFF, which cannot be read: save it with the low byte first"),
    _T("sentences", "the TIFF header is damaged or cut short: it has no tag {tag}"),
    _T("sentences", "the TIFF header is damaged or cut short ({details})"),
    _T(
        "sentences",
        "its samples are {bits}-bit {sample}numbers, and unsigned whole numbers of 1, 2, 4, 8 or 16 bits can be read: convert it to 8 or 16 bits a sample",
    ),
    _T("sentences", "there is not enough memory to decode it"),
    _T("sentences", "the file contradicts itself about its size"),
    _T("sentences", "this is a device or a pipe, not a picture file"),
    _T("sentences", "the file is empty (0 bytes): copy it again from where it came"),
    _T(
        "sentences",
        "the header gives {width} x {height} pixels, more than is read (at most {most} pixels and {side} a side): cut it into parts, if that size is true",
    ),
    _T(
        "sentences",
        "the header gives {width} x {height} pixels, more than is read of {kind}, which needs all of them in memory at once (at most {most} million here): save it as baseline JPEG or as TIFF",
    ),
    _T("sentences", "you are not allowed to list this folder: check its permissions"),
    _T("sentences", "this is a folder, not a picture"),
    _T("sentences", "there is no such file"),
    _T("sentences", "you are not allowed to read it: check the permissions of the file and its folder"),
    _T("sentences", "the file changed while it was read, or contradicts itself about its size"),
    _T("sentences", "samples of type {kind} cannot be read: save it with 8 or 16 bits a sample"),
    _T(
        "sentences",
        "this kind of picture needs libvips, which could not be loaded: install it with `pip install 'pyvips[binary]'` ({reason})",
    ),
)
