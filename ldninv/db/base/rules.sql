-- What the database itself keeps and refuses, as SQLite's triggers do up to step 0013. Frozen with the tables.

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0];
END $$;

DO $$
DECLARE fact TEXT;
BEGIN
    FOREACH fact IN ARRAY ARRAY[
        'movement', 'event', 'component', 'person_name', 'signature', 'disposal', 'rx', 'formula', 'batch_record',
        'quality', 'policy', 'component_date', 'date_kept', 'recall', 'recall_batch', 'recall_closed', 'product',
        'alias', 'goods', 'goods_movement', 'logger', 'watch', 'calibration', 'logger_file', 'reading_block',
        'daily_reading', 'happening', 'touch', 'storage_decision', 'batch_storage', 'issued_report'
    ] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT '
            'EXECUTE FUNCTION refuse(''a fact is appended, never changed'')', fact || '_is_appended', fact);
    END LOOP;
END $$;

CREATE TRIGGER batch_no_delete BEFORE DELETE OR TRUNCATE ON batch
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a batch outlives its stock');
CREATE TRIGGER person_no_delete BEFORE DELETE OR TRUNCATE ON person
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a person is retired, never deleted');
CREATE TRIGGER batch_made_once BEFORE UPDATE OF
    lot, lot_key, strength, form, prepared, made, filler, container, capsule_size, made_by, verified_by, policy, event_id
    ON batch FOR EACH STATEMENT EXECUTE FUNCTION refuse('what was made is never changed');

CREATE FUNCTION batch_date() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
        NEW.expires < OLD.expires AND NEW.decided_by = 'pharmacist'
        AND (NEW.expires, NEW.decided_rule) = (
            SELECT expires, 'shortened: ' || COALESCE(reason, '') FROM movement
            WHERE batch_id = OLD.id AND expires IS NOT NULL ORDER BY id DESC LIMIT 1
        )
        AND NEW.first_expires = COALESCE(OLD.first_expires, OLD.expires)
        AND NEW.first_decided_by = COALESCE(OLD.first_decided_by, OLD.decided_by)
        AND NEW.first_decided_rule = COALESCE(OLD.first_decided_rule, OLD.decided_rule)
    ) IS NOT TRUE THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'what was made is never changed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER batch_date_is_only_shortened BEFORE UPDATE OF
    expires, decided_by, decided_rule, first_expires, first_decided_by, first_decided_rule
    ON batch FOR EACH ROW EXECUTE FUNCTION batch_date();

-- What the ledger makes of a batch: its stock, then its date.
CREATE FUNCTION movement_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
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
                        SELECT 1 FROM movement AS back WHERE back.batch_id = NEW.batch_id AND back.voids = lasting.id
                    )
                ORDER BY lasting.id DESC LIMIT 1
            ), FALSE) END,
        released = CASE NEW.kind WHEN 'released' THEN TRUE WHEN 'quarantined' THEN FALSE ELSE released END,
        quarantined_id = CASE NEW.kind
            WHEN 'quarantined' THEN NEW.id WHEN 'released' THEN NULL ELSE quarantined_id END,
        rejected_id = CASE
            WHEN NEW.kind = 'rejected' OR (NEW.kind = 'decided' AND NEW.decision = 'discard') THEN NEW.id
            WHEN NEW.kind = 'made' THEN NULL ELSE rejected_id END,
        recalled_id = CASE NEW.kind WHEN 'recalled' THEN NEW.id ELSE recalled_id END,
        held_id = CASE NEW.kind WHEN 'held' THEN NEW.id WHEN 'decided' THEN NULL ELSE held_id END
    WHERE id = NEW.batch_id;
    IF NEW.expires IS NOT NULL THEN
        UPDATE batch SET
            first_expires = COALESCE(first_expires, expires),
            first_decided_by = COALESCE(first_decided_by, decided_by),
            first_decided_rule = COALESCE(first_decided_rule, decided_rule),
            expires = NEW.expires,
            decided_by = 'pharmacist',
            decided_rule = 'shortened: ' || COALESCE(NEW.reason, '')
        WHERE id = NEW.batch_id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER movement_keeps_stock AFTER INSERT ON movement
    FOR EACH ROW EXECUTE FUNCTION movement_keeps();

