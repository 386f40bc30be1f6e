-- The journal in PostgreSQL 13 or newer. db/sqlite has the same tables, columns, constraint names
-- and meaning; a test gives the same bad rows to both. Money is in 1e-9 of its currency, moments are
-- in microseconds since 1970 (UTC), so that no session's time zone matters. Text that is compared or
-- sorted has the collation "C": byte by byte.

CREATE TABLE job (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- grows: the order of recording
  id TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  provider TEXT COLLATE "C" NOT NULL,
  base_url TEXT COLLATE "C" NOT NULL,
  fingerprint TEXT COLLATE "C" NOT NULL, -- of the account: tells accounts apart, is not the key
  idempotency_key TEXT COLLATE "C",
  label TEXT COLLATE "C",
  body_sha256 TEXT COLLATE "C",
  task_id TEXT COLLATE "C",
  counted_nanos BIGINT, -- what counts against a cap; with currency and basis, or none of the three
  currency TEXT COLLATE "C",
  basis TEXT COLLATE "C", -- HELD as long as there is no bill, else the bill's
  tariff_date TEXT COLLATE "C", -- when the prices that it was quoted by were looked up: 2026-11-01
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  authorised_at BIGINT NOT NULL, -- decides on the day that it counts in
  link_dies_at BIGINT, -- of a clip that waits to be fetched
  due_at BIGINT,
  owner TEXT COLLATE "C" NOT NULL, -- looks after it while the table owner says so; empty: nobody
  told BIGINT NOT NULL DEFAULT 0, -- the version up to which whoever listens was told of it
  record TEXT NOT NULL, -- the whole job; the columns beside it are copies to search by
  pending INTEGER NOT NULL GENERATED ALWAYS AS (
    CASE WHEN told < version
      OR state IN ('INTENDED', 'NOT_SENT', 'THROTTLED', 'SUBMITTED', 'RUNNING', 'SUCCEEDED')
      THEN 1 ELSE 0 END) STORED, -- 1 if somebody has to look after it

  CONSTRAINT job_id_form CHECK (id ~ '^job-[a-z0-9]{8,40}$'),
  CONSTRAINT job_version_counts CHECK (version >= 1),
  CONSTRAINT job_state_known CHECK (state IN ('INTENDED', 'NOT_SENT', 'THROTTLED', 'SUBMITTED',
    'RUNNING', 'SUCCEEDED', 'STORED', 'REJECTED', 'FAILED', 'CANCELLED', 'EXPIRED', 'WITHDRAWN',
    'UNKNOWN', 'LOST')),
  CONSTRAINT job_provider_form CHECK (octet_length(provider) BETWEEN 1 AND 100),
  CONSTRAINT job_base_url_form CHECK (octet_length(base_url) BETWEEN 1 AND 2000),
  CONSTRAINT job_fingerprint_form CHECK (octet_length(fingerprint) BETWEEN 1 AND 200),
  CONSTRAINT job_idempotency_key_form CHECK (octet_length(idempotency_key) BETWEEN 1 AND 1020),
  CONSTRAINT job_label_form CHECK (octet_length(label) <= 1020),
  CONSTRAINT job_body_sha256_form CHECK (body_sha256 ~ '^[0-9a-f]{64}$'),
  CONSTRAINT job_task_id_form CHECK (octet_length(task_id) BETWEEN 1 AND 256
    AND task_id ~ '^[!-~]+$'),
  CONSTRAINT job_task_is_known CHECK (task_id IS NOT NULL
    OR state NOT IN ('SUBMITTED', 'RUNNING', 'SUCCEEDED', 'STORED')),
  CONSTRAINT job_counted_form CHECK (counted_nanos BETWEEN 0 AND 1000000000000000000),
  CONSTRAINT job_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
  CONSTRAINT job_basis_known CHECK (basis IN ('HELD', 'COMPUTED', 'AT_MOST', 'UNCONFIRMED',
    'STATED')),
  CONSTRAINT job_counts_or_not CHECK ((counted_nanos IS NULL) = (currency IS NULL)
    AND (counted_nanos IS NULL) = (basis IS NULL)),
  -- make_date refuses the 30th of February by itself
  CONSTRAINT job_tariff_date_form CHECK (CASE
    WHEN tariff_date ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN make_date(substr(tariff_date, 1, 4)::int,
      substr(tariff_date, 6, 2)::int, substr(tariff_date, 9, 2)::int) IS NOT NULL
    ELSE tariff_date IS NULL END),
  CONSTRAINT job_moments CHECK (created_at >= 0 AND changed_at >= 0 AND authorised_at >= 0
    AND (link_dies_at IS NULL OR link_dies_at >= 0) AND (due_at IS NULL OR due_at >= 0)),
  CONSTRAINT job_link_waits CHECK (link_dies_at IS NULL OR state = 'SUCCEEDED'),
  CONSTRAINT job_owner_form CHECK (octet_length(owner) <= 200),
  CONSTRAINT job_told_counts CHECK (told >= 0),
  -- json refuses what is none by itself
  CONSTRAINT job_record_form CHECK (json_typeof(record::json) = 'object')
);

