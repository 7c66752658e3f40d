"""The pharmacy's settings are changed, with what they were before."""

from __future__ import annotations

from dataclasses import asdict

from ldninv.domain.settings import Settings, checked
from ldninv.services.context import Change, Context

ACTION = "settings"
"""What the trail calls a change of the settings."""


def change(context: Context, settings: Settings, reason: str | None = None) -> Change:
    """Keep `settings`, and note what was changed from what (R28); batches keep the dates that they have (R1).

    Raises:
        Refused: they cannot be, or a custom policy has no reason.
    """
    wanted = checked(settings)
    with context.writing() as work:
        kept = work.preferences.read()
        before, after = asdict(kept), asdict(wanted)
        changed = [name for name in after if after[name] != before[name]]
        if not changed:
            return Change.NOTHING
        before, after = ({name: of[name] for name in changed} for of in (before, after))
        work.trail.append(context.event(ACTION, "pharmacy", before=before, after=after, reason=reason))
        work.preferences.write(wanted)
    return Change.SETTINGS
