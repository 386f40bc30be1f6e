package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.media.ClipSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that tell what was to be rendered: tests of links and ranges need no picture. */
final class TestClips {

  static final int SIZE = 10_000;

  private TestClips() {}

  static byte[] render(ClipSpec spec) {
    String title =
        "%dx%d %d %s %s\n"
            .formatted(
                spec.width(),
                spec.height(),
                spec.frames(),
                spec.audio() ? "sound" : "silent",
                String.join("|", spec.caption()));
    byte[] clip = Arrays.copyOf(title.getBytes(StandardCharsets.UTF_8), SIZE);
    for (int i = 1_000; i < SIZE; i++) {
      clip[i] = (byte) (i * 31);
    }
    return clip;
  }
}