CREATE UNIQUE INDEX job_id ON job (id);
CREATE UNIQUE INDEX job_idempotency_key ON job (idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE UNIQUE INDEX job_task ON job (task_id, base_url, provider) WHERE task_id IS NOT NULL;
CREATE INDEX job_pending ON job (owner) WHERE pending = 1;
CREATE INDEX job_label ON job (label, number) WHERE label IS NOT NULL;
CREATE INDEX job_held ON job (number) WHERE basis = 'HELD';

-- Until when whoever looks after jobs does so; who isn't here has let go of them.
CREATE TABLE owner (
  owner TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  until_at BIGINT NOT NULL,

  CONSTRAINT owner_form CHECK (octet_length(owner) BETWEEN 1 AND 200),
  CONSTRAINT owner_moment CHECK (until_at >= 0)
);

-- The caps that hold for whoever uses this journal; without a label, for all jobs.
CREATE TABLE budget (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  period TEXT COLLATE "C" NOT NULL,
  label TEXT COLLATE "C",
  currency TEXT COLLATE "C" NOT NULL,
  cap TEXT COLLATE "C" NOT NULL, -- an exact decimal: 200.00

  CONSTRAINT budget_period_known CHECK (period IN ('DAY', 'MONTH', 'EVER')),
  CONSTRAINT budget_label_form CHECK (octet_length(label) <= 1020),
  CONSTRAINT budget_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
  CONSTRAINT budget_cap_form CHECK (octet_length(cap) <= 120 AND cap ~ '^[0-9]+([.][0-9]+)?$')
);

CREATE UNIQUE INDEX budget_of_label ON budget (period, label) WHERE label IS NOT NULL;
CREATE UNIQUE INDEX budget_of_all ON budget (period) WHERE label IS NULL;

-- What is true of the journal as a whole: one row.
CREATE TABLE journal (
  one BIGINT NOT NULL PRIMARY KEY,
  backed_up_at BIGINT, -- when this copy was made, if it is one that nobody has restored yet

  CONSTRAINT journal_is_one CHECK (one = 1),
  CONSTRAINT journal_moment CHECK (backed_up_at >= 0)
);

INSERT INTO journal (one, backed_up_at) VALUES (1, NULL);

-- What counts, by the UTC day on which it was agreed to: of all jobs (scope ALL, where label is
-- empty), and of the jobs of each label. Kept by the triggers below alone, so that a cap is checked
-- without a look at every job. Half of each page is left free: the rows of today change with
-- every job.
CREATE TABLE tally (
  currency TEXT COLLATE "C" NOT NULL,
  scope TEXT COLLATE "C" NOT NULL,
  label TEXT COLLATE "C" NOT NULL,
  day BIGINT NOT NULL, -- since 1970
  computed BIGINT NOT NULL,
  unconfirmed BIGINT NOT NULL,
  stated BIGINT NOT NULL,
  held BIGINT NOT NULL,

  PRIMARY KEY (currency, scope, label, day),
  CONSTRAINT tally_scope_known CHECK (scope IN ('ALL', 'LABEL')),
  CONSTRAINT tally_label_form CHECK (scope = 'LABEL' OR label = '')
) WITH (fillfactor = 50);

-- Takes away what a row counted before and adds what it counts now. The rows of tally are locked in
-- the order of their key, so that two such changes never wait for each other. The search path is the
-- one of the migration: whoever changes a job changes the tally beside it.
CREATE FUNCTION keep_tally() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM tally;
    RETURN NULL;
  END IF;
  INSERT INTO tally AS kept (currency, scope, label, day, computed, unconfirmed, stated, held)
  SELECT entry.currency, part.scope, CASE part.scope WHEN 'ALL' THEN '' ELSE entry.label END,
    entry.authorised_at / 86400000000,
    sum(CASE WHEN entry.basis IN ('COMPUTED', 'AT_MOST') THEN entry.nanos ELSE 0 END),
    sum(CASE entry.basis WHEN 'UNCONFIRMED' THEN entry.nanos ELSE 0 END),
    sum(CASE entry.basis WHEN 'STATED' THEN entry.nanos ELSE 0 END),
    sum(CASE entry.basis WHEN 'HELD' THEN entry.nanos ELSE 0 END)
  FROM (VALUES
      (OLD.currency, OLD.label, OLD.authorised_at, OLD.basis, -OLD.counted_nanos),
      (NEW.currency, NEW.label, NEW.authorised_at, NEW.basis, NEW.counted_nanos))
      AS entry (currency, label, authorised_at, basis, nanos)
    CROSS JOIN (VALUES ('ALL'), ('LABEL')) AS part (scope)
  WHERE entry.nanos IS NOT NULL AND (part.scope = 'ALL' OR entry.label IS NOT NULL)
  GROUP BY 1, 2, 3, 4
  ORDER BY 1, 2, 3, 4
  ON CONFLICT (currency, scope, label, day) DO UPDATE SET
    computed = kept.computed + excluded.computed,
    unconfirmed = kept.unconfirmed + excluded.unconfirmed,
    stated = kept.stated + excluded.stated,
    held = kept.held + excluded.held;
  RETURN NULL;
END $$;

CREATE TRIGGER job_counts AFTER INSERT ON job FOR EACH ROW
WHEN (NEW.counted_nanos IS NOT NULL) EXECUTE FUNCTION keep_tally();

CREATE TRIGGER job_counts_no_more AFTER DELETE ON job FOR EACH ROW
WHEN (OLD.counted_nanos IS NOT NULL) EXECUTE FUNCTION keep_tally();

CREATE TRIGGER job_counts_now AFTER UPDATE ON job FOR EACH ROW
WHEN (ROW(OLD.counted_nanos, OLD.currency, OLD.basis, OLD.label, OLD.authorised_at)
  IS DISTINCT FROM ROW(NEW.counted_nanos, NEW.currency, NEW.basis, NEW.label, NEW.authorised_at))
EXECUTE FUNCTION keep_tally();

CREATE TRIGGER jobs_gone AFTER TRUNCATE ON job FOR EACH STATEMENT EXECUTE FUNCTION keep_tally();
