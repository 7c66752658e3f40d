"""Two codes whose text is known: what a scanner makes of them says how it is set. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.domain.scan.plain import GS


@dataclass(frozen=True, slots=True)
class Known:
    """A code that is shown on the screen and on paper."""

    name: str
    text: str
    """What the symbol holds, with GS where parts are separated."""
    parts: tuple[tuple[str, str], ...] = ()
    """Its GS1 elements; none where it is plain."""

    @property
    def spelled(self) -> str:
        """As people read it below the symbol."""
        return "".join(f"({identifier}){value}" for identifier, value in self.parts) or " ".join(self.text)


SIGNS = Known("Letters, digits and signs", "AZYQMWaz-/(\"2'0+9*")
"""What foreign keyboards and Caps Lock change; its last signs tell keyboards apart that agree else.

At some keyboards a sign of it is a dead key, which changes or swallows the next one: a digit comes after those.
"""

SEPARATED = Known("Two parts and a separator", f"91AZYQ{GS}92MW09", (("91", "AZYQ"), ("92", "MW09")))
"""Identifiers 90 to 99 are everybody's own: no maker's code is like it."""

KNOWN = (SIGNS, SEPARATED)
