/**
 * Several clips made together, of a file or of one request. Start at {@link
 * io.github.seedance4j.adapter.cli.batch.BatchCommand}; {@link
 * io.github.seedance4j.adapter.cli.batch.BatchRun} sends and follows. Commands for single clips
 * must not come in: they call on what is here.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.batch;

import org.jspecify.annotations.NullMarked;
