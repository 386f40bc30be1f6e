-- The journal in an SQLite file. db/postgres has the same tables, columns, constraint names and
-- meaning; a test gives the same bad rows to both. Money is in 1e-9 of its currency, moments are in
-- microseconds since 1970 (UTC). Text is compared byte by byte. SQLite reads text to the first NUL
-- alone and PostgreSQL takes none, so none is let in.

CREATE TABLE job (
  number INTEGER NOT NULL PRIMARY KEY, -- grows: the order in which jobs were recorded
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  provider TEXT NOT NULL,
  base_url TEXT NOT NULL,
  fingerprint TEXT NOT NULL, -- of the account: tells accounts apart, is not the key
  idempotency_key TEXT,
  label TEXT,
  body_sha256 TEXT,
  task_id TEXT,
  counted_nanos INTEGER, -- what counts against a cap; with currency and basis, or none of the three
  currency TEXT,
  basis TEXT, -- HELD as long as there is no bill, else the bill's
  tariff_date TEXT, -- when the prices that it was quoted by were looked up: 2026-11-01
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  authorised_at INTEGER NOT NULL, -- decides on the day that it counts in
  link_dies_at INTEGER, -- of a clip that waits to be fetched
  due_at INTEGER,
  owner TEXT NOT NULL, -- looks after it while the table owner says so; empty: nobody
  told INTEGER NOT NULL DEFAULT 0, -- the version up to which whoever listens was told of it
  record TEXT NOT NULL, -- the whole job; the columns beside it are copies to search by
  pending INTEGER NOT NULL GENERATED ALWAYS AS (
    CASE WHEN told < version
      OR state IN ('INTENDED', 'NOT_SENT', 'THROTTLED', 'SUBMITTED', 'RUNNING', 'SUCCEEDED')
      THEN 1 ELSE 0 END) STORED, -- 1 if somebody has to look after it

  CONSTRAINT job_id_form CHECK (id GLOB 'job-[a-z0-9]*' AND substr(id, 5) NOT GLOB '*[^a-z0-9]*'
    AND octet_length(id) BETWEEN 12 AND 44 AND octet_length(id) = length(id)),
  CONSTRAINT job_version_counts CHECK (version >= 1),
  CONSTRAINT job_state_known CHECK (state IN ('INTENDED', 'NOT_SENT', 'THROTTLED', 'SUBMITTED',
    'RUNNING', 'SUCCEEDED', 'STORED', 'REJECTED', 'FAILED', 'CANCELLED', 'EXPIRED', 'WITHDRAWN',
    'UNKNOWN', 'LOST')),
  CONSTRAINT job_provider_form CHECK (octet_length(provider) BETWEEN 1 AND 100
    AND instr(provider, char(0)) = 0),
  CONSTRAINT job_base_url_form CHECK (octet_length(base_url) BETWEEN 1 AND 2000
    AND instr(base_url, char(0)) = 0),
  CONSTRAINT job_fingerprint_form CHECK (octet_length(fingerprint) BETWEEN 1 AND 200
    AND instr(fingerprint, char(0)) = 0),
  CONSTRAINT job_idempotency_key_form CHECK (octet_length(idempotency_key) BETWEEN 1 AND 1020
    AND instr(idempotency_key, char(0)) = 0),
  CONSTRAINT job_label_form CHECK (octet_length(label) <= 1020 AND instr(label, char(0)) = 0),
  CONSTRAINT job_body_sha256_form CHECK (octet_length(body_sha256) = 64 AND length(body_sha256) = 64
    AND body_sha256 NOT GLOB '*[^0-9a-f]*'),
  CONSTRAINT job_task_id_form CHECK (octet_length(task_id) BETWEEN 1 AND 256
    AND octet_length(task_id) = length(task_id) AND task_id NOT GLOB '*[^!-~]*'),
  CONSTRAINT job_task_is_known CHECK (task_id IS NOT NULL
    OR state NOT IN ('SUBMITTED', 'RUNNING', 'SUCCEEDED', 'STORED')),
  CONSTRAINT job_counted_form CHECK (counted_nanos BETWEEN 0 AND 1000000000000000000),
  CONSTRAINT job_currency_form CHECK (currency GLOB '[A-Z][A-Z][A-Z]'
    AND octet_length(currency) = 3),
  CONSTRAINT job_basis_known CHECK (basis IN ('HELD', 'COMPUTED', 'AT_MOST', 'UNCONFIRMED',
    'STATED')),
  CONSTRAINT job_counts_or_not CHECK ((counted_nanos IS NULL) = (currency IS NULL)
    AND (counted_nanos IS NULL) = (basis IS NULL)),
  CONSTRAINT job_tariff_date_form CHECK (octet_length(tariff_date) = 10
    AND tariff_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
    AND date(tariff_date) IS tariff_date),
  CONSTRAINT job_moments CHECK (created_at >= 0 AND changed_at >= 0 AND authorised_at >= 0
    AND (link_dies_at IS NULL OR link_dies_at >= 0) AND (due_at IS NULL OR due_at >= 0)),
  CONSTRAINT job_link_waits CHECK (link_dies_at IS NULL OR state = 'SUCCEEDED'),
  CONSTRAINT job_owner_form CHECK (octet_length(owner) <= 200
    AND instr(owner, char(0)) = 0),
  CONSTRAINT job_told_counts CHECK (told >= 0),
  CONSTRAINT job_record_form CHECK (instr(record, char(0)) = 0
    AND CASE WHEN json_valid(record) THEN json_type(record) = 'object' ELSE 0 END)
) STRICT;

