/**
 * The use cases behind the in-port. Start at {@link
 * io.github.seedance4j.service.VideoGenerationService}; the protocol of a paid create is {@code
 * Submitter}, what follows a task to its clip is {@code Follower}. Keys and answers of a front end
 * stand apart: {@code AccessKeyService}, {@code ReplayService}. No transport, no database, and no
 * clock, randomness or thread but from {@code Ambient}.
 */
@NullMarked
package io.github.seedance4j.service;

import org.jspecify.annotations.NullMarked;
