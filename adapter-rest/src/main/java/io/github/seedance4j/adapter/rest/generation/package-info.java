/**
 * Generations over HTTP: made, watched, listed, resolved, priced. Start at {@link
 * io.github.seedance4j.adapter.rest.generation.Generations}. Files and the gateway's own state stay
 * out.
 */
@NullMarked
package io.github.seedance4j.adapter.rest.generation;

import org.jspecify.annotations.NullMarked;
