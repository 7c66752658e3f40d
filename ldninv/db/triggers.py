"""What the database itself keeps and refuses: SQLite's triggers, step by step. Each is frozen with its step."""

from __future__ import annotations

_FACTS = ("movement", "event", "component")

_MADE_ONCE = (
    "lot, lot_key, strength, form, prepared, expires, decided_by, decided_rule, made, filler, container, capsule_size, "
    "made_by, verified_by, policy, event_id"
)

TRIGGERS_1 = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in _FACTS
        for verb in ("UPDATE", "DELETE")
    ),
    """CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch
        BEGIN SELECT RAISE(ABORT, 'a batch outlives its stock'); END""",
    f"""CREATE TRIGGER batch_made_once BEFORE UPDATE OF {_MADE_ONCE} ON batch
        BEGIN SELECT RAISE(ABORT, 'what was made is never changed'); END""",
    """CREATE TRIGGER movement_keeps_stock AFTER INSERT ON movement BEGIN
        UPDATE batch SET
            on_hand = on_hand + NEW.capsules,
            place_id = COALESCE(NEW.place_id, place_id),
            destroyed = CASE WHEN NEW.capsules = 0 THEN destroyed
                ELSE NEW.kind = 'destroyed' AND on_hand + NEW.capsules = 0 END,
            released = CASE NEW.kind WHEN 'released' THEN TRUE WHEN 'quarantined' THEN FALSE ELSE released END,
            quarantined_id = CASE NEW.kind
                WHEN 'quarantined' THEN NEW.id WHEN 'released' THEN NULL ELSE quarantined_id END,
            rejected_id = CASE NEW.kind WHEN 'rejected' THEN NEW.id ELSE rejected_id END,
            recalled_id = CASE NEW.kind WHEN 'recalled' THEN NEW.id ELSE recalled_id END,
            held_id = CASE NEW.kind WHEN 'held' THEN NEW.id WHEN 'decided' THEN NULL ELSE held_id END
        WHERE id = NEW.batch_id;
    END""",
)
"""What the first schema step installs. Frozen with it."""

TRIGGERS_3 = tuple(
    f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN NEW.{key} IN (SELECT {key} FROM {table}) "  # noqa: S608 - our own names
    "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
    for table, key in (("movement", "id"), ("event", "number"), ("component", "id"), ("batch", "id"))
)
"""What the third step installs: `INSERT OR REPLACE` deletes without asking the triggers of DELETE. Frozen with it."""

TRIGGERS_4 = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in ("person_name", "signature")
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace_{key} BEFORE INSERT ON {table} "  # noqa: S608 - our own names
        f"WHEN NEW.{key} IN (SELECT {key} FROM {table}) "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table, key in (
            ("person_name", "name_key"),
            ("signature", "id"),
            ("signature", "event_id"),
            ("person", "id"),
        )
    ),
    """CREATE TRIGGER person_no_delete BEFORE DELETE ON person
        BEGIN SELECT RAISE(ABORT, 'a person is retired, never deleted'); END""",
)
"""What the fourth step installs: a signature and a name stay, and so does a person. Frozen with it."""

_DATE = "expires, decided_by, decided_rule"

_FIRST_DATE = "first_expires, first_decided_by, first_decided_rule"

_MADE_ONCE_BUT_THE_DATE = _MADE_ONCE.replace(f"{_DATE}, ", "")

