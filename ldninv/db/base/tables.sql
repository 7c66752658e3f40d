-- The tables as the schema had them at step 0013, which PostgreSQL begins with; later steps run on both. Frozen.
-- Text is compared and sorted by its characters (COLLATE "C"), as SQLite does.

-- Who writes moves this number first and so waits for whoever is writing; others see by it that somebody wrote.
CREATE TABLE turn (number BIGINT NOT NULL);
INSERT INTO turn VALUES (0);

CREATE TABLE place (
    id BIGSERIAL PRIMARY KEY, name TEXT COLLATE "C" NOT NULL, name_key TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL, light TEXT COLLATE "C" NOT NULL,
    lux_limit BIGINT NOT NULL DEFAULT 10 CHECK (lux_limit > 0), profile TEXT COLLATE "C" NOT NULL DEFAULT 'crt'
);
CREATE UNIQUE INDEX place_name_key ON place (name_key);

CREATE TABLE event (
    number BIGSERIAL PRIMARY KEY, at TEXT COLLATE "C" NOT NULL, by TEXT COLLATE "C" NOT NULL,
    workstation TEXT COLLATE "C" NOT NULL, action TEXT COLLATE "C" NOT NULL, subject TEXT COLLATE "C" NOT NULL,
    before TEXT COLLATE "C", after TEXT COLLATE "C", reason TEXT COLLATE "C", previous TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL
);
CREATE INDEX event_at ON event (at);
CREATE INDEX event_by ON event (by);
CREATE INDEX event_action ON event (action);
CREATE INDEX event_subject ON event (subject);

CREATE TABLE batch (
    id BIGSERIAL PRIMARY KEY, lot TEXT COLLATE "C" NOT NULL, lot_key TEXT COLLATE "C" NOT NULL,
    strength BIGINT NOT NULL, form TEXT COLLATE "C" NOT NULL, prepared TEXT COLLATE "C" NOT NULL,
    expires TEXT COLLATE "C" NOT NULL, decided_by TEXT COLLATE "C" NOT NULL, decided_rule TEXT COLLATE "C" NOT NULL,
    made BIGINT NOT NULL, filler TEXT COLLATE "C", container TEXT COLLATE "C", capsule_size TEXT COLLATE "C",
    made_by TEXT COLLATE "C", verified_by TEXT COLLATE "C", policy TEXT COLLATE "C",
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT,
    on_hand BIGINT NOT NULL DEFAULT 0 CHECK (on_hand >= 0), place_id BIGINT REFERENCES place (id) ON DELETE RESTRICT,
    released BOOLEAN NOT NULL DEFAULT FALSE, destroyed BOOLEAN NOT NULL DEFAULT FALSE, quarantined_id BIGINT,
    rejected_id BIGINT, recalled_id BIGINT, held_id BIGINT,
    returned BIGINT NOT NULL DEFAULT 0 CHECK (returned BETWEEN 0 AND on_hand), first_expires TEXT COLLATE "C",
    first_decided_by TEXT COLLATE "C", first_decided_rule TEXT COLLATE "C",
    storage TEXT COLLATE "C" NOT NULL DEFAULT 'not-monitored', review TEXT COLLATE "C"
);
CREATE UNIQUE INDEX batch_lot_key ON batch (lot_key);
CREATE INDEX batch_place_id ON batch (place_id);
CREATE INDEX batch_expires_prepared_lot ON batch (expires, prepared, lot);
CREATE INDEX batch_strength_on_hand_expires ON batch (strength, on_hand, expires);
CREATE INDEX batch_in_stock ON batch (expires, prepared, lot) WHERE (on_hand > 0);

CREATE TABLE component (
    id BIGSERIAL PRIMARY KEY, batch_id BIGINT NOT NULL REFERENCES batch (id) ON DELETE RESTRICT,
    name TEXT COLLATE "C" NOT NULL, supplier TEXT COLLATE "C" NOT NULL, lot TEXT COLLATE "C" NOT NULL,
    lot_key TEXT COLLATE "C" NOT NULL, expires TEXT COLLATE "C", amount TEXT COLLATE "C" NOT NULL
);
CREATE INDEX component_batch_id ON component (batch_id);
CREATE INDEX component_lot_key ON component (lot_key);

