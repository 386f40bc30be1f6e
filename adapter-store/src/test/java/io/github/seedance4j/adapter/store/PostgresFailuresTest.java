package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.error.RetryLaterException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class PostgresFailuresTest {

  @Test
  void takesABusyPoolForWhatPassesByItself() {
    SQLException noneFree =
        new SQLTransientConnectionException("seedance4j-journal - Connection is not available");

    assertThat(PostgresFailures.of(noneFree)).isInstanceOf(RetryLaterException.class);
    assertThat(PostgresFailures.of(new SQLException("no such table", "42P01")))
        .isInstanceOf(IllegalStateException.class);
  }
}
