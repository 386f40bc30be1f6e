/**
 * Driving port: what a program does with us. Start at {@link
 * io.github.seedance4j.port.in.VideoGeneration}. Front ends call this and nothing behind it.
 */
@NullMarked
package io.github.seedance4j.port.in;

import org.jspecify.annotations.NullMarked;
