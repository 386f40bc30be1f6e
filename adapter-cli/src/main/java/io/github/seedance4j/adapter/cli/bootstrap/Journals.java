package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.Workshop.Setup;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.service.InMemoryJobJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens journals. The one place that knows what they are made of. */
final class Journals {

  private static final Map<Path, JobJournal> OPEN = new ConcurrentHashMap<>();

  private Journals() {}

  /** The journal of a bench. */
  static JobJournal of(Setup setup) {
    Path file = setup.journal();
    JobJournal journal = file == null ? new InMemoryJobJournal() : open(file, setup.restored());
    Set<JobId> only = setup.only();
    return only == null ? journal : new NamedJobs(journal, only);
  }

  /** A journal as it is; where there is none, a new one or an empty one that is forgotten. */
  static JobJournal toLookAt(Path file, boolean make) {
    return make || Files.exists(file) ? open(file, false) : new InMemoryJobJournal();
  }

  static void backup(Path file, Path copy) {
    throw new UnsupportedOperationException("backup of " + file + " to " + copy);
  }

  private static JobJournal open(Path file, boolean restored) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return OPEN.computeIfAbsent(file, path -> new InMemoryJobJournal());
  }
}
