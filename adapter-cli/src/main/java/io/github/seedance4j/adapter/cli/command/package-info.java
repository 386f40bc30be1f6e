/**
 * What every command is made of: flags, voice, journal, the files of clips, and the ways in which a
 * run ends. Start at {@link io.github.seedance4j.adapter.cli.command.SeedanceCommand}, {@link
 * io.github.seedance4j.adapter.cli.command.JournalCommand} or {@link
 * io.github.seedance4j.adapter.cli.command.TaskCommand}; what has to be wired comes through {@link
 * io.github.seedance4j.adapter.cli.command.Workshop}. No single command may come in.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.command;

import org.jspecify.annotations.NullMarked;
