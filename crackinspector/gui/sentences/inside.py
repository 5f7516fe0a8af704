"""What stands inside of other sentences, and can be anything else, too."""

from __future__ import annotations

from crackinspector.core.settings import QT_TRANSLATE_NOOP as _T

INSIDE: tuple[str, ...] = (
    _T("sentences", "there is a file where a folder is needed"),
    _T("sentences", "another program"),
    _T("sentences", "{program} (process {number})"),
    _T("sentences", "without a name"),
    _T("sentences", "the CSI camera"),
    _T("sentences", "CSI camera"),
    _T("sentences", "CSI camera {model}"),
    _T("sentences", "Demo wall"),
    _T("sentences", "the model"),
    _T("sentences", "no details"),
    _T("sentences", "no output"),
    _T("sentences", "{package} lacks the module {module}"),
    _T("sentences", "{package} is not installed"),
    _T("sentences", "{package} does not work here ({error})"),
    _T("sentences", "it computes 21 + 21 = {answer}"),
    _T("sentences", "exit status {number}"),
    _T("sentences", "a GIF"),
    _T("sentences", "a PDF"),
    _T("sentences", "a Photoshop file"),
    _T("sentences", "an icon"),
    _T("sentences", "a JPEG 2000"),
    _T("sentences", "a JPEG XL"),
    _T("sentences", "a ZIP archive"),
    _T("sentences", "a Git LFS pointer, not the picture itself"),
    _T("sentences", "a HEIC picture or a video"),
    _T("sentences", "an AVIF"),
    _T("sentences", "interlaced PNG"),
    _T("sentences", "progressive JPEG"),
    _T("sentences", "run-length coded BMP"),
)
