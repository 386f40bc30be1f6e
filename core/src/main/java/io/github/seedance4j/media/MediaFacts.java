package io.github.seedance4j.media;

import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.MediaKind;
import io.github.seedance4j.task.ClipLength;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a medium's header tells.
 *
 * @param size in bytes, of the whole
 * @param width in pixels; 0 for sound
 * @param height likewise
 * @param length of a clip or a sound, exact, and never less than anything in it lasts; null for a
 *     picture, and for a clip whose header does not tell, as of one in fragments
 * @param frames how many pictures a clip is made of; 0 for others, and where its header is silent
 *     or the length is not theirs
 * @param codec of a clip's pictures, as the file names it, such as {@code avc1}; empty likewise
 */
public record MediaFacts(
    MediaFormat format,
    long size,
    int width,
    int height,
    @Nullable ClipLength length,
    long frames,
    String codec) {

  public MediaKind kind() {
    return format.kind();
  }

  /** Where it is beyond what upstream takes of a single medium, said of that place. */
  public List<Finding> advice(String path) {
    return MediaLimits.advice(path, this).toList();
  }

  static MediaFacts picture(MediaFormat format, long size, int width, int height) {
    return new MediaFacts(format, size, width, height, null, 0, "");
  }

  static MediaFacts sound(MediaFormat format, long size, ClipLength length) {
    return new MediaFacts(format, size, 0, 0, length, 0, "");
  }
}
