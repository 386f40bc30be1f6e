/**
 * What a picture, a clip or a sound is, read from its header: kind, length, size. Start at {@link
 * io.github.seedance4j.media.MediaHeader}. Files may be hostile: whatever they hold, reading ends
 * soon. No decoding, no network.
 */
@NullMarked
package io.github.seedance4j.media;

import org.jspecify.annotations.NullMarked;
