/**
 * Driving adapter: the {@code seedance} command. Start at {@link
 * io.github.seedance4j.adapter.cli.Cli}; each command is a class of its own. Speaks to the in-port
 * and the domain alone: what it needs wired comes through {@link
 * io.github.seedance4j.adapter.cli.Workshop}.
 */
@NullMarked
package io.github.seedance4j.adapter.cli;

import org.jspecify.annotations.NullMarked;
