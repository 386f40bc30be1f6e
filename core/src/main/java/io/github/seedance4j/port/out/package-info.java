/**
 * Driven ports: what we need of the world, named for the need. Start at {@link
 * io.github.seedance4j.port.out.VideoProvider}. Nothing here knows the service or a technology.
 */
@NullMarked
package io.github.seedance4j.port.out;

import org.jspecify.annotations.NullMarked;
