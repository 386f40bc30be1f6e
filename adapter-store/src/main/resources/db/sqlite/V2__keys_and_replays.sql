-- What a gateway keeps beside the jobs: its callers' keys, and answers to give again. db/postgres has
-- the same, as in V1.

-- A key that somebody calls with, but for the key itself: that is nowhere. A revoked one stays.
CREATE TABLE access_key (
  number INTEGER NOT NULL PRIMARY KEY, -- grows: the order in which keys were added
  id TEXT NOT NULL,
  sha256 TEXT NOT NULL, -- of the key, which has 256 bits by chance
  tenant TEXT NOT NULL, -- whose it is: the label of its jobs
  role TEXT NOT NULL,
  per_minute INTEGER, -- how many requests it may make; without one, any number
  extra_fields TEXT NOT NULL, -- a JSON list: fields outside the provider's guide that it may send
  created_at INTEGER NOT NULL,
  revoked_at INTEGER, -- from when on it counts no more

  CONSTRAINT access_key_id_form CHECK (id GLOB 'key-[a-z0-9]*'
    AND substr(id, 5) NOT GLOB '*[^a-z0-9]*' AND octet_length(id) BETWEEN 8 AND 44
    AND octet_length(id) = length(id)),
  CONSTRAINT access_key_sha256_form CHECK (octet_length(sha256) = 64 AND length(sha256) = 64
    AND sha256 NOT GLOB '*[^0-9a-f]*'),
  CONSTRAINT access_key_tenant_form CHECK (tenant GLOB '[a-z0-9]*'
    AND tenant NOT GLOB '*[^a-z0-9._-]*' AND octet_length(tenant) <= 63
    AND octet_length(tenant) = length(tenant)),
  CONSTRAINT access_key_role_known CHECK (role IN ('TENANT', 'ADMIN')),
  CONSTRAINT access_key_per_minute_counts CHECK (per_minute BETWEEN 1 AND 2147483647),
  CONSTRAINT access_key_extra_fields_form CHECK (instr(extra_fields, char(0)) = 0
    AND CASE WHEN json_valid(extra_fields) THEN json_type(extra_fields) = 'array' ELSE 0 END),
  CONSTRAINT access_key_moments CHECK (created_at >= 0 AND (revoked_at IS NULL OR revoked_at >= 0))
) STRICT;

CREATE UNIQUE INDEX access_key_id ON access_key (id);
CREATE UNIQUE INDEX access_key_sha256 ON access_key (sha256); -- looked up for every request

-- A key that a caller gave to a request, and the answer to give again, for a day. Status, content
-- type and body are there together, or none of the three as long as the request is being answered.
CREATE TABLE replay (
  tenant TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  body_sha256 TEXT NOT NULL, -- of the request's bytes
  owner TEXT NOT NULL, -- tells one taking of the key from the next
  taken_at INTEGER NOT NULL,
  status INTEGER,
  content_type TEXT,
  body BLOB,

  PRIMARY KEY (tenant, idempotency_key),
  CONSTRAINT replay_tenant_form CHECK (tenant GLOB '[a-z0-9]*'
    AND tenant NOT GLOB '*[^a-z0-9._-]*' AND octet_length(tenant) <= 63
    AND octet_length(tenant) = length(tenant)),
  CONSTRAINT replay_idempotency_key_form CHECK (octet_length(idempotency_key) BETWEEN 1 AND 1020
    AND instr(idempotency_key, char(0)) = 0),
  CONSTRAINT replay_body_sha256_form CHECK (octet_length(body_sha256) = 64
    AND length(body_sha256) = 64 AND body_sha256 NOT GLOB '*[^0-9a-f]*'),
  CONSTRAINT replay_owner_form CHECK (octet_length(owner) BETWEEN 1 AND 200
    AND instr(owner, char(0)) = 0),
  CONSTRAINT replay_moment CHECK (taken_at >= 0),
  CONSTRAINT replay_status_form CHECK (status BETWEEN 100 AND 599),
  CONSTRAINT replay_content_type_form CHECK (octet_length(content_type) <= 1020
    AND instr(content_type, char(0)) = 0),
  CONSTRAINT replay_answered_or_not CHECK ((status IS NULL) = (content_type IS NULL)
    AND (status IS NULL) = (body IS NULL))
) STRICT;

CREATE INDEX replay_taken ON replay (taken_at);
