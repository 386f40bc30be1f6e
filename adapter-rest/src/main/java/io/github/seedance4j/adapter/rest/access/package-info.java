/**
 * Who calls, and how often they may. Start at {@link
 * io.github.seedance4j.adapter.rest.access.Doorman}. What is behind the door is no business of
 * this.
 */
@NullMarked
package io.github.seedance4j.adapter.rest.access;

import org.jspecify.annotations.NullMarked;
