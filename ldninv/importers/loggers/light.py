"""Units of light: what a heading or a cell says, and how many lux that is (R17)."""

from __future__ import annotations

import re

_UNITS = (
    (re.compile(r"\bk(?:lx|lux)\b|kilolux"), 1000.0),
    (re.compile(r"\bl(?:m|um)(?:ens?)? ?/ ?(?:ft|sq)|foot ?-?candle|\bfc\b|\bft-?c\b"), 10.7639),
    (re.compile(r"\blux\b|\blx\b|\bl(?:m|um)(?:ens?)? ?/ ?m|ルクス|勒克斯|럭스"), 1.0),
)
_ALWAYS_LUX = re.compile(r"照度|조도|illuminan|iluminan|eclairement|beleuchtungsst")
_LIGHT = re.compile(
    r"\blight\b|licht|lumiere|\bluz\b|\bluce\b|luminos|luminanc|intensi|brightness|helligkeit|光|照度|조도|illumin"
)
_OTHER_LIGHT = re.compile(r"\buv|ultraviol|infra|\bpar\b|signal")
_OTHER_UNIT = re.compile(r"w/m|w/cm|mol|%|volt|\bmv\b")


def lux_in(heading: str) -> float | None:
    """Return how many lux one of a heading's units is, or None where it names no light, or light in another unit.

    >>> lux_in("intensity, lum/ft2"), lux_in("light (klx)"), lux_in("light (w/m2)")
    (10.7639, 1000.0, None)
    """
    for shape, lux in _UNITS:
        if shape.search(heading):
            return lux
    return 1.0 if _ALWAYS_LUX.search(heading) and not _OTHER_UNIT.search(heading) else None


def is_unknown(heading: str) -> bool:
    """Whether a heading tells of light, and not in which unit that lux can be made of.

    >>> is_unknown("light"), is_unknown("light (lux)"), is_unknown("uv intensity (mw/cm2)")
    (True, False, False)
    """
    return bool(_LIGHT.search(heading)) and lux_in(heading) is None and not _OTHER_LIGHT.search(heading)
