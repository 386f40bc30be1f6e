/**
 * What a clip is asked for with: flags, files of the user's own, earlier clips, and what it may
 * cost. Start at {@link io.github.seedance4j.adapter.cli.request.RequestFlags} and {@link
 * io.github.seedance4j.adapter.cli.request.MediaFlags}. Sends nothing, and no command may come in.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.request;

import org.jspecify.annotations.NullMarked;
