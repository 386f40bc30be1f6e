package io.github.seedance4j.adapter.store;

import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.testkit.contract.AccessKeyStoreContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The keys beside the jobs keep to the contract, in either database. */
class JdbcAccessKeyStoreTest {

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

  abstract static class On implements AccessKeyStoreContract {
    private final OpenJournals journals;

    On(TestDatabase database) {
      journals = new OpenJournals(database, directory);
    }

    @Override
    public AccessKeyStore emptyStore() {
      return journals.opened(JdbcJobJournal::accessKeys);
    }

    @Override
    public Optional<AccessKeyStore> another(AccessKeyStore store) {
      return Optional.of(journals.another(store, JdbcJobJournal::accessKeys));
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
