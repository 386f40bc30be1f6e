/**
 * The fake provider: a TokenHub on loopback that keeps state, charges, misbehaves on request and
 * costs nothing. Start at {@link io.github.seedance4j.testkit.FakeTokenHub}. It answers from its
 * own reading of the provider's guide: the library's rules, prices and JSON must not come in, or
 * the two could only agree.
 */
@NullMarked
package io.github.seedance4j.testkit;

import org.jspecify.annotations.NullMarked;
