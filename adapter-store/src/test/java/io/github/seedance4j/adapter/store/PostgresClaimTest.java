package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever takes up jobs does not wait for whoever changes one of them. */
class PostgresClaimTest {

  @Test
  void passesByAJobThatSomebodyIsChanging() throws Exception {
    String url = PostgresServer.shared().newJournal();
    String impatient = url + "&options=-c%20lock_timeout=5s"; // would rather fail than wait
    try (JdbcJobJournal journal = JdbcJobJournal.postgres(impatient, "postgres", "postgres");
        Connection other = TestDatabase.open(url)) {
      Job busy = Jobs.holding("1.00");
      Job free = Jobs.holding("1.00");
      List.of(busy, free).forEach(job -> journal.admit(job, List.of(), "nobody"));
      other.setAutoCommit(false);
      try (PreparedStatement change =
          other.prepareStatement("UPDATE job SET told = 0 WHERE id = ?")) {
        change.setString(1, busy.id().value());
        change.executeUpdate();
      }

      assertThat(journal.claim(Jobs.lease("ours"), Jobs.ACCOUNT, 10)).containsExactly(free);
      other.rollback();
      assertThat(journal.claim(Jobs.lease("ours"), Jobs.ACCOUNT, 10)).containsExactly(busy);
    }
  }
}
