"""The one style sheet: lines, corners and distances that a palette cannot say."""

from dataclasses import asdict
from pathlib import Path
from string import Template

from xqhz_desktop.ui.tokens import Tokens

_SHEET = Template("""
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: 4px 8px; }
QFrame#navigation { background: $surface; border: none; border-right: 1px solid $border; }
QFrame#card, QFrame#notice { background: $surface; border: 1px solid $border; border-radius: 6px; }
QFrame#card[link="true"]:hover { border-color: $accent; }
QFrame#card[link="true"]:focus { border-color: $accent; }
QFrame#notice[tone="bad"] { background: $bad_weak; border-color: $bad; }
QFrame#notice[tone="warn"] { background: $warn_weak; border-color: $warn; }
QFrame#notice[tone="good"] { background: $good_weak; border-color: $good; }
QFrame#panel { background: $surface; border: none; border-left: 1px solid $border; }
QFrame#foot { border: none; border-top: 1px solid $border; }
QFrame#foot[tone="drop"] { background: $weak; }
QFrame#status { background: $window; border: none; border-top: 1px solid $border; }
QFrame#code { background: $weak; border: none; border-radius: 6px; }
QFrame#drop { background: $surface; border: 2px dashed $accent; border-radius: 6px; }
QFrame#line { background: $border; border: none; max-height: 1px; min-height: 1px; }
QLabel[tone="second"] { color: $second; }
QLabel[tone="hint"] { color: $hint; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }

QPushButton { background: $surface; color: $text; border: 1px solid $border; border-radius: 6px;
  padding: 5px 12px; min-height: 20px; }
QPushButton:hover { border-color: $accent; }
QPushButton:focus { border-color: $accent; }
QPushButton:pressed { background: $weak; }
QPushButton:disabled { color: $pale; background: $window; border-color: $border; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: bold; }
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:focus { background: $hover;
  border-color: $hover; }
QPushButton[primary="true"]:disabled { background: $border; color: $pale; border-color: $border; }
QPushButton[danger="true"]:enabled { color: $bad; border-color: $bad; font-weight: bold; }
QPushButton[danger="true"]:focus, QPushButton[danger="true"]:hover { background: $bad_weak; }
QPushButton[danger="true"]:disabled { font-weight: bold; }
QPushButton[link="true"] { background: transparent; border: 1px solid transparent; color: $accent;
  padding: 2px 4px; }
QPushButton[link="true"]:hover, QPushButton[link="true"]:focus { border-color: $accent; }
QPushButton[link="true"]:disabled { color: $pale; }
QPushButton[chip="true"] { border-radius: 12px; padding: 2px 12px; }
QPushButton[chip="true"]:checked { background: $weak; color: $accent; border-color: $weak;
  font-weight: bold; }
QPushButton[chip="true"]:focus { border-color: $accent; }
QFrame#chip { background: $weak; border: none; border-radius: 6px; }
QDialog#popup { background: $surface; border: 1px solid $border; }

QToolButton#place { border: 1px solid transparent; border-radius: 6px; padding: 0 8px;
  text-align: left; color: $second; background: transparent; }
QToolButton#place:hover { background: $window; }
QToolButton#place:focus { border-color: $accent; }
QToolButton#place:checked { background: $weak; color: $accent; font-weight: bold; }
QToolButton#small { border: 1px solid transparent; border-radius: 4px; padding: 2px; }
QToolButton#small:hover, QToolButton#small:focus { border-color: $accent; }

QLineEdit, QComboBox { background: $surface; color: $text; border: 1px solid $border;
  border-radius: 6px; padding: 5px 8px; min-height: 20px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus { border-color: $accent; }
QLineEdit#field { padding: 2px 6px; min-height: 18px; }
QLineEdit#field[readOnly="true"] { border-color: transparent; background: transparent; }
QLineEdit[tone="bad"] { border-color: $bad; }
QLineEdit#cell, QComboBox#cell { border-color: $accent; border-radius: 0; padding: 0 4px;
  min-height: 16px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; outline: none;
  selection-background-color: $weak; selection-color: $text; }

QRadioButton { spacing: 8px; }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid $hint; border-radius: 7px;
  background: $surface; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 4px solid $accent; }
QRadioButton::indicator:focus, QRadioButton::indicator:hover { border-color: $accent; }

QCheckBox { spacing: 8px; }
QCheckBox::indicator, QTableView::indicator { width: 14px; height: 14px; border: 1px solid $hint;
  border-radius: 3px; background: $surface; }
QCheckBox::indicator:checked, QTableView::indicator:checked { border-color: $accent;
  background: $accent; image: url("$tick"); }
QCheckBox::indicator:focus, QCheckBox::indicator:hover { border-color: $accent; }

QToolButton#account { border: 1px solid transparent; border-radius: 4px; color: $second;
  background: transparent; padding: 2px 18px 2px 0; }
QToolButton#account:hover, QToolButton#account:focus { border-color: $accent; }
QToolButton#account::menu-indicator { image: url("$arrow"); width: 10px; height: 10px;
  subcontrol-origin: padding; subcontrol-position: right center; right: 4px; }

QTableView { background: $surface; border: none; border-top: 1px solid $border;
  gridline-color: $border; selection-background-color: $weak; selection-color: $text;
  outline: none; }
QTableView::item { padding: 0 4px; }
QTableView::item:selected { background: $weak; }
QTableView::item:focus { border: 1px solid $accent; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $window; color: $second; border: none;
  border-right: 1px solid $border; border-bottom: 1px solid $border; padding: 0 6px; }
QHeaderView::section:vertical { padding: 0 6px; color: $hint; }
QTableCornerButton::section { background: $window; border: none;
  border-right: 1px solid $border; border-bottom: 1px solid $border; }

QTextBrowser#guide { background: $surface; color: $text; border: none; }
QListWidget#contents { background: $window; color: $second; border: none; outline: none;
  border-right: 1px solid $border; padding: 12px 8px; }
QListWidget#contents::item { padding: 7px 10px; border-radius: 6px; }
QListWidget#contents::item:hover { color: $accent; }
QListWidget#contents::item:selected { background: $weak; color: $accent; }
QListWidget#lines { background: $surface; border: none; outline: none; padding: 4px 10px; }
QListWidget#lines::item { border-radius: 4px; padding: 2px 6px; }
QListWidget#lines::item:selected { background: $weak; color: $text; }
QListWidget#lines:focus { border: 1px solid $accent; }
QListWidget#attachments { background: $surface; border: none; outline: none; }
QListWidget#attachments::item { border-radius: 4px; }
QListWidget#attachments::item:selected { background: $weak; }
QListWidget#attachments:focus { border: 1px solid $accent; border-radius: 4px; }

QMenu { background: $surface; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $weak; color: $accent; }
QMenu::item:disabled { color: $pale; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }

QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $second; border: none; padding: 6px 12px;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; font-weight: bold; }
QTabBar::tab:hover, QTabBar::tab:focus { color: $accent; }
QTabBar::tab:disabled { color: $pale; }

QProgressBar { background: $border; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollArea { border: none; background: transparent; }
QScrollArea#boxed { background: $surface; border: 1px solid $border; border-radius: 6px; }
QScrollArea > QWidget > QWidget#ground { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; min-height: 24px;
  min-width: 24px; }
QScrollBar::handle:hover { background: $pale; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
""")


def style_sheet(tokens: Tokens, icons: Path) -> str:
    """The style sheet in the colours of a set of tokens; `icons` is the folder of its signs."""
    arrow, tick = ((icons / f"{one}-{tokens.name}.svg").as_posix() for one in ("down", "tick"))
    return _SHEET.substitute(asdict(tokens), arrow=arrow, tick=tick)
