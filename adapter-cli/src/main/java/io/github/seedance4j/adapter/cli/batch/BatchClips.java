package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Gives each clip of a batch a file of its own in the output directory. Thread-safe. */
final class BatchClips {

  private final Path directory;

  /** Which item has a name, without regard to case, as some file systems have none. */
  private final Map<String, String> claimed = new HashMap<>();

  BatchClips(Path directory) {
    this.directory = directory;
  }

  /** Keeps the name that an earlier run gave. */
  synchronized void keep(BatchItem item, Job job) {
    job.clip().map(Clip::path).or(job::clipTarget).ifPresent(path -> take(path, item));
  }

  /** Where a clip that is to be made goes: its own name, else the next free one. */
  synchronized Path claim(BatchItem item) {
    String stem = item.clip().substring(0, item.clip().length() - ".mp4".length());
    for (int number = 1; ; number++) {
      Path path = directory.resolve(number == 1 ? item.clip() : stem + "-" + number + ".mp4");
      boolean ours = claimed.getOrDefault(name(path), item.key()).equals(item.key());
      if (ours
          && Files.notExists(path)
          && Files.notExists(path.resolveSibling(path.getFileName() + ".part"))) {
        take(path, item);
        return path;
      }
    }
  }

  private void take(Path path, BatchItem item) {
    claimed.putIfAbsent(name(path), item.key());
  }

  private static String name(Path path) {
    return path.toAbsolutePath().normalize().toString().toLowerCase(Locale.ROOT);
  }
}