-- The last entry of these kinds that says something of a batch since its making was taken back, if ever, and holds.
CREATE FUNCTION lasting(of_batch BIGINT, kinds TEXT[]) RETURNS movement LANGUAGE sql STABLE AS $$
    SELECT said.* FROM movement AS said
    WHERE said.batch_id = of_batch
        AND (said.kind = ANY (kinds) OR (
            'rejected' = ANY (kinds) AND said.kind = 'decided' AND said.decision = 'discard'))
        AND said.id > COALESCE((
            SELECT max(back.id) FROM movement AS back JOIN movement AS made ON made.id = back.voids
            WHERE back.batch_id = of_batch AND made.kind = 'made'
        ), 0)
        AND NOT EXISTS (SELECT 1 FROM movement AS back WHERE back.batch_id = of_batch AND back.voids = said.id)
    ORDER BY said.id DESC LIMIT 1
$$;

-- What was said of the whole batch and taken back counts for nothing; a batch that is taken back itself stands nowhere
-- and is rejected by what took it back, until it comes in again.
CREATE FUNCTION movement_takes_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    voided TEXT := (SELECT kind FROM movement WHERE id = NEW.voids);
    unmade BIGINT := (SELECT max(back.id) FROM movement AS back JOIN movement AS made ON made.id = back.voids
        WHERE back.batch_id = NEW.batch_id AND made.kind = 'made');
    release movement := lasting(NEW.batch_id, ARRAY['quarantined', 'released']);
    hold movement := lasting(NEW.batch_id, ARRAY['held', 'decided']);
    rejection movement := lasting(NEW.batch_id, ARRAY['rejected']);
BEGIN
    IF voided IN ('quarantined', 'rejected', 'held', 'recalled', 'decided') THEN
        UPDATE batch SET
            released = COALESCE(release.kind = 'released', FALSE),
            quarantined_id = CASE release.kind WHEN 'quarantined' THEN release.id END,
            held_id = CASE hold.kind WHEN 'held' THEN hold.id END,
            rejected_id = COALESCE(rejection.id, CASE WHEN NOT EXISTS (
                SELECT 1 FROM movement AS again
                WHERE again.batch_id = NEW.batch_id AND again.kind = 'made' AND again.id > unmade
            ) THEN unmade END),
            recalled_id = (SELECT said.id FROM movement AS said
                WHERE said.batch_id = NEW.batch_id AND said.kind = 'recalled' AND NOT EXISTS (
                    SELECT 1 FROM movement AS back WHERE back.batch_id = NEW.batch_id AND back.voids = said.id
                ) ORDER BY said.id DESC LIMIT 1)
        WHERE id = NEW.batch_id;
    ELSIF voided = 'made' THEN
        UPDATE batch SET place_id = NULL, released = FALSE, quarantined_id = NULL, held_id = NULL, rejected_id = NEW.id
        WHERE id = NEW.batch_id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER movement_takes_back AFTER INSERT ON movement
    FOR EACH ROW WHEN (NEW.kind = 'voided') EXECUTE FUNCTION movement_takes_back();

CREATE FUNCTION reading_block_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.last < NEW.first OR NEW.first <= (
        SELECT last FROM reading_block
        WHERE logger_id = NEW.logger_id AND layer = NEW.layer AND first <= NEW.last ORDER BY first DESC LIMIT 1
    ) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'integrity_constraint_violation', MESSAGE = 'a logger has one reading at a moment';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER reading_block_once BEFORE INSERT ON reading_block
    FOR EACH ROW EXECUTE FUNCTION reading_block_once();

CREATE FUNCTION batch_storage_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE batch SET storage = NEW.level, review = NEW.review WHERE id = NEW.batch_id;
    RETURN NULL;
END $$;

CREATE TRIGGER batch_storage_keeps AFTER INSERT ON batch_storage
    FOR EACH ROW EXECUTE FUNCTION batch_storage_keeps();
