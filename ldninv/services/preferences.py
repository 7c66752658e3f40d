"""The pharmacy's settings are changed, with what they were before."""

from __future__ import annotations

from dataclasses import asdict

from ldninv.domain.settings import Settings, checked
from ldninv.domain.signing import Meaning
from ldninv.services import policies, signing
from ldninv.services.context import Change, Context
from ldninv.services.people import managing
from ldninv.services.signing import Pen

ACTION = "settings"
"""What the trail calls a change of the settings."""

LOOKED_AFTER = frozenset(
    {
        "idle_minutes",
        "released_by",
        "witness_needed",
        "rx_numbers",
        "with_components",
        "closed_days",
        "calibration_months",
    }
)
"""What only a pharmacist or an admin changes, where there are people: it says how closely one looks."""


def change(context: Context, settings: Settings, reason: str | None = None, *, sign: Pen | None = None) -> Change:
    """Keep `settings`, and note what was changed from what (R28); batches keep the dates that they have (R1).

    A policy holds from today on, and a pharmacist signs it where there are people (R2).

    Raises:
        Refused: they cannot be, a custom policy has no reason, nobody signs who may, or a technician changes how
            closely one looks.
    """
    wanted, today = checked(settings), context.today()
    with context.store.reading() as work:
        in_force = work.settings(today).policy
    signer = signing.signer(context, sign, Meaning.POLICY) if wanted.policy != in_force else None
    with context.writing() as work:
        kept = work.settings(today)
        before, after = asdict(kept), asdict(wanted)
        changed = [name for name in after if after[name] != before[name]]
        if not changed:
            return Change.NOTHING
        if work.people.any() and not LOOKED_AFTER.isdisjoint(changed):
            managing(context, work, "change who releases, the witness, the PIN, Rx numbers or component dates")
        before, after = ({name: of[name] for name in changed} for of in (before, after))
        after |= {"effective_from": today} if "policy" in changed else {}
        number = work.trail.append(context.event(ACTION, "pharmacy", before=before, after=after, reason=reason))
        work.preferences.write(wanted)
        if "policy" in changed:
            work.policies.append(wanted.policy, today, number)
            signing.sign(
                context, work, signer, wanted.policy.name, policies.content(wanted.policy, today), about=number
            )
    context.seat.idle_minutes = wanted.idle_minutes
    return Change.SETTINGS
