package io.github.seedance4j.adapter.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.SQLException;
import java.time.Duration;

/** A few connections of our own to PostgreSQL. */
final class PostgresPool {

  private static final int FEWEST = 2;
  private static final int MOST = 10;

  /**
   * How long a server may say nothing: where packets vanish, none of ten connections would ever
   * come back otherwise. No statement of ours takes as long; {@code socketTimeout} in the address
   * wins.
   */
  private static final String SILENCE_SECONDS = "60";

  private PostgresPool() {}

  /**
   * Connects once, to find out at once if that can't be done.
   *
   * @throws io.github.seedance4j.error.RetryLaterException if the server is away
   */
  static HikariDataSource open(String url, String user, String password, Duration patience) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("seedance4j-journal");
    config.setDriverClassName("org.postgresql.Driver");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(MOST);
    config.setMinimumIdle(FEWEST);
    config.setConnectionTimeout(Math.max(250, patience.toMillis()));
    config.addDataSourceProperty("ApplicationName", "seedance4j");
    config.addDataSourceProperty("socketTimeout", SILENCE_SECONDS);
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // details hold whole rows, with prompts and signed addresses
    config.addDataSourceProperty("logServerErrorDetail", "false");
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw e.getCause() instanceof SQLException cause ? PostgresFailures.of(cause) : e;
    }
  }
}