TRIGGERS_5 = (
    "DROP TRIGGER batch_made_once",
    f"""CREATE TRIGGER batch_made_once BEFORE UPDATE OF {_MADE_ONCE_BUT_THE_DATE} ON batch
        BEGIN SELECT RAISE(ABORT, 'what was made is never changed'); END""",
    f"""CREATE TRIGGER batch_date_is_only_shortened BEFORE UPDATE OF {_DATE}, {_FIRST_DATE} ON batch WHEN (
            NEW.expires < OLD.expires AND NEW.decided_by = 'pharmacist'
            AND (NEW.expires, NEW.decided_rule) = (
                SELECT expires, 'shortened: ' || COALESCE(reason, '') FROM movement
                WHERE batch_id = OLD.id AND expires IS NOT NULL ORDER BY id DESC LIMIT 1
            )
            AND NEW.first_expires = COALESCE(OLD.first_expires, OLD.expires)
            AND NEW.first_decided_by = COALESCE(OLD.first_decided_by, OLD.decided_by)
            AND NEW.first_decided_rule = COALESCE(OLD.first_decided_rule, OLD.decided_rule)
        ) IS NOT TRUE
        BEGIN SELECT RAISE(ABORT, 'what was made is never changed'); END""",  # noqa: S608 - our own names
    "DROP TRIGGER movement_keeps_stock",
    """CREATE TRIGGER movement_keeps_stock AFTER INSERT ON movement BEGIN
        UPDATE batch SET
            on_hand = on_hand + NEW.capsules,
            returned = returned + NEW.returned,
            place_id = COALESCE(NEW.place_id, place_id),
            destroyed = CASE
                WHEN NEW.capsules = 0 THEN destroyed
                WHEN on_hand + NEW.capsules <> 0 THEN FALSE
                WHEN NEW.voids IS NULL THEN NEW.kind = 'destroyed'
                ELSE COALESCE((
                    SELECT lasting.kind = 'destroyed' FROM movement AS lasting
                    WHERE lasting.batch_id = NEW.batch_id AND lasting.capsules <> 0 AND lasting.voids IS NULL
                        AND NOT EXISTS (
                            SELECT 1 FROM movement AS back
                            WHERE back.batch_id = NEW.batch_id AND back.voids = lasting.id
                        )
                    ORDER BY lasting.id DESC LIMIT 1
                ), FALSE) END,
            released = CASE NEW.kind WHEN 'released' THEN TRUE WHEN 'quarantined' THEN FALSE ELSE released END,
            quarantined_id = CASE NEW.kind
                WHEN 'quarantined' THEN NEW.id WHEN 'released' THEN NULL ELSE quarantined_id END,
            rejected_id = CASE WHEN NEW.kind = 'rejected' OR (NEW.kind = 'decided' AND NEW.decision = 'discard')
                THEN NEW.id ELSE rejected_id END,
            recalled_id = CASE NEW.kind WHEN 'recalled' THEN NEW.id ELSE recalled_id END,
            held_id = CASE NEW.kind WHEN 'held' THEN NEW.id WHEN 'decided' THEN NULL ELSE held_id END
        WHERE id = NEW.batch_id;
    END""",
    """CREATE TRIGGER movement_shortens AFTER INSERT ON movement WHEN NEW.expires IS NOT NULL BEGIN
        UPDATE batch SET
            first_expires = COALESCE(first_expires, expires),
            first_decided_by = COALESCE(first_decided_by, decided_by),
            first_decided_rule = COALESCE(first_decided_rule, decided_rule),
            expires = NEW.expires,
            decided_by = 'pharmacist',
            decided_rule = 'shortened: ' || COALESCE(NEW.reason, '')
        WHERE id = NEW.batch_id;
    END""",
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in ("disposal", "rx")
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - our own names
        f"WHEN NEW.movement_id IN (SELECT movement_id FROM {table}) "
        "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in ("disposal", "rx")
    ),
)
"""What the fifth step installs: what came back is summed apart, and a date moves only to an earlier day, and only by
an entry of the ledger. Frozen with it."""

_APPEND_ONLY_6 = ("formula", "batch_record", "quality", "policy", "component_date", "date_kept")

_VERSIONED_6 = (("formula", "number_key"), ("batch_record", "batch_id"))

TRIGGERS_6 = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in _APPEND_ONLY_6
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN NEW.id IN (SELECT id FROM {table}) "  # noqa: S608 - our own names
        "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in _APPEND_ONLY_6
    ),
    *(
        f"CREATE TRIGGER {table}_no_second BEFORE INSERT ON {table} "  # noqa: S608 - our own names
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key} AND version = NEW.version) "
        "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table, key in _VERSIONED_6
    ),
)
"""What the sixth step installs: a version of a record or a formula stays as it is. Frozen with it."""

TRIGGERS_7 = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in ("recall", "recall_batch", "recall_closed")
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN NEW.{key} IN (SELECT {key} FROM {table}) "  # noqa: S608 - our own names
        "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table, key in (("recall", "id"), ("recall_batch", "movement_id"), ("recall_closed", "recall_id"))
    ),
)
"""What the seventh step installs: a recall is opened once and closed once. Frozen with it."""

_GOODS = ("product", "alias", "goods", "goods_movement")

