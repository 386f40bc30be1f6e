/**
 * What the fake provider refuses: the provider's rules a second time, written from their
 * description alone. Start at {@link io.github.seedance4j.testkit.check.RequestChecks}. The
 * library's own rules must not come in. Only {@code Enforcement} is API, the rest is public because
 * packages cross.
 */
@NullMarked
package io.github.seedance4j.testkit.check;

import org.jspecify.annotations.NullMarked;
