/**
 * How things are written and read, whatever they are about: JSON, CSV, prices, the values of flags,
 * what a shell takes. Begin with {@link io.github.seedance4j.adapter.cli.text.Json} and {@link
 * io.github.seedance4j.adapter.cli.text.QuoteText}. Neither the process nor a command may come in.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.text;

import org.jspecify.annotations.NullMarked;
