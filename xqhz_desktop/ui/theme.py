"""How the window looks: two sets of the same tokens, one palette, one small style sheet."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from xqhz_desktop.base.paths import resources
from xqhz_desktop.ui.sheet import style_sheet
from xqhz_desktop.ui.tokens import DARK, LIGHT, Tokens

FAMILIES = ("Noto Sans SC", "Xqhz Fallback SC")
FONTS = (
    "fonts/NotoSansSC-Regular.ttf",
    "fonts/NotoSansSC-Bold.ttf",
    "fonts/XqhzFallbackSC-Regular.ttf",
    "icons/XqhzIcons.ttf",
)
POINTS = 10.0


@dataclass(slots=True)
class _Shown:
    """The tokens that the window shows now."""

    tokens: Tokens = LIGHT


_shown = _Shown()


def tokens() -> Tokens:
    """The tokens in force; LIGHT until `apply` was called."""
    return _shown.tokens


def colour(name: str) -> QColor:
    """The colour of a token by its name."""
    return QColor(getattr(_shown.tokens, name))


def apply(app: QApplication, *, dark: bool = False) -> None:
    """Give the application its fonts, palette and style sheet."""
    _shown.tokens = DARK if dark else LIGHT
    app.setStyle("Fusion")
    load_fonts()
    app.setFont(font())
    app.setPalette(palette(_shown.tokens))
    app.setStyleSheet(style_sheet(_shown.tokens, resources() / "icons"))


def load_fonts() -> None:
    """Register the fonts of `resources/`; once is enough."""
    if FAMILIES[0] in QFontDatabase.families():
        return
    for name in FONTS:
        QFontDatabase.addApplicationFont(str(resources() / name))


def font(points: float = POINTS, *, bold: bool = False) -> QFont:
    """The one family, in points."""
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPointSizeF(points)
    made.setBold(bold)
    return made


def palette(shown: Tokens) -> QPalette:
    """The palette of a set of tokens."""
    role = QPalette.ColorRole
    made = QPalette(QColor(shown.window))
    for place, value in (
        (role.Window, shown.window),
        (role.WindowText, shown.text),
        (role.Base, shown.surface),
        (role.AlternateBase, shown.window),
        (role.Text, shown.text),
        (role.Button, shown.surface),
        (role.ButtonText, shown.text),
        (role.BrightText, shown.bad),
        (role.ToolTipBase, shown.surface),
        (role.ToolTipText, shown.text),
        (role.PlaceholderText, shown.hint),
        (role.Highlight, shown.weak),
        (role.HighlightedText, shown.text),
        (role.Link, shown.accent),
        (role.Accent, shown.accent),
        (role.Mid, shown.border),
        (role.Dark, shown.border),
        (role.Light, shown.surface),
    ):
        made.setColor(place, QColor(value))
    for place in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, place, QColor(shown.pale))
    return made
