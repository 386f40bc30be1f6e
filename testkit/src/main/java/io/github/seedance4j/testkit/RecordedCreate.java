package io.github.seedance4j.testkit;

import java.time.Instant;

/**
 * A create that was received to its last byte.
 *
 * @param digest SHA-256 of the body's bytes, lower-case hexadecimal, as in the ledger
 * @param body the body as text
 */
public record RecordedCreate(Instant at, String digest, String body) {}
