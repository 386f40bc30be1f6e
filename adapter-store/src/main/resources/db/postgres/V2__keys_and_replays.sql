-- What a gateway keeps beside the jobs: its callers' keys, and answers to give again. db/sqlite has
-- the same, as in V1.

-- A key that somebody calls with, but for the key itself: that is nowhere. A revoked one stays.
CREATE TABLE access_key (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- grows: the order of adding
  id TEXT COLLATE "C" NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL, -- of the key, which has 256 bits by chance
  tenant TEXT COLLATE "C" NOT NULL, -- whose it is: the label of its jobs
  role TEXT COLLATE "C" NOT NULL,
  per_minute BIGINT, -- how many requests it may make; without one, any number
  extra_fields TEXT NOT NULL, -- a JSON list: fields outside the provider's guide that it may send
  created_at BIGINT NOT NULL,
  revoked_at BIGINT, -- from when on it counts no more

  CONSTRAINT access_key_id_form CHECK (id ~ '^key-[a-z0-9]{4,40}$'),
  CONSTRAINT access_key_sha256_form CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  CONSTRAINT access_key_tenant_form CHECK (tenant ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  CONSTRAINT access_key_role_known CHECK (role IN ('TENANT', 'ADMIN')),
  CONSTRAINT access_key_per_minute_counts CHECK (per_minute BETWEEN 1 AND 2147483647),
  -- json refuses what is none by itself
  CONSTRAINT access_key_extra_fields_form CHECK (json_typeof(extra_fields::json) = 'array'),
  CONSTRAINT access_key_moments CHECK (created_at >= 0 AND (revoked_at IS NULL OR revoked_at >= 0))
);

CREATE UNIQUE INDEX access_key_id ON access_key (id);
CREATE UNIQUE INDEX access_key_sha256 ON access_key (sha256); -- looked up for every request

-- A key that a caller gave to a request, and the answer to give again, for a day. Status, content
-- type and body are there together, or none of the three as long as the request is being answered.
CREATE TABLE replay (
  tenant TEXT COLLATE "C" NOT NULL,
  idempotency_key TEXT COLLATE "C" NOT NULL,
  body_sha256 TEXT COLLATE "C" NOT NULL, -- of the request's bytes
  owner TEXT COLLATE "C" NOT NULL, -- tells one taking of the key from the next
  taken_at BIGINT NOT NULL,
  status BIGINT,
  content_type TEXT COLLATE "C",
  body BYTEA,

  PRIMARY KEY (tenant, idempotency_key),
  CONSTRAINT replay_tenant_form CHECK (tenant ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  CONSTRAINT replay_idempotency_key_form CHECK (octet_length(idempotency_key) BETWEEN 1 AND 1020),
  CONSTRAINT replay_body_sha256_form CHECK (body_sha256 ~ '^[0-9a-f]{64}$'),
  CONSTRAINT replay_owner_form CHECK (octet_length(owner) BETWEEN 1 AND 200),
  CONSTRAINT replay_moment CHECK (taken_at >= 0),
  CONSTRAINT replay_status_form CHECK (status BETWEEN 100 AND 599),
  CONSTRAINT replay_content_type_form CHECK (octet_length(content_type) <= 1020),
  CONSTRAINT replay_answered_or_not CHECK ((status IS NULL) = (content_type IS NULL)
    AND (status IS NULL) = (body IS NULL))
);

CREATE INDEX replay_taken ON replay (taken_at);
