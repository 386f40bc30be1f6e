package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the triggers count is what the jobs count, whatever is done to the jobs. */
class TallyTest {

  private static final long DAY = 86_400_000_000L;
  private static final List<String> BASES =
      List.of("HELD", "COMPUTED", "AT_MOST", "UNCONFIRMED", "STATED");
  private static final List<@Nullable String> LABELS =
      Arrays.asList(null, "", "a", "A", "a ", "ALL");

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void isTheSumOverTheJobsAfterThousandsOfChanges(TestDatabase database) throws SQLException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Connection connection = TestDatabase.open(database.migrated(directory))) {
      connection.setAutoCommit(false);
      int inserted = 0;
      int compared = 0;
      for (int i = 0; i < 2_500; i++) {
        int dice = random.nextInt(100);
        if (dice < 40) {
          insert(connection, random, ++inserted);
        } else if (dice < 85) {
          execute(
              connection,
              "UPDATE job SET " + change(random) + " WHERE id = " + one(random, inserted));
        } else if (dice < 88) {
          execute(connection, "UPDATE job SET " + change(random) + " WHERE " + some(random));
        } else if (dice < 97) {
          execute(connection, "DELETE FROM job WHERE id = " + one(random, inserted));
        } else if (dice < 98) {
          execute(connection, "DELETE FROM job WHERE " + some(random));
        } else if (dice < 99) {
          connection.rollback();
        } else {
          connection.commit();
          compared += compare(connection, "seed " + seed + ", after change " + i);
        }
      }
      assertThat(compare(connection, "seed " + seed + ", at the end") + compared)
          .as("rows compared, seed %d", seed)
          .isGreaterThan(300);
    }
  }

  @Test
  void isTheSumOverTheJobsAfterChangesAtOnceOnPostgres() throws Exception {
    String url = TestDatabase.POSTGRES.migrated(directory);
    int jobs = 60;
    long seed = new Random().nextLong();
    try (Connection connection = TestDatabase.open(url)) {
      connection.setAutoCommit(false);
      for (int i = 1; i <= jobs; i++) {
        insert(connection, new Random(seed + i), i);
      }
      connection.commit();
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<@Nullable Void>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        Random random = new Random(seed - thread);
        all.add(threads.submit(changes(url, random, jobs)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
    try (Connection connection = TestDatabase.open(url)) {
      assertThat(compare(connection, "seed " + seed)).isGreaterThan(10);
    }
  }

  /** Each change its own transaction: none may end in a deadlock. */
  private static Callable<@Nullable Void> changes(String url, Random random, int jobs) {
    return () -> {
      try (Connection connection = TestDatabase.open(url)) {
        for (int i = 0; i < 150; i++) {
          execute(
              connection, "UPDATE job SET " + change(random) + " WHERE id = " + one(random, jobs));
        }
      }
      return null;
    };
  }

  @Test
  void isEmptyAfterPostgresWasTruncated() throws SQLException {
    try (Connection connection = TestDatabase.open(TestDatabase.POSTGRES.migrated(directory))) {
      Row.job("job-00000001").counting(1L, "USD", "HELD").insert(connection);
      assertThat(compare(connection, "before")).isEqualTo(1);

      execute(connection, "TRUNCATE job");

      assertThat(compare(connection, "after")).isZero();
    }
  }

  /** Another schema's jobs are counted there, whatever the session's search path. */
  @Test
  void isKeptBesideItsJobsOnPostgres() throws SQLException {
    String url = TestDatabase.POSTGRES.migrated(directory);
    try (Connection connection = TestDatabase.open(url)) {
      execute(connection, "CREATE SCHEMA elsewhere");
      execute(connection, "CREATE TABLE elsewhere.tally (LIKE public.tally)");
      execute(connection, "SET search_path = elsewhere, public");

      Row.job("job-00000001").counting(7L, "USD", "HELD").insert(connection);

      execute(connection, "SET search_path = public");
      assertThat(compare(connection, "public")).isEqualTo(1);
    }
  }

  private static void insert(Connection connection, Random random, int number) throws SQLException {
    Row row =
        Row.job(String.format("job-%08d", number))
            .with("label", LABELS.get(random.nextInt(LABELS.size())))
            .with("authorised_at", moment(random));
    (random.nextInt(8) == 0 ? row : row.counting(nanos(random), currency(random), basis(random)))
        .insert(connection);
  }

  private static String change(Random random) {
    String label = LABELS.get(random.nextInt(LABELS.size()));
    switch (random.nextInt(8)) {
      case 0:
        return "label = " + (label == null ? "NULL" : "'" + label + "'");
      case 1:
        return "authorised_at = " + moment(random);
      case 2:
        return "counted_nanos = NULL, currency = NULL, basis = NULL";
      case 3:
        return "owner = 'x', told = told + 1";
      case 4:
        return "version = version + 1, " + counted(random) + ", authorised_at = " + moment(random);
      case 5:
        return "counted_nanos = counted_nanos * 2";
      default:
        return counted(random);
    }
  }

  private static String counted(Random random) {
    return String.format(
        "counted_nanos = %d, currency = '%s', basis = '%s'",
        nanos(random), currency(random), basis(random));
  }

  private static long nanos(Random random) {
    return random.nextInt(4) == 0 ? 0 : random.nextInt(2_000_000_000);
  }

  private static String currency(Random random) {
    return random.nextInt(3) == 0 ? "EUR" : "USD";
  }

  private static String basis(Random random) {
    return BASES.get(random.nextInt(BASES.size()));
  }

  /** On one of five days, often in its first or last microsecond. */
  private static long moment(Random random) {
    long begin = (Row.NOON / DAY + random.nextInt(5)) * DAY;
    int dice = random.nextInt(4);
    return begin + (dice == 0 ? 0 : dice == 1 ? DAY - 1 : (long) (random.nextDouble() * DAY));
  }

  private static String one(Random random, int inserted) {
    return String.format("'job-%08d'", 1 + random.nextInt(Math.max(1, inserted)));
  }

  private static String some(Random random) {
    return "label = 'a ' AND currency = 'EUR' AND basis = '" + basis(random) + "'";
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Says how many rows of the tally are not all zero. */
  static int compare(Connection connection, String when) throws SQLException {
    Map<String, List<Long>> kept = new TreeMap<>();
    Map<String, List<Long>> counted = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("SELECT * FROM tally")) {
        while (row.next()) {
          List<Long> sums =
              List.of(
                  row.getLong("computed"),
                  row.getLong("unconfirmed"),
                  row.getLong("stated"),
                  row.getLong("held"));
          if (sums.stream().anyMatch(sum -> sum != 0)) {
            String whose = row.getString("scope") + "/" + row.getString("label");
            kept.put(row.getString("currency") + "/" + whose + "/" + row.getLong("day"), sums);
          }
        }
      }
      String jobs = "SELECT * FROM job WHERE counted_nanos > 0";
      try (ResultSet row = statement.executeQuery(jobs)) {
        while (row.next()) {
          int basis = Math.max(0, BASES.indexOf(row.getString("basis")) - 1);
          int column = row.getString("basis").equals("HELD") ? 3 : Math.max(0, basis - 1);
          List<Long> sums = new ArrayList<>(List.of(0L, 0L, 0L, 0L));
          sums.set(column, row.getLong("counted_nanos"));
          String day = "/" + row.getLong("authorised_at") / DAY;
          String currency = row.getString("currency");
          counted.merge(currency + "/ALL/" + day, sums, TallyTest::plus);
          if (row.getString("label") != null) {
            String whose = "/LABEL/" + row.getString("label");
            counted.merge(currency + whose + day, sums, TallyTest::plus);
          }
        }
      }
    }
    assertThat(kept).as(when).isEqualTo(counted);
    return kept.size();
  }

  private static List<Long> plus(List<Long> one, List<Long> other) {
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      sums.add(one.get(i) + other.get(i));
    }
    return sums;
  }
}
