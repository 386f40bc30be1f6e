package io.github.seedance4j.adapter.store;

import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.testkit.contract.JobJournalContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;

/** A journal in a file keeps to the contract, with a default time zone other than UTC. */
class SqliteContractTest implements JobJournalContract {

  @TempDir static Path directory;

  private final Map<JobJournal, Path> files = new ConcurrentHashMap<>();

  @Override
  public JobJournal emptyJournal() {
    return open(directory.resolve(UUID.randomUUID() + ".db"));
  }

  /** The one before is let go of as it is, open. */
  @Override
  public Optional<JobJournal> reopened(JobJournal journal) {
    return another(journal);
  }

  @Override
  public Optional<JobJournal> another(JobJournal journal) {
    return Optional.of(open(files.get(journal)));
  }

  @Override
  public int turns() {
    return 20;
  }

  private JobJournal open(Path file) {
    JobJournal journal = JdbcJobJournal.sqlite(file);
    files.put(journal, file);
    return journal;
  }
}
