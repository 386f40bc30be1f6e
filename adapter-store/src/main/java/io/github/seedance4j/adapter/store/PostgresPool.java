package io.github.seedance4j.adapter.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** A few connections of our own to PostgreSQL. */
final class PostgresPool {

  private static final int FEWEST = 2;
  private static final int MOST = 10;

  private PostgresPool() {}

  /**
   * @throws IllegalStateException if the pool or the driver is missing
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
    // details hold whole rows, with prompts and signed addresses
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return new HikariDataSource(config);
  }
}
