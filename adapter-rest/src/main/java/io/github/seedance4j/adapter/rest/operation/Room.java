package io.github.seedance4j.adapter.rest.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much room there is where clips and uploads lie. Looked at anew each time. Thread-safe. */
public final class Room {

  private static final Logger LOG = LoggerFactory.getLogger(Room.class);

  private final List<Path> places;
  private final long least;

  /**
   * @param least bytes that must be free in every place
   */
  public Room(List<Path> places, long least) {
    this.places = List.copyOf(places);
    this.least = least;
  }

  /** Whether a clip that is paid for now would find room. */
  boolean isLow() {
    return free() < least;
  }

  /** Bytes that are free in the place that has least; 0 where that can't be told. */
  long free() {
    long free = Long.MAX_VALUE;
    for (Path place : places) {
      free = Math.min(free, free(place));
    }
    return free;
  }

  private static long free(Path place) {
    Path there = place.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent(); // made with the first file
    }
    try {
      return there == null ? 0 : Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      LOG.warn("it can't be told how much room there is at {}", place, e);
      return 0;
    }
  }
}
