/**
 * Driving adapter: the {@code seedance} command. Start at {@link
 * io.github.seedance4j.adapter.cli.Cli}, which lists the commands; each is a class of its own, in
 * the package of what it is about. Speaks to the in-port and the domain alone: what it needs wired
 * comes through {@link io.github.seedance4j.adapter.cli.command.Workshop}. No package below may
 * refer to this one.
 */
@NullMarked
package io.github.seedance4j.adapter.cli;

import org.jspecify.annotations.NullMarked;
