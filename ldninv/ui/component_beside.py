"""What is filled in beside a component's lot, and what is said of it; no Qt (R1, R30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldninv.domain.goods import Known
from ldninv.domain.policies import same_name
from ldninv.domain.signs import Tone
from ldninv.services.components import Meant
from ldninv.ui.draft import Part
from ldninv.ui.scanned import Label


@dataclass(frozen=True, slots=True)
class Beside:
    """What belongs to the lot that stands in a line now."""

    stood: Part
    """The line as it was when the lot came, with what stood beside the lot before it taken out."""
    label: Label | None
    """What the lot's own code says."""
    meant: Meant
    """What is known here of it."""
    before: str = ""
    """The lot that stood there before."""
    went: str = ""
    """What went with that lot, in words."""

    @property
    def row(self) -> Known | None:
        """The component lot as it is known here."""
        return next((each for each in self.meant.known if same_name(each.component.name, self.stood.name)), None)

    @property
    def expires(self) -> date | None:
        """The earlier one of what the label says and what is known here: no batch gets a later date by a doubt (R1)."""
        return min(self._days, default=None)

    @property
    def fills(self) -> dict[str, str]:
        """What goes into which field."""
        known = self.row.component.supplier if self.row else self.meant.product.supplier if self.meant.product else ""
        stood = self.stood.supplier
        supplier = stood if not known or stood.startswith(known) else known
        supplier = supplier if self.label is None else self.label.supplier(supplier)
        said = {"expires": self.expires.isoformat() if self.expires else "", "supplier": supplier}
        return {key: text for key, text in said.items() if text}

    @property
    def says(self) -> bool:
        """Whether more is known of the lot than its text."""
        return bool(self.label or self.meant.known or self.meant.ours)

    @property
    def tone(self) -> Tone:
        """How it is said: calmly where nothing is left to ask."""
        if self.row is not None and self.row.sign.tone is Tone.STOP:
            return Tone.STOP
        calm = self.row is None or self.row.sign.tone in {Tone.GOOD, Tone.QUIET}
        return Tone.QUIET if calm and self.says and not self._asks else Tone.LOOK

    @property
    def words(self) -> str:
        """What is said of it."""
        went = f"What stood there of {self.before} was taken out: {self.went}." if self.went else ""
        return " ".join(text for text in (self._told, *self._asks, went) if text)

    @property
    def _days(self) -> list[date]:
        days = (self.label.expires if self.label else None, self.row.component.expires if self.row else None)
        return [day for day in days if day is not None]

    @property
    def _told(self) -> str:
        name, lot = self.stood.name.strip(), self.stood.lot.strip()
        if not lot:
            return ""
        if self.row is not None:
            part, sign, there = self.row.component, self.row.sign.word, self.row.on_hand
            said = f"{part.name} {part.lot}: {sign}"
            said += f", expires {part.expires}" if part.expires else ""
            said += f", {there} on hand" if there is not None else ""
            return f"{said}. Compare it with the label."
        if self.label is not None:
            return self.label.words(name)
        if self.meant.known:
            return f"{lot} is known here as {' and '.join(self.meant.names)}, and not as {name}."
        if self.meant.ours:
            return f"{lot} is also the label of {self.meant.ours}. Check that it is the component's lot."
        return f"{f'{name}, lot {lot},' if name else f'Lot {lot}'} is not known here."

    @property
    def _asks(self) -> list[str]:
        """What a person has to look at."""
        asks = []
        if len(set(self._days)) > 1:
            code, known = self._days
            asks.append(f"Its code says {code}, and {known} is known here: the earlier stands there. Check the label.")
        if not self._days and self.stood.lot.strip() and not self.stood.expires.strip():
            asks.append("Type its expiry from the label.")
        elif self.expires and self.stood.expires.strip() not in {"", self.expires.isoformat()}:
            asks.append(f"{self.stood.expires.strip()} stood there as its expiry before.")
        return asks
