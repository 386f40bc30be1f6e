package io.github.seedance4j.testkit;

import java.util.List;

/**
 * Makes the clip of a task; the same arguments give the same bytes, on which ETag and resumed
 * downloads stand.
 */
@FunctionalInterface
interface ClipRenderer {
  byte[] render(int width, int height, int frames, boolean audio, List<String> caption);
}
