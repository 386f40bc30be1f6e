/**
 * What other programs are told of the command: completion for shells, and the manual page. Start at
 * {@link io.github.seedance4j.adapter.cli.manual.Completion} and {@link
 * io.github.seedance4j.adapter.cli.manual.ManPage}. Made from picocli's model alone: neither
 * commands nor the domain may come in.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.manual;

import org.jspecify.annotations.NullMarked;
