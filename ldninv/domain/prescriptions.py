"""Numbers of prescriptions: off by default, and never shown whole where they need not be (R29)."""

from __future__ import annotations

import re

from ldninv.domain.refusal import Refused

LONGEST = 32
"""Characters."""

_SHOWN = 2

_NAME = re.compile(r"[^\W\d_]{4,}|[^\W\d_]{2,}[^\w\d]+[^\W\d_]{2,}")
"""More letters in a row than the marks of prescription numbers have, or two words: somebody's name."""


def rx_number(text: str, *, kept: bool) -> str:
    """Return a prescription's number as it is kept.

    The refusals never repeat it: it must not land in a log.

    Args:
        text: As it was typed.
        kept: Whether this pharmacy keeps such numbers at all.

    Raises:
        Refused: it does not, or the text is no number of a prescription: one has digits, and no name in it.
    """
    if not kept:
        raise Refused("This pharmacy keeps no prescription numbers. Leave it out, or have it switched on in Settings.")
    number = " ".join(text.split())
    if not number or len(number) > LONGEST or not number.isprintable():
        raise Refused(f"That is no prescription number. Give 1 to {LONGEST} characters, or leave it out.")
    if not any(each.isdigit() for each in number) or _NAME.search(number):
        raise Refused(
            "That is no prescription number: it has digits, and no person's name. Type it as it stands on the "
            "prescription, or leave it out."
        )
    return number


def masked(number: str) -> str:
    """Return a prescription's number with all but its last characters hidden.

    >>> masked("RX-104477"), masked("7")
    ('•••77', '•••')
    """
    return f"•••{number[-_SHOWN:]}" if len(number) > 2 * _SHOWN else "•••"
