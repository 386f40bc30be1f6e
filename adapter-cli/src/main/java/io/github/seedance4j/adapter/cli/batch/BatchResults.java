package io.github.seedance4j.adapter.cli.batch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The file that says what became of each clip: one JSON object for each line and take, in the order
 * of the input. Always replaced as a whole, so that there is never half of one, nor a line of an
 * earlier run beside one of this; during the run now and then, and at its end. Thread-safe.
 */
final class BatchResults {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Writing takes a twentieth of the time at most, however long the file is. */
  private static final int SHARE = 20;

  private final Path file;
  private final Clock clock;
  private Instant next = Instant.MIN;

  BatchResults(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  Path file() {
    return file;
  }

  /** Writes them unless that was done just now. */
  synchronized void writeNowAndThen(List<BatchEntry> entries) throws IOException {
    Instant begin = clock.instant();
    if (begin.isBefore(next)) {
      return;
    }
    write(entries);
    Instant end = clock.instant();
    next = end.plus(PAUSE).plus(Duration.between(begin, end).multipliedBy(SHARE));
  }

  synchronized void write(List<BatchEntry> entries) throws IOException {
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(entry.json()).append('\n'));
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
