"""The dew point of air, by which columns can be told apart."""

from __future__ import annotations

import math

_MAGNUS, _MAGNUS_C = 17.62, 243.12


def dew_point_c(celsius: float, humidity: float) -> float:
    """Return the dew point of air, by Magnus with the constants of Sonntag (1990): right to 0.1 °C in rooms.

    >>> round(dew_point_c(21.0, 45.0), 1), round(dew_point_c(0.0, 100.0), 1)
    (8.6, 0.0)
    """
    if humidity <= 0 or celsius <= -_MAGNUS_C:
        return math.nan
    share = math.log(humidity / 100) + _MAGNUS * celsius / (_MAGNUS_C + celsius)
    return _MAGNUS_C * share / (_MAGNUS - share)
