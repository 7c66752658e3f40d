"""Until when the record of a place goes: what says that one stopped (R16, R20)."""

from __future__ import annotations

from peewee import JOIN, SQL, ModelSelect, fn

from ldninv.db.rows import ReadingBlockRow, WatchRow


def recorded() -> ModelSelect[WatchRow]:
    """Select until which day (UTC) the record of each place goes that a logger watches now: `place_id` and `until`.

    A logger that was not read out since it came there knows nothing from that moment on.
    """
    later = WatchRow.alias()
    follows = (later.since > WatchRow.since) | ((later.since == WatchRow.since) & (later.id > WatchRow.id))
    last = fn.MAX(WatchRow.since, fn.COALESCE(ReadingBlockRow.last, WatchRow.since))
    return (
        WatchRow.select(WatchRow.place.alias("place_id"), fn.DATE(fn.MAX(last), SQL("'unixepoch'")).alias("until"))
        .join(ReadingBlockRow, JOIN.LEFT_OUTER, on=(ReadingBlockRow.logger == WatchRow.logger))
        .where(
            WatchRow.place.is_null(is_null=False),
            ~fn.EXISTS(later.select(later.id).where(later.logger == WatchRow.logger, follows)),
        )
        .group_by(WatchRow.place)
    )
