package io.github.seedance4j.adapter.store;

import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.testkit.contract.ReplayStoreContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The answers beside the jobs keep to the contract, in either database. */
class JdbcReplayStoreTest {

  @TempDir static Path directory;

  @Nested
  class OnSqlite extends On {
    OnSqlite() {
      super(TestDatabase.SQLITE);
    }
  }

  @Nested
  class OnPostgres extends On {
    OnPostgres() {
      super(TestDatabase.POSTGRES);
    }
  }

  abstract static class On implements ReplayStoreContract {
    private final OpenJournals journals;

    On(TestDatabase database) {
      journals = new OpenJournals(database, directory);
    }

    @Override
    public ReplayStore emptyStore() {
      return journals.opened(JdbcJobJournal::replays);
    }

    @Override
    public Optional<ReplayStore> another(ReplayStore store) {
      return Optional.of(journals.another(store, JdbcJobJournal::replays));
    }

    @Override
    public int turns() {
      return 20;
    }

    @AfterEach
    void close() {
      journals.close();
    }
  }
}
