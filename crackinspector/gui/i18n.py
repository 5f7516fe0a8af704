"""The language of the screen: English in the source, other languages by Qt Linguist's files in resources/translations.

Everything that shows text follows by itself when the language changes: Qt sends LanguageChange to every widget.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from crackinspector.core.shipped import shipped_folder

log = logging.getLogger(__name__)
LANGUAGES = ("en", "ko")
_NAME = "crackinspector-language"
_PROPERTY = "crackinspector_language"


def chosen_language(language: str) -> str:
    """The language that the setting `interface.language` means, one of `LANGUAGES`: "auto" asks the system."""
    if language in LANGUAGES:
        return language
    for wanted in QLocale.system().uiLanguages():
        code = wanted.replace("_", "-").partition("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"


def install(app: QCoreApplication, language: str) -> str:
    """Show everything in that language from now on, Qt's own words too where Qt has them. GUI thread.

    Args:
        app: the application.
        language: as in the setting `interface.language`: "auto", "en" or "ko".

    Returns:
        The language that it became.
    """
    code = chosen_language(language)
    app.setProperty(_PROPERTY, code)
    for old in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(old)
        old.deleteLater()
    if code == "en":
        return code
    own = shipped_folder("resources") / "translations"
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for stem, folder in (("qtbase", qt), ("crackinspector", str(own))):
        translator = QTranslator(app)
        translator.setObjectName(_NAME)
        if translator.load(f"{stem}_{code}", folder):
            app.installTranslator(translator)
        else:
            translator.deleteLater()
            if stem != "qtbase":
                log.warning("there is no translation %s_%s in %s; the screen stays English", stem, code, folder)
    return code


def current_language() -> str:
    """The language that everything is shown in, one of `LANGUAGES`. Any thread."""
    app = QCoreApplication.instance()
    code = app.property(_PROPERTY) if app is not None else None
    return code if code in LANGUAGES else "en"