CREATE UNIQUE INDEX job_id ON job (id);
CREATE UNIQUE INDEX job_idempotency_key ON job (idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE UNIQUE INDEX job_task ON job (task_id, base_url, provider) WHERE task_id IS NOT NULL;
CREATE INDEX job_pending ON job (owner) WHERE pending = 1;
CREATE INDEX job_label ON job (label, number) WHERE label IS NOT NULL;
CREATE INDEX job_held ON job (number) WHERE basis = 'HELD';

-- Until when whoever looks after jobs does so; who isn't here has let go of them.
CREATE TABLE owner (
  owner TEXT NOT NULL PRIMARY KEY,
  until_at INTEGER NOT NULL,

  CONSTRAINT owner_form CHECK (octet_length(owner) BETWEEN 1 AND 200
    AND instr(owner, char(0)) = 0),
  CONSTRAINT owner_moment CHECK (until_at >= 0)
) STRICT, WITHOUT ROWID;

-- The caps that hold for whoever uses this journal; without a label, for all jobs.
CREATE TABLE budget (
  number INTEGER NOT NULL PRIMARY KEY,
  period TEXT NOT NULL,
  label TEXT,
  currency TEXT NOT NULL,
  cap TEXT NOT NULL, -- an exact decimal: 200.00

  CONSTRAINT budget_period_known CHECK (period IN ('DAY', 'MONTH', 'EVER')),
  CONSTRAINT budget_label_form CHECK (octet_length(label) <= 1020 AND instr(label, char(0)) = 0),
  CONSTRAINT budget_currency_form CHECK (currency GLOB '[A-Z][A-Z][A-Z]'
    AND octet_length(currency) = 3),
  CONSTRAINT budget_cap_form CHECK (octet_length(cap) <= 120 AND octet_length(cap) = length(cap)
    AND cap GLOB '[0-9]*' AND cap GLOB '*[0-9]' AND cap NOT GLOB '*[^0-9.]*'
    AND cap NOT GLOB '*.*.*')
) STRICT;

CREATE UNIQUE INDEX budget_of_label ON budget (period, label) WHERE label IS NOT NULL;
CREATE UNIQUE INDEX budget_of_all ON budget (period) WHERE label IS NULL;

-- What is true of the journal as a whole: one row.
CREATE TABLE journal (
  one INTEGER NOT NULL PRIMARY KEY,
  backed_up_at INTEGER, -- when this copy was made, if it is one that nobody has restored yet

  CONSTRAINT journal_is_one CHECK (one = 1),
  CONSTRAINT journal_moment CHECK (backed_up_at >= 0)
) STRICT;

INSERT INTO journal (one, backed_up_at) VALUES (1, NULL);

-- What counts, by the UTC day on which it was agreed to: of all jobs (scope ALL, where label is
-- empty), and of the jobs of each label. Kept by the triggers below alone, so that a cap is checked
-- without a look at every job. INSERT OR REPLACE INTO job would get past them: SQLite doesn't call
-- what it replaces deleted.
CREATE TABLE tally (
  currency TEXT NOT NULL,
  scope TEXT NOT NULL,
  label TEXT NOT NULL,
  day INTEGER NOT NULL, -- since 1970
  computed INTEGER NOT NULL,
  unconfirmed INTEGER NOT NULL,
  stated INTEGER NOT NULL,
  held INTEGER NOT NULL,

  PRIMARY KEY (currency, scope, label, day),
  CONSTRAINT tally_scope_known CHECK (scope IN ('ALL', 'LABEL')),
  CONSTRAINT tally_label_form CHECK (scope = 'LABEL' OR label = '')
) STRICT, WITHOUT ROWID;

CREATE TRIGGER job_counts AFTER INSERT ON job WHEN NEW.counted_nanos IS NOT NULL
BEGIN
  INSERT INTO tally (currency, scope, label, day, computed, unconfirmed, stated, held)
  VALUES (NEW.currency, 'ALL', '', NEW.authorised_at / 86400000000,
    iif(NEW.basis IN ('COMPUTED', 'AT_MOST'), NEW.counted_nanos, 0),
    iif(NEW.basis = 'UNCONFIRMED', NEW.counted_nanos, 0),
    iif(NEW.basis = 'STATED', NEW.counted_nanos, 0),
    iif(NEW.basis = 'HELD', NEW.counted_nanos, 0))
  ON CONFLICT (currency, scope, label, day) DO UPDATE SET
    computed = computed + excluded.computed, unconfirmed = unconfirmed + excluded.unconfirmed,
    stated = stated + excluded.stated, held = held + excluded.held;
  INSERT INTO tally (currency, scope, label, day, computed, unconfirmed, stated, held)
  SELECT NEW.currency, 'LABEL', NEW.label, NEW.authorised_at / 86400000000,
    iif(NEW.basis IN ('COMPUTED', 'AT_MOST'), NEW.counted_nanos, 0),
    iif(NEW.basis = 'UNCONFIRMED', NEW.counted_nanos, 0),
    iif(NEW.basis = 'STATED', NEW.counted_nanos, 0),
    iif(NEW.basis = 'HELD', NEW.counted_nanos, 0)
  WHERE NEW.label IS NOT NULL
  ON CONFLICT (currency, scope, label, day) DO UPDATE SET
    computed = computed + excluded.computed, unconfirmed = unconfirmed + excluded.unconfirmed,
    stated = stated + excluded.stated, held = held + excluded.held;
END;

CREATE TRIGGER job_counts_no_more AFTER DELETE ON job WHEN OLD.counted_nanos IS NOT NULL
BEGIN
  UPDATE tally SET
    computed = computed - iif(OLD.basis IN ('COMPUTED', 'AT_MOST'), OLD.counted_nanos, 0),
    unconfirmed = unconfirmed - iif(OLD.basis = 'UNCONFIRMED', OLD.counted_nanos, 0),
    stated = stated - iif(OLD.basis = 'STATED', OLD.counted_nanos, 0),
    held = held - iif(OLD.basis = 'HELD', OLD.counted_nanos, 0)
  WHERE currency = OLD.currency AND scope = 'ALL' AND label = ''
    AND day = OLD.authorised_at / 86400000000;
  UPDATE tally SET
    computed = computed - iif(OLD.basis IN ('COMPUTED', 'AT_MOST'), OLD.counted_nanos, 0),
    unconfirmed = unconfirmed - iif(OLD.basis = 'UNCONFIRMED', OLD.counted_nanos, 0),
    stated = stated - iif(OLD.basis = 'STATED', OLD.counted_nanos, 0),
    held = held - iif(OLD.basis = 'HELD', OLD.counted_nanos, 0)
  WHERE currency = OLD.currency AND scope = 'LABEL' AND label = OLD.label
    AND day = OLD.authorised_at / 86400000000;
END;

-- Two triggers, since one of them has nothing to do where a job begins or ceases to count.
CREATE TRIGGER job_counted_before AFTER UPDATE ON job
WHEN OLD.counted_nanos IS NOT NULL AND (OLD.counted_nanos IS NOT NEW.counted_nanos
  OR OLD.currency IS NOT NEW.currency OR OLD.basis IS NOT NEW.basis
  OR OLD.label IS NOT NEW.label OR OLD.authorised_at IS NOT NEW.authorised_at)
BEGIN
  UPDATE tally SET
    computed = computed - iif(OLD.basis IN ('COMPUTED', 'AT_MOST'), OLD.counted_nanos, 0),
    unconfirmed = unconfirmed - iif(OLD.basis = 'UNCONFIRMED', OLD.counted_nanos, 0),
    stated = stated - iif(OLD.basis = 'STATED', OLD.counted_nanos, 0),
    held = held - iif(OLD.basis = 'HELD', OLD.counted_nanos, 0)
  WHERE currency = OLD.currency AND scope = 'ALL' AND label = ''
    AND day = OLD.authorised_at / 86400000000;
  UPDATE tally SET
    computed = computed - iif(OLD.basis IN ('COMPUTED', 'AT_MOST'), OLD.counted_nanos, 0),
    unconfirmed = unconfirmed - iif(OLD.basis = 'UNCONFIRMED', OLD.counted_nanos, 0),
    stated = stated - iif(OLD.basis = 'STATED', OLD.counted_nanos, 0),
    held = held - iif(OLD.basis = 'HELD', OLD.counted_nanos, 0)
  WHERE currency = OLD.currency AND scope = 'LABEL' AND label = OLD.label
    AND day = OLD.authorised_at / 86400000000;
END;

CREATE TRIGGER job_counts_now AFTER UPDATE ON job
WHEN NEW.counted_nanos IS NOT NULL AND (OLD.counted_nanos IS NOT NEW.counted_nanos
  OR OLD.currency IS NOT NEW.currency OR OLD.basis IS NOT NEW.basis
  OR OLD.label IS NOT NEW.label OR OLD.authorised_at IS NOT NEW.authorised_at)
BEGIN
  INSERT INTO tally (currency, scope, label, day, computed, unconfirmed, stated, held)
  VALUES (NEW.currency, 'ALL', '', NEW.authorised_at / 86400000000,
    iif(NEW.basis IN ('COMPUTED', 'AT_MOST'), NEW.counted_nanos, 0),
    iif(NEW.basis = 'UNCONFIRMED', NEW.counted_nanos, 0),
    iif(NEW.basis = 'STATED', NEW.counted_nanos, 0),
    iif(NEW.basis = 'HELD', NEW.counted_nanos, 0))
  ON CONFLICT (currency, scope, label, day) DO UPDATE SET
    computed = computed + excluded.computed, unconfirmed = unconfirmed + excluded.unconfirmed,
    stated = stated + excluded.stated, held = held + excluded.held;
  INSERT INTO tally (currency, scope, label, day, computed, unconfirmed, stated, held)
  SELECT NEW.currency, 'LABEL', NEW.label, NEW.authorised_at / 86400000000,
    iif(NEW.basis IN ('COMPUTED', 'AT_MOST'), NEW.counted_nanos, 0),
    iif(NEW.basis = 'UNCONFIRMED', NEW.counted_nanos, 0),
    iif(NEW.basis = 'STATED', NEW.counted_nanos, 0),
    iif(NEW.basis = 'HELD', NEW.counted_nanos, 0)
  WHERE NEW.label IS NOT NULL
  ON CONFLICT (currency, scope, label, day) DO UPDATE SET
    computed = computed + excluded.computed, unconfirmed = unconfirmed + excluded.unconfirmed,
    stated = stated + excluded.stated, held = held + excluded.held;
END;
