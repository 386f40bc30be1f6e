package io.github.seedance4j.adapter.rest.operation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How much room there is where clips, uploads and the journal lie, and how much of it is spoken for
 * by clips that are still to come. Looked at anew each time. Thread-safe.
 */
public final class Room {

  /**
   * Set aside for each clip that is still to come: 15.2 s, the longest there is, at 35 Mbit/s,
   * several times what 720p comes at. No figure of the provider's.
   */
  static final long CLIP = 64L << 20;

  private final Path clips;
  private final List<Path> others;
  private final long least;

  /**
   * @param clips where clips will lie
   * @param others where else there must be room
   * @param least bytes that must be free in every place; 0 to take whatever comes
   */
  public Room(Path clips, List<Path> others, long least) {
    this.clips = clips;
    this.others = List.copyOf(others);
    this.least = least;
  }

  /** Whether so many clips that are paid for would not all find room. */
  boolean isLow(long expected) {
    return least > 0
        && (free(clips) - expected * CLIP < least
            || others.stream().anyMatch(place -> free(place) < least));
  }

  /** Bytes that are free in the place that has least; 0 where that can't be told. */
  long free() {
    return others.stream().mapToLong(Room::free).reduce(free(clips), Math::min);
  }

  private static long free(Path place) {
    Path there = place.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent(); // made with the first file
    }
    // not by way of its file store, which reads the table of all mounts: a tenth of a millisecond
    return there == null ? 0 : there.toFile().getUsableSpace();
  }
}
