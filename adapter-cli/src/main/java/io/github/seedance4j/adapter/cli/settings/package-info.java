/**
 * What a run is told by what is around it: terminal, environment, config file, key. Start at {@link
 * io.github.seedance4j.adapter.cli.settings.Surroundings}; {@link
 * io.github.seedance4j.adapter.cli.settings.Setting} lists what can be set. What a command does
 * with it must not come in.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.settings;

import org.jspecify.annotations.NullMarked;
