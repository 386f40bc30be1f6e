package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.command.Gateways;
import io.github.seedance4j.adapter.cli.command.Workshop.Setup;
import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.adapter.store.JournalOptions;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.service.InMemoryJobJournal;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/** Opens journals. The one place that knows what they are made of, and that loads a database. */
final class Journals {

  private Journals() {}

  /** The journal of a bench. */
  static JobJournal of(Setup setup) {
    Path file = setup.journal();
    JobJournal kept = file == null ? new InMemoryJobJournal() : open(file, setup.isRestored());
    JobJournal journal = setup.access() == null ? new SandboxJournal(kept) : kept;
    Set<JobId> only = setup.only();
    return only == null ? journal : new NamedJobs(journal, only);
  }

  /** A journal as it is; where there is none, a new one or an empty one that is forgotten. */
  static JobJournal toLookAt(Path file, boolean make) {
    return make || Files.exists(file) ? open(file, false) : new InMemoryJobJournal();
  }

  /** What a gateway keeps, in a file or on a server. */
  static JdbcJobJournal of(Gateways.Kept kept) {
    Gateways.Database database = kept.database();
    if (database == null) {
      return open(kept.journal(), false);
    }
    return usable(
        database.url(),
        () -> JdbcJobJournal.postgres(database.url(), database.user(), database.password()));
  }

  static void backup(Path file, Path copy) {
    try (JdbcJobJournal journal = open(file, false)) {
      usable(
          file,
          () -> {
            journal.backup(copy);
            return copy;
          });
    }
  }

  /** Puts a clip's new place into its job; false if that was changed meanwhile. */
  static boolean remember(Path file, Job job, Clip clip) {
    try (JdbcJobJournal journal = open(file, false)) {
      Job moved = job.change().clip(clip).done();
      return usable(
          file,
          () -> {
            boolean done = journal.replace(moved) == JobJournal.Replaced.DONE;
            if (done) {
              journal.told(moved.id(), moved.version()); // it is no news
            }
            return done;
          });
    }
  }

  /** Whoever opens one clears away what sandboxes left in it that are gone. */
  private static JdbcJobJournal open(Path file, boolean restored) {
    JournalOptions options = JournalOptions.defaults();
    return usable(
        file,
        () -> {
          JdbcJobJournal journal =
              JdbcJobJournal.sqlite(file, restored ? options.forRestored() : options);
          try {
            SandboxJournal.endLeftOvers(journal);
            return journal;
          } catch (RuntimeException e) {
            journal.close();
            throw e;
          }
        });
  }

  /** In the words of whoever typed a command. */
  private static <T> T usable(Path file, Supplier<T> call) {
    return usable(file.toString(), call);
  }

  private static <T> T usable(String file, Supplier<T> call) {
    try {
      return call.get();
    } catch (IllegalStateException | IllegalArgumentException | RetryLaterException e) {
      String what = String.valueOf(e.getMessage());
      String reason =
          (what.contains(file) ? what : file + ": " + what)
              .replaceFirst(
                  "; open it as restored, so that",
                  "; 'seedance resume --restored' opens it, so that");
      if (reason.contains("can't be made")) {
        reason += "; SEEDANCE_JOURNAL or --journal names another place";
      }
      FileSystemException unusable = new FileSystemException(file, null, reason);
      unusable.initCause(e);
      throw new UncheckedIOException(unusable);
    }
  }
}
