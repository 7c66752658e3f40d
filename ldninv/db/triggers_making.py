"""What SQLite keeps of a batch whose making is taken back, and of one that comes in again. Frozen with its step."""

from __future__ import annotations

_UNMADE = """(SELECT max(back.id) FROM movement AS back JOIN movement AS made ON made.id = back.voids
            WHERE back.batch_id = NEW.batch_id AND made.kind = 'made')"""

_LASTING = f"""(SELECT {{what}} FROM movement AS said WHERE said.batch_id = NEW.batch_id AND {{which}}
            AND said.id > COALESCE({_UNMADE}, 0) AND NOT EXISTS (
                SELECT 1 FROM movement AS back WHERE back.batch_id = NEW.batch_id AND back.voids = said.id
            ) ORDER BY said.id DESC LIMIT 1)"""  # noqa: S608 - our own names
_QUARANTINED = "CASE said.kind WHEN 'quarantined' THEN said.id END"
_HELD = "CASE said.kind WHEN 'held' THEN said.id END"
_RELEASE, _HOLD = "said.kind IN ('quarantined', 'released')", "said.kind IN ('held', 'decided')"
_REJECTION = "(said.kind = 'rejected' OR (said.kind = 'decided' AND said.decision = 'discard'))"

TRIGGERS_MAKING = (
    "DROP TRIGGER movement_takes_back_standing",
    f"""CREATE TRIGGER movement_takes_back_standing AFTER INSERT ON movement WHEN NEW.kind = 'voided' AND EXISTS (
            SELECT 1 FROM movement WHERE id = NEW.voids
                AND kind IN ('quarantined', 'rejected', 'held', 'recalled', 'decided')
        ) BEGIN
        UPDATE batch SET
            released = COALESCE({_LASTING.format(what="said.kind = 'released'", which=_RELEASE)}, FALSE),
            quarantined_id = {_LASTING.format(what=_QUARANTINED, which=_RELEASE)},
            held_id = {_LASTING.format(what=_HELD, which=_HOLD)},
            rejected_id = COALESCE({_LASTING.format(what="said.id", which=_REJECTION)}, CASE WHEN NOT EXISTS (
                SELECT 1 FROM movement AS again
                WHERE again.batch_id = NEW.batch_id AND again.kind = 'made' AND again.id > {_UNMADE}
            ) THEN {_UNMADE} END),
            recalled_id = (SELECT said.id FROM movement AS said
                WHERE said.batch_id = NEW.batch_id AND said.kind = 'recalled' AND NOT EXISTS (
                    SELECT 1 FROM movement AS back WHERE back.batch_id = NEW.batch_id AND back.voids = said.id
                ) ORDER BY said.id DESC LIMIT 1)
        WHERE id = NEW.batch_id;
    END""",  # noqa: S608 - our own names
    """CREATE TRIGGER movement_takes_back_making AFTER INSERT ON movement WHEN NEW.kind = 'voided' AND EXISTS (
            SELECT 1 FROM movement WHERE id = NEW.voids AND kind = 'made'
        ) BEGIN
        UPDATE batch SET place_id = NULL, released = FALSE, quarantined_id = NULL, held_id = NULL, rejected_id = NEW.id
        WHERE id = NEW.batch_id;
    END""",
    """CREATE TRIGGER movement_makes_again AFTER INSERT ON movement WHEN NEW.kind = 'made' AND (
            SELECT rejected_id FROM batch WHERE id = NEW.batch_id
        ) IS NOT NULL BEGIN
        UPDATE batch SET rejected_id = NULL WHERE id = NEW.batch_id;
    END""",
)
"""A batch that is taken back stands nowhere and is rejected by what took it back, until it comes in again."""
