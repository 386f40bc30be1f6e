/**
 * Commands that ask for clips, or say what they cost: generate, again, quote, and what helps with
 * them. Start at {@link io.github.seedance4j.adapter.cli.generate.GenerateCommand}. What comes back
 * to jobs later must not come in.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.generate;

import org.jspecify.annotations.NullMarked;