TRIGGERS_GOODS = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in _GOODS
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN NEW.id IN (SELECT id FROM {table}) "  # noqa: S608 - our own names
        "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in _GOODS
    ),
    *(
        f"CREATE TRIGGER {table}_no_second BEFORE INSERT ON {table} "  # noqa: S608 - our own names
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {one} = NEW.{one} AND {other} = NEW.{other}) "
        "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table, one, other in (("product", "name_key", "supplier_key"), ("goods", "product_id", "lot_key"))
    ),
)
"""What the step of bought goods installs: a product, a received lot and each movement stay as they are. Frozen."""

_STORAGE = (
    "logger", "watch", "calibration", "logger_file", "reading_block", "daily_reading", "happening", "touch",
    "storage_decision", "batch_storage",
)  # fmt: skip

TRIGGERS_STORAGE = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in _STORAGE
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN NEW.id IN (SELECT id FROM {table}) "  # noqa: S608 - our own names
        "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in _STORAGE
        if table != "touch"
    ),
    """CREATE TRIGGER touch_no_replace BEFORE INSERT ON touch
        WHEN EXISTS (SELECT 1 FROM touch
            WHERE happening_id = NEW.happening_id AND batch_id = NEW.batch_id AND start = NEW.start)
        BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END""",
    """CREATE TRIGGER reading_block_once BEFORE INSERT ON reading_block
        WHEN NEW.last < NEW.first OR NEW.first <= (SELECT last FROM reading_block
            WHERE logger_id = NEW.logger_id AND layer = NEW.layer AND first <= NEW.last ORDER BY first DESC LIMIT 1)
        BEGIN SELECT RAISE(ABORT, 'a logger has one reading at a moment'); END""",
    """CREATE TRIGGER batch_storage_keeps AFTER INSERT ON batch_storage BEGIN
        UPDATE batch SET storage = NEW.level, review = NEW.review WHERE id = NEW.batch_id;
    END""",
)
"""What the step of storage installs: readings, and what was made of them, stay; a batch shows its last. Frozen."""

TRIGGERS_ISSUED = (
    *(
        f"CREATE TRIGGER issued_report_no_{verb.lower()} BEFORE {verb} ON issued_report "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER issued_report_no_replace_{key} BEFORE INSERT ON issued_report "  # noqa: S608 - our own names
        f"WHEN NEW.{key} IN (SELECT {key} FROM issued_report) "
        "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for key in ("id", "event_id")
    ),
)
"""What the step of issued reports installs: they stay as they are. Frozen with it."""

_LASTING = """FROM movement AS said WHERE said.batch_id = NEW.batch_id AND {which} AND NOT EXISTS (
                SELECT 1 FROM movement AS back WHERE back.batch_id = NEW.batch_id AND back.voids = said.id
            ) ORDER BY said.id DESC LIMIT 1"""
_OF_RELEASE = _LASTING.format(which="said.kind IN ('quarantined', 'released')")
_OF_HOLD = _LASTING.format(which="said.kind IN ('held', 'decided')")
_REJECTING = _LASTING.format(which="(said.kind = 'rejected' OR (said.kind = 'decided' AND said.decision = 'discard'))")
_RECALLING = _LASTING.format(which="said.kind = 'recalled'")

TRIGGERS_TAKING_BACK = (
    f"""CREATE TRIGGER movement_takes_back_standing AFTER INSERT ON movement WHEN NEW.kind = 'voided' AND EXISTS (
            SELECT 1 FROM movement WHERE id = NEW.voids
                AND kind IN ('quarantined', 'rejected', 'held', 'recalled', 'decided')
        ) BEGIN
        UPDATE batch SET
            released = COALESCE((SELECT said.kind = 'released' {_OF_RELEASE}), FALSE),
            quarantined_id = (SELECT CASE said.kind WHEN 'quarantined' THEN said.id END {_OF_RELEASE}),
            held_id = (SELECT CASE said.kind WHEN 'held' THEN said.id END {_OF_HOLD}),
            rejected_id = (SELECT said.id {_REJECTING}),
            recalled_id = (SELECT said.id {_RECALLING})
        WHERE id = NEW.batch_id;
    END""",  # noqa: S608 - our own names
)
"""What the step of taking back installs: what was said of the whole batch and taken back counts for nothing. Frozen."""
