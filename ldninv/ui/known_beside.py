"""What the records know beside the fields of a new batch: formulas, the last batch, a lot's potency."""

from __future__ import annotations

from contextlib import suppress

from ldninv.domain.formulas import Formula
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Potency
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.services import components, making
from ldninv.services.components import Meant
from ldninv.services.context import Context
from ldninv.services.making import Prefilled


class Known:
    """Asked while somebody types: what is half typed has no answer yet, and is no mistake."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of_last(self, strength: Strength) -> Prefilled:
        """Return what the last batch of a strength had.

        Raises:
            Surroundings: the records cannot be read.
        """
        return making.prefilled(self._context, strength)

    def formulas(self, strength: str) -> tuple[Formula, ...]:
        """Return the master formulas of a strength as it was typed."""
        with suppress(Refused):
            return self.of_last(Strength.parse(strength)).formulas
        return ()

    def potency(self, lot: str) -> Potency | None:
        """Return the potency that was read for a drug lot before; None of no lot."""
        return making.potency_of(self._context, lot) if lot else None

    def meant(self, text: str) -> Meant:
        """Return what a text is beside a component; nothing that is known where nobody can be asked."""
        with suppress(Refused, Surroundings):
            return components.meant(self._context, text)
        return Meant()
