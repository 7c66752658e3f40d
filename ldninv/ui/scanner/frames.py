"""What comes over a serial line as codes: bytes in, however they are torn, whole codes out. No Qt."""

from __future__ import annotations

import re

from ldninv.domain.scan import LONGEST

_ENDS = re.compile(rb"[\r\n]+")
_MOST = 4 * LONGEST
"""Bytes without an end; what is longer is no code, but the noise of a wrong speed."""


class Frames:
    """Follows the bytes of one line."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, arrived: bytes) -> list[str]:
        r"""Return the codes that ended with these bytes; the rest is held until it does.

        >>> line = Frames()
        >>> line.feed(b"LDN26"), line.feed(b"0117001M\r\nAB\n"), line.feed(b"\r")
        ([], ['LDN260117001M', 'AB'], [])
        """
        *whole, self._held = _ENDS.split(self._held + arrived)
        self._held = self._held[:_MOST]
        return [_text(each) for each in whole if each]


def _text(code: bytes) -> str:
    """Return a code as text; bytes that are no UTF-8 are Latin-1, as most scanners send them."""
    try:
        return code.decode()
    except UnicodeDecodeError:
        return code.decode("latin-1")
