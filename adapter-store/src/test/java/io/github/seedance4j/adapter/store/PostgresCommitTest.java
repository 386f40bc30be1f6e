package io.github.seedance4j.adapter.store;

import static io.github.seedance4j.adapter.store.Jobs.holding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.port.out.JobJournal.Admission;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What a journal in PostgreSQL does when a connection fails around a commit. */
class PostgresCommitTest {

  @Test
  void doesNotRepeatACommitWhoseAnswerIsMissing() throws Exception {
    AtomicInteger commits = new AtomicInteger();
    Source source =
        new Source("commit") {
          @Override
          void after() throws SQLException {
            commits.incrementAndGet();
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted");
          }
        };
    Job job = holding("1.00");
    boolean stayed =
        CompletableFuture.supplyAsync(
                () -> {
                  try (JdbcJobJournal journal = JdbcJobJournal.postgres(source)) {
                    source.failing = true;
                    assertThatThrownBy(() -> journal.admit(job, List.of(), "us"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(
                            "whether the journal's server recorded this is unknown, as no answer to"
                                + " its commit came; look at what is there before you ask again:"
                                + " Interrupted");
                    assertThat(journal.find(job.id())).contains(job);
                    return Thread.interrupted();
                  }
                })
            .join();

    assertThat(commits).hasValue(1);
    assertThat(stayed).isTrue();
  }

  @Test
  void callsNothingAFailureThatFailsBehindACommit() throws Exception {
    Source source =
        new Source("close") {
          @Override
          void after() throws SQLException {
            throw new SQLException("the socket is gone", "08006");
          }
        };
    try (JdbcJobJournal journal = JdbcJobJournal.postgres(source)) {
      source.failing = true;
      Job job = holding("1.00");
      assertThat(journal.admit(job, List.of(), "us")).isEqualTo(new Admission.Admitted(job));
    }
  }

  @Test
  void repeatsWhatTheServerSaysItHasUndone() throws Exception {
    AtomicInteger times = new AtomicInteger();
    Source source =
        new Source("setAutoCommit") {
          @Override
          void after() throws SQLException {
            if (times.getAndIncrement() == 0) {
              throw new SQLException("could not serialize access", "40001");
            }
          }
        };
    try (JdbcJobJournal journal = JdbcJobJournal.postgres(source)) {
      source.failing = true;
      Job job = holding("1.00");
      assertThat(journal.admit(job, List.of(), "us")).isEqualTo(new Admission.Admitted(job));
      assertThat(times).hasValueGreaterThan(1);
    }
  }

  /** Connections that do what they are told, and then fail. */
  private abstract static class Source extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    private final String method;
    private volatile boolean failing;

    private Source(String method) throws SQLException, IOException {
      this.method = method;
      setURL(PostgresServer.shared().newJournal());
    }

    /** Called when the method was run. */
    abstract void after() throws SQLException;

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      return (Connection)
          Proxy.newProxyInstance(
              Source.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, called, arguments) -> {
                @Nullable Object result;
                try {
                  result = called.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
                if (failing && called.getName().equals(method)) {
                  after();
                }
                return result;
              });
    }
  }
}
