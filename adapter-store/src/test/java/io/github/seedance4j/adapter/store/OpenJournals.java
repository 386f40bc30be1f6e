package io.github.seedance4j.adapter.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The journals that a test opens for the stores in them, each with nothing in it. */
final class OpenJournals implements AutoCloseable {

  private final TestDatabase database;
  private final Path directory;
  private final Map<Object, String> urls = new IdentityHashMap<>();
  private final Map<Object, JdbcJobJournal> journals = new IdentityHashMap<>();

  OpenJournals(TestDatabase database, Path directory) {
    this.database = database;
    this.directory = directory;
  }

  /** A store in a new journal. */
  synchronized <S> S opened(Function<JdbcJobJournal, S> store) {
    return open(newJournal(), store);
  }

  /** A store in the same journal, as another process has it. */
  synchronized <S> S another(S beside, Function<JdbcJobJournal, S> store) {
    return open(urls.get(beside), store);
  }

  private <S> S open(String url, Function<JdbcJobJournal, S> store) {
    JdbcJobJournal journal = database.journal(url);
    S opened = store.apply(journal);
    urls.put(opened, url);
    journals.put(opened, journal);
    return opened;
  }

  private String newJournal() {
    try {
      return database == TestDatabase.POSTGRES
          ? PostgresServer.shared().newJournal()
          : "jdbc:sqlite:" + directory.resolve(UUID.randomUUID() + ".db");
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void close() {
    journals.values().forEach(JdbcJobJournal::close);
  }
}
