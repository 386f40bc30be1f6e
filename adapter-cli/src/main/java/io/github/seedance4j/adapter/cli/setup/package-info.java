/**
 * Commands that set the command itself up and check it: key, settings, doctor. Start at {@link
 * io.github.seedance4j.adapter.cli.setup.ConfigCommand} and {@link
 * io.github.seedance4j.adapter.cli.setup.DoctorCommand}. What makes or fetches clips must not come
 * in.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.setup;

import org.jspecify.annotations.NullMarked;
