package io.github.seedance4j.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Bytes that tell what was to be rendered: tests of links and ranges need no picture. */
final class TestClips {
  static final int SIZE = 10_000;

  private TestClips() {}

  static byte[] render(int width, int height, int frames, boolean audio, List<String> caption) {
    String title = width + "x" + height + " " + frames + " " + audio + " " + String.join("|", caption) + "\n";
    byte[] clip = Arrays.copyOf(title.getBytes(StandardCharsets.UTF_8), SIZE);
    for (int i = 1_000; i < SIZE; i++) {
      clip[i] = (byte) (i * 31);
    }
    return clip;
  }
}
