"""The colours of the window, light and dark, and how well they can be read. No Qt.

State is never told by colour alone, and every ink is readable (contrast of 4.5:1 or more) on every ground it is put on,
selected rows included: that is why the selection is a pale ground under the same inks.
"""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.domain.signs import Tone


@dataclass(frozen=True, slots=True)
class Tint:
    """The colours of a tone."""

    ink: str
    """For its icon and word, on any ground."""
    wash: str
    """The ground of a chip, a pill or a bar of this tone."""
    edge: str
    """Its outline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One scheme."""

    window: str
    base: str
    alternate: str
    button: str
    text: str
    muted: str
    disabled: str
    border: str
    accent: str
    on_accent: str
    selection: str
    on_selection: str
    tones: dict[Tone, Tint]
    curves: tuple[str, ...]
    """Of lines that lie over one another: told apart by who sees no red, green or blue, on the bands of a chart too."""

    @property
    def grounds(self) -> tuple[str, ...]:
        """What text stands on."""
        return self.window, self.base, self.alternate, self.button, self.selection


LIGHT = Colours(
    window="#f3f5f7",
    base="#ffffff",
    alternate="#f8f9fb",
    button="#fbfcfd",
    text="#1b2127",
    muted="#505a65",
    disabled="#8b95a0",
    border="#ccd3da",
    accent="#0a5cad",
    on_accent="#ffffff",
    selection="#d3e5f7",
    on_selection="#10202f",
    tones={
        Tone.GOOD: Tint("#0c5c2d", "#e1f3e6", "#9fd0ae"),
        Tone.LOOK: Tint("#6e4300", "#fff0cc", "#e3c27a"),
        Tone.STOP: Tint("#9b1526", "#fde5e7", "#eaa9b0"),
        Tone.QUIET: Tint("#434d58", "#e8ecf0", "#c3ccd5"),
    },
    curves=("#0a5cad", "#b34a00", "#1b2127", "#8a10f0"),
)

DARK = Colours(
    window="#1c2025",
    base="#15181c",
    alternate="#1a1e22",
    button="#262b31",
    text="#e7eaee",
    muted="#aab4bf",
    disabled="#6d7782",
    border="#3b434c",
    accent="#6fb4f7",
    on_accent="#0b1a29",
    selection="#1f4263",
    on_selection="#f3f8fd",
    tones={
        Tone.GOOD: Tint("#86dca0", "#14341f", "#2f6a44"),
        Tone.LOOK: Tint("#f4c95f", "#3a2c0a", "#7a6124"),
        Tone.STOP: Tint("#ffadb3", "#48191f", "#86404a"),
        Tone.QUIET: Tint("#c3ccd6", "#2b3138", "#4b545e"),
    },
    curves=("#6fb4f7", "#ff9d4d", "#f5f5f5", "#ee3377"),
)

_LINEAR_BELOW = 0.04045
"""Where the curve of sRGB begins (WCAG 2.2, relative luminance)."""


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2).

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)
