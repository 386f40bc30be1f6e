package io.github.seedance4j.testkit.media;

import java.util.List;

/**
 * A clip to render.
 *
 * @param width visible width in pixels: even, 16 to 4096
 * @param height visible height in pixels: even, 16 to 4096
 * @param frames length in frames of 1/{@value #FRAMES_PER_SECOND} s: 1 to 10,000. The provider's
 *     clips are one frame longer than asked: 121 for 5 seconds
 * @param audio whether the clip has a (silent) sound track
 * @param caption what the picture shows: a heading, usually the task id, then the paragraphs under
 *     it, usually the prompt; wrapped, and cut off with "..." where they don't fit
 */
public record ClipSpec(int width, int height, int frames, boolean audio, List<String> caption) {

  /** The frame rate of every clip, exactly. */
  public static final int FRAMES_PER_SECOND = 24;

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if a number is out of its range, or a size is odd
   */
  public ClipSpec {
    requireEvenSize("width", width);
    requireEvenSize("height", height);
    if (frames < 1 || frames > 10_000) {
      throw new IllegalArgumentException("frames: 1 to 10000, not " + frames);
    }
    caption = List.copyOf(caption);
  }

  private static void requireEvenSize(String name, int value) {
    if (value < 16 || value > 4096 || value % 2 != 0) {
      throw new IllegalArgumentException(name + ": even, 16 to 4096, not " + value);
    }
  }
}
