package io.github.seedance4j.adapter.store;

import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.testkit.contract.JobJournalContract;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A journal in PostgreSQL keeps to the contract, with no clock or session in UTC. */
class PostgresContractTest implements JobJournalContract {

  private final Map<JobJournal, String> urls = new ConcurrentHashMap<>();

  @Override
  public JobJournal emptyJournal() {
    try {
      return open(PostgresServer.shared().newJournal());
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one before is let go of as it is, open. */
  @Override
  public Optional<JobJournal> reopened(JobJournal journal) {
    return another(journal);
  }

  @Override
  public Optional<JobJournal> another(JobJournal journal) {
    return Optional.of(open(urls.get(journal)));
  }

  @Override
  public int turns() {
    return 20;
  }

  private JobJournal open(String url) {
    JobJournal journal = JdbcJobJournal.postgres(url, "postgres", "postgres");
    urls.put(journal, url);
    return journal;
  }
}
