package io.github.seedance4j.tenant;

/** What a key may do. */
public enum Role {
  /** Its tenant's own jobs, and nothing else. */
  TENANT,
  /** Every tenant's jobs, what all of them spent, and how the gateway fares. */
  ADMIN
}
