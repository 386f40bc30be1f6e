package io.github.seedance4j.job;

/**
 * Whom a job was sent to, and as whom: kept with it, since only there can it be asked for again.
 *
 * @param provider such as {@code TokenHub}
 * @param baseUrl the API's address
 * @param fingerprint tells accounts apart without holding the key
 */
public record ProviderAccount(String provider, String baseUrl, String fingerprint) {}
