package io.github.seedance4j.adapter.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one connection, each prepared once and kept until the session is closed. For one
 * thread at a time. Every result is read to its end, so that no read stays open behind it.
 */
final class Session implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  Session(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /** Runs a statement that changes rows, and says how many. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return run(sql, PreparedStatement::executeUpdate, values);
  }

  /** Runs a statement that gives nothing, such as {@code COMMIT}. */
  void execute(String sql) throws SQLException {
    run(sql, PreparedStatement::execute);
  }

  <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
    return run(
        sql,
        statement -> {
          List<T> list = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              list.add(row.read(rows));
            }
          }
          return list;
        },
        values);
  }

  <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
    return list(sql, row, values).stream().findFirst();
  }

  private <T> T run(String sql, Run<T> run, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    try {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return run.on(statement);
    } catch (SQLException e) {
      // the driver of SQLite makes some that failed unusable
      statements.remove(sql);
      statement.close();
      throw e;
    }
  }

  /** Closes the statements, and leaves the connection to whoever opened it. */
  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }

  /** Reads one row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs a statement that has its values. */
  @FunctionalInterface
  private interface Run<T> {
    T on(PreparedStatement statement) throws SQLException;
  }
}
