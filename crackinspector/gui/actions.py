"""Everything that a person can do, once: words, icon, keys. Buttons, keys and the help page all draw from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from crackinspector.core.errors import UsageError
from crackinspector.gui.action_specs import DEVICE_KEYS, SPECS, ActionSpec

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText

_NAVIGATION = frozenset(
    QKeySequence(text).toString(_PORTABLE)
    for text in ("Tab", "Shift+Tab", "Return", "Enter", "Up", "Down", "Left", "Right", "PgUp", "PgDown", "Home", "End")
)


class Actions(QObject):
    """One `QAction` for each of `SPECS`, by id; they belong to the window, so that their keys work all over it.

    Their texts follow the language by themselves.

    Attributes:
        refused: a sentence for each of the first shortcuts that could not be used.
    """

    def __init__(self, window: QWidget, shortcuts: Mapping[str, str] | None = None) -> None:
        """`shortcuts` is `Settings.shortcuts`; entries that cannot be used are left out."""
        super().__init__(window)
        self._specs = {spec.id: spec for spec in SPECS}
        self._actions: dict[str, QAction] = {}
        self._disabled: dict[str, str] = {}
        for spec in SPECS:
            action = QAction(self)
            action.setObjectName(spec.id)
            action.setCheckable(spec.checkable)
            action.setAutoRepeat(spec.repeats)
            action.setMenuRole(QAction.MenuRole.NoRole)
            self._actions[spec.id] = action
            window.addAction(action)
        self.refused = self.apply_shortcuts(shortcuts or {})
        window.installEventFilter(self)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def spec(self, action_id: str) -> ActionSpec:
        """How the action is delivered."""
        return self._specs[action_id]

    def apply_shortcuts(self, shortcuts: Mapping[str, str]) -> list[str]:
        """Give the actions their own keys, changed by `shortcuts` (`Settings.shortcuts`; "" = no key at all).

        Returns:
            A sentence for each entry that was left out, because it is no key, another's, or of no action.
        """
        for spec in SPECS:
            self._actions[spec.id].setShortcuts(_sequences(spec.keys))
        refused = []
        # Keys are given up before others take them, so that two actions can have exchanged theirs.
        known = {action_id: text for action_id, text in shortcuts.items() if action_id in self._actions}
        for action_id in known:
            self._actions[action_id].setShortcuts([])
        for action_id, text in shortcuts.items():
            if action_id not in known:
                refused.append(self.tr("There is no action {action} for a key.").format(action=action_id))
                continue
            try:
                self._check(action_id, text)
            except UsageError as error:
                refused.append(str(error))
                own = self._specs[action_id].keys
                text = own if not self._holder(action_id, own) else ""
            self._actions[action_id].setShortcuts(_sequences(text))
        self._retranslate()
        return refused

    def checked_shortcut(self, action_id: str, text: str) -> str | None:
        """What `Settings.shortcuts` shall hold so that the action has these keys: None = no entry, they are its own.

        Raises:
            UsageError: another action has one of them, or it is needed for something else; a sentence in the
                language of the screen.
        """
        self._check(action_id, text)
        given = _portable(text)
        return None if given == _portable(self._specs[action_id].keys) else given

    def set_icons(self, draw: Callable[[str], QIcon]) -> None:
        """Give every action the icon that `draw` makes of its name; again when the theme changes."""
        for spec in SPECS:
            self._actions[spec.id].setIcon(draw(spec.icon))

    def disable(self, action_id: str, reason: str) -> None:
        """Take an action away for good and say why in its tooltip."""
        self._disabled[action_id] = reason
        self._actions[action_id].setEnabled(False)
        self._retranslate()

    def keys_text(self, action_id: str) -> str:
        """The action's keys as this system writes them, such as "F1" or "Esc, Q"; empty if it has none."""
        return ", ".join(sequence.toString(_NATIVE) for sequence in self._actions[action_id].shortcuts())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the window's language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        return False

    def _check(self, action_id: str, text: str) -> None:
        sequences = _sequences(text)
        if text and not sequences:
            raise UsageError(self.tr("“{keys}” is no key.").format(keys=text))
        for sequence in sequences:
            if sequence.count() > 1:
                raise UsageError(self.tr("“{keys}” is more than one key.").format(keys=text))
            portable, native = sequence.toString(_PORTABLE), sequence.toString(_NATIVE)
            if portable in DEVICE_KEYS:
                raise UsageError(
                    self.tr("{keys} is what a button of the reTerminal sends; take another key.").format(keys=native)
                )
            if portable in _NAVIGATION:
                raise UsageError(
                    self.tr("{keys} moves between the controls on the screen; take another key.").format(keys=native)
                )
        holder = self._holder(action_id, text)
        if holder:
            raise UsageError(self.tr("“{action}” has this key already; change that one first.").format(action=holder))

    def _holder(self, action_id: str, text: str) -> str:
        """The text of another action that has one of these keys, empty if there is none."""
        for other_id, other in self._actions.items():
            if other_id != action_id and any(sequence in other.shortcuts() for sequence in _sequences(text)):
                return _translated(self._specs[other_id].text)
        return ""

    def _retranslate(self) -> None:
        for spec in SPECS:
            action = self._actions[spec.id]
            text, tip, keys = _translated(spec.text), _translated(spec.tip), self.keys_text(spec.id)
            action.setText(text)
            action.setIconText(text)
            action.setStatusTip(tip)
            action.setToolTip(self._disabled.get(spec.id) or (f"{tip} ({keys})" if keys else tip))
            action.setWhatsThis(tip)


def _translated(text: str) -> str:
    return QCoreApplication.translate("actions", text)


def _sequences(text: str) -> list[QKeySequence]:
    """The key sequences of a portable text; what Qt does not know is left out."""
    return [sequence for sequence in QKeySequence.listFromString(text, _PORTABLE) if sequence.toString(_PORTABLE)]


def _portable(text: str) -> str:
    return QKeySequence.listToString(_sequences(text), _PORTABLE)
