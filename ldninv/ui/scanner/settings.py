"""What is kept of the scanner at this workstation."""

from __future__ import annotations

from dataclasses import fields, replace

from PySide6.QtCore import QSettings

from ldninv.ui.scanner.burst import ScannerSettings, Suffix

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
    found = {name: _number(memory, name) for name in RANGES}
    suffix, prefix = str(memory.value(f"{_GROUP}/suffix", "")), str(memory.value(f"{_GROUP}/prefix", ""))
    return replace(
        USUAL,
        **{name: number for name, number in found.items() if number is not None},
        suffix=Suffix(suffix) if suffix in list(Suffix) else USUAL.suffix,
        prefix=prefix[:LONGEST_PREFIX] if prefix.isprintable() else "",
        sound=str(memory.value(f"{_GROUP}/sound", "true")).casefold() != "false",
    )


def keep(memory: QSettings, wanted: ScannerSettings) -> None:
    """Keep it for the next start."""
    for each in fields(wanted):
        value = getattr(wanted, each.name)
        memory.setValue(f"{_GROUP}/{each.name}", value.value if isinstance(value, Suffix) else value)


def _number(memory: QSettings, name: str) -> int | None:
    text, (low, high) = str(memory.value(f"{_GROUP}/{name}", "")), RANGES[name]
    return int(text) if text.isascii() and text.isdecimal() and low <= int(text) <= high else None
