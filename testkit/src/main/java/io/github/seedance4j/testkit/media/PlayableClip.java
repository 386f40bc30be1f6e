package io.github.seedance4j.testkit.media;

/**
 * Renders clips that every player plays: H.264 Constrained Baseline at 24 frames a second, yuv420p,
 * AAC LC 48 kHz mono when asked for, the index before the data.
 *
 * <p>A still picture: one intra frame that shows the caption, then frames that repeat it. The same
 * spec gives the same bytes, on every machine. Takes a few milliseconds once warm; tens of
 * kilobytes in size. Thread-safe.
 */
public final class PlayableClip {

  private PlayableClip() {}

  /** Returns the whole MP4 file. */
  public static byte[] render(ClipSpec spec) {
    return Mp4File.write(spec, new H264Stream(Picture.of(spec), spec));
  }
}
