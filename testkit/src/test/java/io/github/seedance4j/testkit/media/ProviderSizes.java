package io.github.seedance4j.testkit.media;

import java.util.List;
import java.util.stream.Stream;

/** The twelve pixel sizes of Seedance 2.0, by ratio: 480p, then 720p. */
final class ProviderSizes {

  private static final int[][] ALL = {
    {864, 496}, {752, 560}, {640, 640}, {560, 752}, {496, 864}, {992, 432},
    {1280, 720}, {1112, 834}, {960, 960}, {834, 1112}, {720, 1280}, {1470, 630},
  };

  private ProviderSizes() {}

  /** A five-second clip of each size, with and without sound. */
  static Stream<ClipSpec> clips() {
    return Stream.of(ALL).flatMap(size -> Stream.of(clip(size, true), clip(size, false)));
  }

  private static ClipSpec clip(int[] size, boolean audio) {
    List<String> caption = List.of("task-7f3a9c1d2", "A golden retriever on a sunny beach");
    return new ClipSpec(size[0], size[1], 121, audio, caption);
  }
}
