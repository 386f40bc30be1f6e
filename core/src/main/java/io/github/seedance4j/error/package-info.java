/**
 * One sealed family of exceptions, by what the caller can do next. Start at {@link
 * io.github.seedance4j.error.SeedanceException}. Expected refusals are values; these appear at the
 * edge of the in-port.
 */
@NullMarked
package io.github.seedance4j.error;

import org.jspecify.annotations.NullMarked;
