/**
 * The fake provider: a TokenHub on loopback that keeps state, charges, misbehaves on request and
 * costs nothing. Start at {@link io.github.seedance4j.testkit.FakeTokenHub}. Inside, a request goes
 * from {@code HubServer} over {@code Conversation} and {@code Routes} to {@code TaskDesk} or {@code
 * ClipFiles}; {@code Script} has what shall go wrong. It answers from its own reading of the
 * provider's guide: the library's rules, prices and JSON must not come in, or the two could only
 * agree.
 */
@NullMarked
package io.github.seedance4j.testkit;

import org.jspecify.annotations.NullMarked;
