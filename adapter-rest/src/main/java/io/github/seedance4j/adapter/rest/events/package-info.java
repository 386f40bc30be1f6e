/**
 * What happens to jobs, told as it happens: Server-Sent Events. Start at {@link
 * io.github.seedance4j.adapter.rest.events.EventStreams}. No client has a thread, and none may make
 * another one wait.
 */
@NullMarked
package io.github.seedance4j.adapter.rest.events;

import org.jspecify.annotations.NullMarked;
