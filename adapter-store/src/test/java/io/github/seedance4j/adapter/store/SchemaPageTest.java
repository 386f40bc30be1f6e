package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/schema.md} shows the migrations as they are. */
class SchemaPageTest {

  private static final Path PAGE = Path.of("..", "docs", "schema.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```sql\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @Test
  void showsEachMigrationVerbatim() throws IOException {
    List<String> shown = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      shown.add(block.group(1));
    }
    List<String> there = new ArrayList<>();
    for (TestDatabase database : TestDatabase.values()) {
      for (Path file : migrations(database)) {
        there.add(Files.readString(file));
      }
    }
    assertThat(shown).as("the blocks of %s", PAGE).isEqualTo(there);
  }

  /** A database's migrations, the oldest first. */
  static List<Path> migrations(TestDatabase database) throws IOException {
    Path folder = Path.of("src", "main", "resources", "db", database.folder);
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted(Comparator.comparingInt(SchemaPageTest::version)).toList();
    }
  }

  /** 1 for {@code V1__jobs.sql}. */
  static int version(Path migration) {
    return Integer.parseInt(migration.getFileName().toString().replaceAll("^V|__.*", ""));
  }
}
