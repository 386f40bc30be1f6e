/**
 * Clips that really play, made in milliseconds without a codec: H.264 and silent AAC in an MP4.
 *
 * <p>Start at {@link io.github.seedance4j.testkit.media.PlayableClip}. Below it, {@code Picture}
 * draws, {@code H264Stream} and {@code SilentAac} encode, {@code Mp4File} packs. No codec library,
 * no AWT, no input or output belongs in here.
 */
@NullMarked
package io.github.seedance4j.testkit.media;

import org.jspecify.annotations.NullMarked;
