"""What is kept of the scanner at this workstation."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import QSettings

from ldninv.ui.scanner.layouts import layout_pairs
from ldninv.ui.scanner.pace import ScannerSettings, Suffix
from ldninv.ui.scanner.serial_port import FRAMINGS, SPEEDS

_GROUP = "scanner"
USUAL = ScannerSettings()

RANGES = {
    "first_gap": (20, 300),
    "gap": (20, 500),
    "average": (5, 300),
    "least": (2, 20),
    "sure": (2, 40),
    "longest": (500, 20_000),
    "silence": (50, 1_000),
}
"""What each number may be: outside of it no scan would be taken, or typing would wait."""
LONGEST_PREFIX = 5


def kept(memory: QSettings) -> ScannerSettings:
    """Return what was kept; what cannot be read is as usual."""
    found: dict[str, Any] = {name: _number(memory, name) for name in RANGES}
    suffix, prefix = _text(memory, "suffix"), _text(memory, "prefix")
    speed, framing = _text(memory, "speed"), _text(memory, "framing")
    separator, layouts = _text(memory, "separator"), _text(memory, "layouts")
    return replace(
        USUAL,
        **{name: number for name, number in found.items() if number is not None},
        suffix=Suffix(suffix) if suffix in list(Suffix) else USUAL.suffix,
        prefix=prefix[:LONGEST_PREFIX] if prefix.isprintable() else "",
        sound=_text(memory, "sound").casefold() != "false",
        pauses=_text(memory, "pauses").casefold() == "true",
        separator=separator if len(separator) == 1 else "",
        layouts=layouts if layouts in layout_pairs() else "",
        swapped=_text(memory, "swapped").casefold() == "true",
        port=_text(memory, "port"),
        speed=next((each for each in SPEEDS if str(each) == speed), USUAL.speed),
        framing=framing if framing in FRAMINGS else USUAL.framing,
    )


def keep(memory: QSettings, wanted: ScannerSettings) -> None:
    """Keep it for the next start."""
    for each in fields(wanted):
        value = getattr(wanted, each.name)
        memory.setValue(f"{_GROUP}/{each.name}", value.value if isinstance(value, Suffix) else value)


def _text(memory: QSettings, name: str) -> str:
    return str(memory.value(f"{_GROUP}/{name}", ""))


def _number(memory: QSettings, name: str) -> int | None:
    text, (low, high) = _text(memory, name), RANGES[name]
    return int(text) if text.isascii() and text.isdecimal() and low <= int(text) <= high else None