CREATE TABLE movement (
    id BIGSERIAL PRIMARY KEY, batch_id BIGINT NOT NULL REFERENCES batch (id) ON DELETE RESTRICT,
    kind TEXT COLLATE "C" NOT NULL, capsules BIGINT NOT NULL, day TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL, by TEXT COLLATE "C" NOT NULL, reason TEXT COLLATE "C", days_supply BIGINT,
    place_id BIGINT REFERENCES place (id) ON DELETE RESTRICT, note TEXT COLLATE "C", voids BIGINT,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT, returned BIGINT NOT NULL DEFAULT 0,
    expires TEXT COLLATE "C", decision TEXT COLLATE "C"
);
CREATE INDEX movement_batch_id_kind_capsules ON movement (batch_id, kind, capsules);
CREATE INDEX movement_kind_day ON movement (kind, day);
CREATE INDEX movement_voids ON movement (voids) WHERE (voids IS NOT NULL);
CREATE INDEX movement_place ON movement (place_id, batch_id) WHERE (place_id IS NOT NULL);

CREATE TABLE disposal (
    movement_id BIGINT NOT NULL PRIMARY KEY REFERENCES movement (id) ON DELETE RESTRICT, method TEXT COLLATE "C",
    container TEXT COLLATE "C", witness TEXT COLLATE "C", value_cents BIGINT CHECK (value_cents >= 0)
);

CREATE TABLE rx (
    movement_id BIGINT NOT NULL PRIMARY KEY REFERENCES movement (id) ON DELETE RESTRICT,
    number TEXT COLLATE "C" NOT NULL
);

