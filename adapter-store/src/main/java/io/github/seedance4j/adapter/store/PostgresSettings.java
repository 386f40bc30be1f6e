package io.github.seedance4j.adapter.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a PostgreSQL server says of itself in the session that asks: whether a commit that it
 * acknowledges is one that it keeps. A server, a database, a role and a session can each turn that
 * off, so what counts is what the session sees in the end.
 */
final class PostgresSettings {

  /** The tests pass on 13.22 and 18.6; nothing older was tried. */
  private static final int OLDEST = 130_000;

  private static final String ASKED =
      "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes',"
          + " 'synchronous_commit', 'default_transaction_read_only', 'server_encoding',"
          + " 'server_version', 'server_version_num')"
          + " UNION ALL SELECT 'standby', pg_is_in_recovery()::text";

  private final Map<String, String> settings;

  /**
   * @param settings by their names; with {@code standby} beside them, {@code true} or {@code false}
   */
  PostgresSettings(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  static PostgresSettings read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ASKED)) {
      List<String[]> found = new ArrayList<>();
      while (rows.next()) {
        found.add(new String[] {rows.getString(1), rows.getString(2)});
      }
      return new PostgresSettings(
          found.stream().collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }
  }

  /** Why no journal may be kept there, each with what to do; empty if one may. */
  List<String> refusals() {
    return Arrays.stream(Unsafe.values())
        .filter(unsafe -> unsafe.holds(this))
        .map(unsafe -> String.format(unsafe.what, said(unsafe.setting)) + "; " + unsafe.wayOut)
        .toList();
  }

  /**
   * Lets nothing through that would forget what it acknowledged.
   *
   * @param where names the journal to people
   * @throws IllegalStateException with every reason there is
   */
  void requireSafe(String where) {
    List<String> refusals = refusals();
    if (!refusals.isEmpty()) {
      throw new IllegalStateException(
          where + " is refused, since paid jobs could be lost: " + String.join(". ", refusals));
    }
  }

  /** What a server doesn't know of is as unsafe as what it says is off. */
  private String said(String setting) {
    return settings.getOrDefault(setting, "unknown");
  }

  private boolean isOld() {
    String version = said("server_version_num");
    return !version.matches("[0-9]{1,9}") || Integer.parseInt(version) < OLDEST;
  }

  /** Settings that a journal can't be kept under. */
  private enum Unsafe {
    OLD(
        "server_version",
        "the server is PostgreSQL %s",
        "the journal needs PostgreSQL 13 or newer"),
    FSYNC(
        "fsync",
        "fsync is %s: a power cut loses or damages what was committed",
        "set fsync = on in postgresql.conf and reload"),
    FULL_PAGE_WRITES(
        "full_page_writes",
        "full_page_writes is %s: a power cut can tear pages that nothing mends",
        "set full_page_writes = on in postgresql.conf and reload"),
    SYNCHRONOUS_COMMIT(
        "synchronous_commit",
        "synchronous_commit is %s: a commit returns before it is on disk",
        "set it to on for the server, or for this database or role with ALTER DATABASE … SET or"
            + " ALTER ROLE … SET"),
    STANDBY(
        "standby",
        "the server is a standby, which can't be written (pg_is_in_recovery: %s)",
        "connect to the primary, with targetServerType=primary where the address has several hosts"),
    READ_ONLY(
        "default_transaction_read_only",
        "default_transaction_read_only is %s: nothing can be written",
        "take that setting back for this server, database or role, or use another role"),
    ENCODING(
        "server_encoding",
        "the database keeps texts as %s, which can't hold every prompt",
        "make one with ENCODING 'UTF8'");

    private final String setting;
    private final String what;
    private final String wayOut;

    Unsafe(String setting, String what, String wayOut) {
      this.setting = setting;
      this.what = what;
      this.wayOut = wayOut;
    }

    private boolean holds(PostgresSettings settings) {
      String said = settings.said(setting);
      return switch (this) {
        case OLD -> settings.isOld();
        case FSYNC, FULL_PAGE_WRITES -> !said.equals("on");
        // local waits for this server's disk, the others for a standby besides
        case SYNCHRONOUS_COMMIT ->
            !List.of("on", "local", "remote_write", "remote_apply").contains(said);
        case STANDBY -> !said.equals("false");
        case READ_ONLY -> !said.equals("off");
        case ENCODING -> !said.equals("UTF8");
      };
    }
  }
}