CREATE TABLE recall (
    id BIGSERIAL PRIMARY KEY, subject TEXT COLLATE "C" NOT NULL, component_key TEXT COLLATE "C",
    names TEXT COLLATE "C" NOT NULL, reason TEXT COLLATE "C" NOT NULL, day TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL, by TEXT COLLATE "C" NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX recall_component_key ON recall (component_key);

CREATE TABLE recall_batch (
    movement_id BIGINT NOT NULL PRIMARY KEY REFERENCES movement (id) ON DELETE RESTRICT,
    recall_id BIGINT NOT NULL REFERENCES recall (id) ON DELETE RESTRICT,
    batch_id BIGINT NOT NULL REFERENCES batch (id) ON DELETE RESTRICT, on_hand BIGINT NOT NULL CHECK (on_hand >= 0)
);
CREATE INDEX recall_batch_recall_id ON recall_batch (recall_id);
CREATE INDEX recall_batch_batch_id ON recall_batch (batch_id);

CREATE TABLE recall_closed (
    recall_id BIGINT NOT NULL PRIMARY KEY REFERENCES recall (id) ON DELETE RESTRICT, note TEXT COLLATE "C" NOT NULL,
    returned BIGINT NOT NULL, at TEXT COLLATE "C" NOT NULL, by TEXT COLLATE "C" NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT, taken_back BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE setting (
    key TEXT COLLATE "C" NOT NULL PRIMARY KEY, value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE formula (
    id BIGSERIAL PRIMARY KEY, number TEXT COLLATE "C" NOT NULL, number_key TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL, name TEXT COLLATE "C" NOT NULL, strength BIGINT NOT NULL, form TEXT COLLATE "C" NOT NULL,
    capsule_size TEXT COLLATE "C", filler TEXT COLLATE "C", container TEXT COLLATE "C", fill BIGINT,
    ingredients TEXT COLLATE "C" NOT NULL, steps TEXT COLLATE "C" NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX formula_number_key_version ON formula (number_key, version);

CREATE TABLE batch_record (
    id BIGSERIAL PRIMARY KEY, batch_id BIGINT NOT NULL REFERENCES batch (id) ON DELETE RESTRICT,
    version BIGINT NOT NULL, planned BIGINT NOT NULL CHECK (planned > 0), prepared_at TEXT COLLATE "C",
    formula_id BIGINT REFERENCES formula (id) ON DELETE RESTRICT, fill BIGINT, shell BIGINT,
    drug_lot TEXT COLLATE "C", drug_lot_key TEXT COLLATE "C", assay TEXT COLLATE "C", water TEXT COLLATE "C",
    verified_by TEXT COLLATE "C", note TEXT COLLATE "C",
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX batch_record_formula_id ON batch_record (formula_id);
CREATE INDEX batch_record_drug_lot_key ON batch_record (drug_lot_key);
CREATE UNIQUE INDEX batch_record_batch_id_version ON batch_record (batch_id, version);

CREATE TABLE quality (
    id BIGSERIAL PRIMARY KEY, batch_id BIGINT NOT NULL REFERENCES batch (id) ON DELETE RESTRICT,
    appearance TEXT COLLATE "C", label TEXT COLLATE "C", yielded BIGINT, weights TEXT COLLATE "C" NOT NULL,
    planned BIGINT NOT NULL, target BIGINT, limits TEXT COLLATE "C" NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX quality_batch_id ON quality (batch_id);

CREATE TABLE policy (
    id BIGSERIAL PRIMARY KEY, policy TEXT COLLATE "C" NOT NULL, effective_from TEXT COLLATE "C" NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);

CREATE TABLE component_date (
    id BIGSERIAL PRIMARY KEY, name TEXT COLLATE "C" NOT NULL, lot TEXT COLLATE "C" NOT NULL,
    lot_key TEXT COLLATE "C" NOT NULL, expires TEXT COLLATE "C" NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX component_date_lot_key ON component_date (lot_key);

CREATE TABLE date_kept (
    id BIGSERIAL PRIMARY KEY, batch_id BIGINT NOT NULL REFERENCES batch (id) ON DELETE RESTRICT,
    against TEXT COLLATE "C" NOT NULL, rule TEXT COLLATE "C" NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX date_kept_batch_id ON date_kept (batch_id);

CREATE TABLE person (
    id BIGSERIAL PRIMARY KEY, name TEXT COLLATE "C" NOT NULL, name_key TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL, pin TEXT COLLATE "C" NOT NULL, pin_set BIGINT NOT NULL,
    pin_given BOOLEAN NOT NULL DEFAULT FALSE, badge TEXT COLLATE "C", retired BOOLEAN NOT NULL DEFAULT FALSE,
    failures BIGINT NOT NULL DEFAULT 0 CHECK (failures >= 0), failed_at TEXT COLLATE "C",
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX person_name_key ON person (name_key);
CREATE UNIQUE INDEX person_badge ON person (badge);

CREATE TABLE person_name (
    name_key TEXT COLLATE "C" NOT NULL PRIMARY KEY, name TEXT COLLATE "C" NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX person_name_person_id ON person_name (person_id);

CREATE TABLE signature (
    id BIGSERIAL PRIMARY KEY, person_id BIGINT NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
    name TEXT COLLATE "C" NOT NULL, at TEXT COLLATE "C" NOT NULL, meaning TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL, digest TEXT COLLATE "C" NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT,
    about_id BIGINT REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX signature_subject ON signature (subject);
CREATE UNIQUE INDEX signature_event_id ON signature (event_id);
CREATE INDEX signature_about_id ON signature (about_id);

CREATE TABLE product (
    id BIGSERIAL PRIMARY KEY, name TEXT COLLATE "C" NOT NULL, name_key TEXT COLLATE "C" NOT NULL,
    supplier TEXT COLLATE "C" NOT NULL, supplier_key TEXT COLLATE "C" NOT NULL, measure TEXT COLLATE "C" NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX product_name_key_supplier_key ON product (name_key, supplier_key);

CREATE TABLE alias (
    id BIGSERIAL PRIMARY KEY, text TEXT COLLATE "C" NOT NULL, text_key TEXT COLLATE "C" NOT NULL,
    product_id BIGINT REFERENCES product (id) ON DELETE RESTRICT,
    batch_id BIGINT REFERENCES batch (id) ON DELETE RESTRICT,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX alias_text_key ON alias (text_key);
CREATE INDEX alias_product_id ON alias (product_id);
CREATE INDEX alias_batch_id ON alias (batch_id);

CREATE TABLE goods (
    id BIGSERIAL PRIMARY KEY, product_id BIGINT NOT NULL REFERENCES product (id) ON DELETE RESTRICT,
    lot TEXT COLLATE "C" NOT NULL, lot_key TEXT COLLATE "C" NOT NULL, expires TEXT COLLATE "C",
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX goods_lot_key ON goods (lot_key);
CREATE UNIQUE INDEX goods_product_id_lot_key ON goods (product_id, lot_key);

CREATE TABLE goods_movement (
    id BIGSERIAL PRIMARY KEY, goods_id BIGINT NOT NULL REFERENCES goods (id) ON DELETE RESTRICT,
    kind TEXT COLLATE "C" NOT NULL, quantity BIGINT NOT NULL, day TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL, by TEXT COLLATE "C" NOT NULL, reason TEXT COLLATE "C",
    batch_id BIGINT REFERENCES batch (id) ON DELETE RESTRICT, code TEXT COLLATE "C", serial TEXT COLLATE "C",
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX goods_movement_batch_id ON goods_movement (batch_id);
CREATE INDEX goods_movement_goods_id_day_quantity ON goods_movement (goods_id, day, quantity);

CREATE TABLE logger (
    id BIGSERIAL PRIMARY KEY, name TEXT COLLATE "C" NOT NULL, name_key TEXT COLLATE "C" NOT NULL,
    zone TEXT COLLATE "C" NOT NULL, event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX logger_name_key ON logger (name_key);

CREATE TABLE watch (
    id BIGSERIAL PRIMARY KEY, logger_id BIGINT NOT NULL REFERENCES logger (id) ON DELETE RESTRICT,
    place_id BIGINT REFERENCES place (id) ON DELETE RESTRICT, since DOUBLE PRECISION NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX watch_logger_id ON watch (logger_id);
CREATE INDEX watch_place_id ON watch (place_id);

CREATE TABLE calibration (
    id BIGSERIAL PRIMARY KEY, logger_id BIGINT NOT NULL REFERENCES logger (id) ON DELETE RESTRICT,
    day TEXT COLLATE "C" NOT NULL, event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX calibration_logger_id ON calibration (logger_id);

CREATE TABLE logger_file (
    id BIGSERIAL PRIMARY KEY, logger_id BIGINT NOT NULL REFERENCES logger (id) ON DELETE RESTRICT,
    name TEXT COLLATE "C" NOT NULL, sha256 TEXT COLLATE "C" NOT NULL, size BIGINT NOT NULL, content BYTEA NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX logger_file_logger_id_sha256 ON logger_file (logger_id, sha256);

CREATE TABLE reading_block (
    id BIGSERIAL PRIMARY KEY, logger_id BIGINT NOT NULL REFERENCES logger (id) ON DELETE RESTRICT,
    file_id BIGINT NOT NULL REFERENCES logger_file (id) ON DELETE RESTRICT, first DOUBLE PRECISION NOT NULL,
    last DOUBLE PRECISION NOT NULL, layer BIGINT NOT NULL, readings BIGINT NOT NULL, body BYTEA NOT NULL
);
CREATE UNIQUE INDEX reading_block_logger_id_layer_first_last ON reading_block (logger_id, layer, first, last);

CREATE TABLE daily_reading (
    id BIGSERIAL PRIMARY KEY, place_id BIGINT NOT NULL REFERENCES place (id) ON DELETE RESTRICT,
    day TEXT COLLATE "C" NOT NULL, logger_id BIGINT REFERENCES logger (id) ON DELETE RESTRICT,
    min_c DOUBLE PRECISION NOT NULL, max_c DOUBLE PRECISION NOT NULL, now_c DOUBLE PRECISION, note TEXT COLLATE "C",
    at TEXT COLLATE "C" NOT NULL, by TEXT COLLATE "C" NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX daily_reading_place_id_day ON daily_reading (place_id, day);

CREATE TABLE happening (
    id BIGSERIAL PRIMARY KEY, thread BIGINT NOT NULL,
    place_id BIGINT NOT NULL REFERENCES place (id) ON DELETE RESTRICT,
    logger_id BIGINT REFERENCES logger (id) ON DELETE RESTRICT, kind TEXT COLLATE "C" NOT NULL,
    aspect TEXT COLLATE "C" NOT NULL, level TEXT COLLATE "C" NOT NULL, effect TEXT COLLATE "C" NOT NULL,
    start DOUBLE PRECISION NOT NULL, "end" DOUBLE PRECISION NOT NULL, hours DOUBLE PRECISION NOT NULL,
    longest_hours DOUBLE PRECISION, extreme_c DOUBLE PRECISION, limits TEXT COLLATE "C" NOT NULL,
    readings TEXT COLLATE "C" NOT NULL, gone BOOLEAN NOT NULL DEFAULT FALSE, at TEXT COLLATE "C" NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX happening_thread ON happening (thread);
CREATE INDEX happening_place_id_start ON happening (place_id, start);

CREATE TABLE touch (
    happening_id BIGINT NOT NULL REFERENCES happening (id) ON DELETE RESTRICT,
    batch_id BIGINT NOT NULL REFERENCES batch (id) ON DELETE RESTRICT, start DOUBLE PRECISION NOT NULL,
    "end" DOUBLE PRECISION NOT NULL, PRIMARY KEY (happening_id, batch_id, start)
);
CREATE INDEX touch_batch_id ON touch (batch_id);

CREATE TABLE storage_decision (
    id BIGSERIAL PRIMARY KEY, happening_id BIGINT NOT NULL REFERENCES happening (id) ON DELETE RESTRICT,
    batch_id BIGINT NOT NULL REFERENCES batch (id) ON DELETE RESTRICT, decision TEXT COLLATE "C" NOT NULL,
    expires TEXT COLLATE "C", reason TEXT COLLATE "C" NOT NULL,
    movement_id BIGINT REFERENCES movement (id) ON DELETE RESTRICT, at TEXT COLLATE "C" NOT NULL,
    by TEXT COLLATE "C" NOT NULL, event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX storage_decision_happening_id ON storage_decision (happening_id);
CREATE INDEX storage_decision_batch_id ON storage_decision (batch_id);

CREATE TABLE batch_storage (
    id BIGSERIAL PRIMARY KEY, batch_id BIGINT NOT NULL REFERENCES batch (id) ON DELETE RESTRICT,
    level TEXT COLLATE "C" NOT NULL, review TEXT COLLATE "C", coverage DOUBLE PRECISION,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT
);
CREATE INDEX batch_storage_batch_id ON batch_storage (batch_id);

CREATE TABLE issued_report (
    id BIGSERIAL PRIMARY KEY, week TEXT COLLATE "C" NOT NULL, as_of TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL, by TEXT COLLATE "C" NOT NULL, data_sha256 TEXT COLLATE "C" NOT NULL,
    pdf_sha256 TEXT COLLATE "C" NOT NULL, head_events BIGINT NOT NULL, head_hash TEXT COLLATE "C" NOT NULL,
    event_id BIGINT NOT NULL REFERENCES event (number) ON DELETE RESTRICT, data BYTEA NOT NULL, pdf BYTEA NOT NULL
);
CREATE INDEX issued_report_as_of ON issued_report (as_of);
CREATE UNIQUE INDEX issued_report_event_id ON issued_report (event_id);
