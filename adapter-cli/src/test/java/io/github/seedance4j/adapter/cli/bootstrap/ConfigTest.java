package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is set once for all commands: where it is kept, what wins, what is refused. */
class ConfigTest {

  private static final String FAST_480 = "doubao-seedance-2.0-fast (fast), 480p";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void place() {
    file = directory.resolve("config").resolve("config.ini");
  }

  @Test
  void keepsWhatIsSetForItsOwnerAlone() throws IOException {
    assertThat(run("config", "set", "model", "fast").err())
        .isEqualTo("model = fast in config.ini.\n");
    run("config", "set", "resolution", "480p", "--profile", "client");

    assertThat(file).hasContent("model = fast\n\n[client]\nresolution = 480p\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.tmp");
    assertThat(run("config", "unset", "model").exit()).isZero();
    assertThat(file).content().doesNotContain("model");
  }

  @Test
  void listsEachValueAndWhereItComesFrom() throws IOException {
    write("model = fast\nmax-cost = 1.50\n[client]\nmax-cost = 2.00\nresolution = 480p\n");

    CommandRun.Result run =
        CommandRun.in(directory)
            .set("SEEDANCE_RESOLUTION", "720p")
            .set("TOKENHUB_API_KEY", "th-very-secret")
            .run("config", "list", "--profile", "client");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsSubsequence(
            "model       fast  (config.ini)",
            "resolution  720p  (SEEDANCE_RESOLUTION)",
            "output      " + directory.toAbsolutePath() + "  (default)",
            "max-cost    2.00  (config.ini [client])",
            "stage       -  (default)",
            "prices      built in, of 2026-11-01  (default)",
            "base-url    https://tokenhub.store/api/v1  (default)")
        .last()
        .asString()
        .matches("key {9}fingerprint [0-9a-f]{12}  \\(TOKENHUB_API_KEY\\)");
    assertThat(run.all()).doesNotContain("very-secret");
  }

  @Test
  void listsForPrograms() throws IOException {
    write("model = fast\n");

    assertThat(run("config", "--json").out())
        .startsWith("{\"setting\":\"model\",\"value\":\"fast\",\"from\":\"config.ini\"}\n")
        .contains("{\"setting\":\"stage\",\"value\":null,\"from\":\"default\"}\n")
        .endsWith("{\"setting\":\"key\",\"value\":null,\"from\":\"none\"}\n");
    assertThat(run("config", "get", "resolution").out()).isEqualTo("720p\n");
  }

  @Test
  void prefersFlagToEnvironmentToProfileToTheTopOfTheFile() throws IOException {
    write("model = fast\nresolution = 480p\n[client]\nmodel = standard\n");

    assertThat(run("quote", "hello").out()).contains(FAST_480);
    assertThat(run("quote", "hello", "--profile", "client").out())
        .contains("doubao-seedance-2.0 (standard), 480p");
    assertThat(
            CommandRun.in(directory)
                .set("SEEDANCE_PROFILE", "client")
                .set("SEEDANCE_MODEL", "fast")
                .run("quote", "hello")
                .out())
        .contains(FAST_480);
    assertThat(
            CommandRun.in(directory)
                .set("SEEDANCE_MODEL", "fast")
                .run("quote", "hello", "-m", "standard", "--720p")
                .out())
        .contains("doubao-seedance-2.0 (standard), 720p");
  }

  @Test
  void leavesAWholeRequestAsItIs() throws IOException {
    write("model = fast\nresolution = 480p\n");
    Files.writeString(
        directory.resolve("r.json"), "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"x\"}");

    assertThat(run("quote", "--request", "r.json").out())
        .contains("doubao-seedance-2.0 (standard), 720p");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          modle = fast       | 'modle' is no setting; did you mean model?
          colour = none      | 'colour' is no setting; there are model, resolution, output, max-cost, stage, prices, base-url
          api-key = th-abcde | 'api-key' is no setting; there are model, resolution, output, max-cost, stage, prices, base-url. The key is kept apart: seedance login
          model = quick      | model = 'quick', wanted standard, fast, doubao-seedance-2.0, doubao-seedance-2.0-fast
          model = th-abcdefg | model = 'th-…', wanted standard, fast, doubao-seedance-2.0, doubao-seedance-2.0-fast
          resolution = 1080p | resolution = '1080p', wanted 480p, 720p
          max-cost = 1e9     | max-cost = '1e9', wanted an amount such as 3.00
          output = clips     | output = 'clips', wanted a whole path, or one that begins with ~/
          base-url = http://hub.example/api/v1 | base-url: hub.example: a key is sent over https only; http is for this very machine alone
          """)
  void refusesWhatCantBeUsedWhenTheFileIsRead(String line, String message) throws IOException {
    write("# mine\n" + line + "\n");

    CommandRun.Result run = run("quote", "hello");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: " + file + ", line 2: " + message + "\n");
    assertThat(run.all()).doesNotContain("abcde");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          modle       | fast  | 'modle' is no setting; did you mean model?
          max_cost    | 2     | 'max_cost' is no setting; did you mean max-cost?
          colour      | none  | 'colour' is no setting; there are model,
          resolution  | 1080p | resolution = '1080p', wanted 480p, 720p
          max-cost    | -1    | max-cost = '-1', wanted an amount such as 3.00
          stage       | up '{} | a quote is not closed
          stage       | up    | stage = 'up', wanted a command with {} where the file goes, such as: upload.sh {}
          stage       | sh -c "up {}" | let {} stand alone
          prices      | none  | prices: can't read
          base-url    | hub   | base-url: 'hub' is no http(s) address
          """)
  void setsNothingThatCantBeUsed(String key, String value, String message) {
    CommandRun.Result run = run("config", "set", key, value);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(file).doesNotExist();
  }

  @Test
  void listsWhatIsGoodAndNamesTheBadLines() throws IOException {
    write("modle = fast\nresolution = 480p\nnonsense\n[client]\nmodel = quick\nmax-cost = 2.00\n");

    CommandRun.Result run = run("config", "list", "--profile", "client");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out())
        .contains(
            "model       standard  (default)\n",
            "resolution  480p  (config.ini)\n",
            "max-cost    2.00  (config.ini [client])\n");
    assertThat(run.err())
        .contains(
            "error: config.ini, line 3: wanted key = value, [profile], or # and a remark\n"
                + "  → correct line 3 of "
                + file,
            "error: config.ini, line 1: 'modle' is no setting; did you mean model?\n"
                + "  → seedance config unset modle\n",
            "error: config.ini [client], line 5: model = 'quick', wanted standard, fast, ",
            "  → seedance config unset model --profile client\n");
    assertThat(run("quote", "x").err()).contains("What is set, and where: seedance config list\n");
  }

  @Test
  void unsetsWhatIsNoSetting() throws IOException {
    write("modle = fast\nresolution = 480p\n[client]\ncolour = none\n");

    assertThat(run("config", "unset", "modle").err()).isEqualTo("Unset modle in config.ini.\n");
    assertThat(run("config", "unset", "colour", "--profile", "client").exit()).isZero();
    assertThat(file).hasContent("resolution = 480p\n[client]");
    assertThat(run("quote", "hello").out()).contains("480p");
    CommandRun.Result again = run("config", "unset", "modle");
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("'modle' is no setting; did you mean model?");
  }

  @Test
  void takesADollarSignAndAComma() throws IOException {
    write("max-cost = $0,80\n");
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run = CommandRun.in(directory).against(hub).run("generate", "x", "--yes");

      assertThat(run.exit()).isEqualTo(8);
      assertThat(run.err()).contains("it may cost 1.00 USD, more than max-cost 0.80 (config.ini)");
    }
  }

  @Test
  void saysHowToRaiseALimitThatIsSet() throws IOException {
    write("[client]\nmax-cost = 0.80\n");
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result file =
          CommandRun.in(directory)
              .against(hub)
              .run("generate", "x", "--yes", "--profile", "client");
      CommandRun.Result variable =
          CommandRun.in(directory)
              .against(hub)
              .set("SEEDANCE_MAX_COST", "0.70")
              .run("generate", "x", "--yes");

      assertThat(file.err())
          .contains(
              "Give --max-cost 1.00, or: seedance config set max-cost 1.00 --profile client, or ask"
                  + " for less: --model fast, --480p, --duration 4.\n");
      assertThat(variable.err()).contains("Give --max-cost 1.00, or raise SEEDANCE_MAX_COST, or ");
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  @Test
  void mendsAFileWithAWrongLine() throws IOException {
    write("model = quick\n");

    assertThat(run("config", "set", "model", "fast").exit()).isZero();
    assertThat(run("quote", "hello").exit()).isZero();
  }

  @Test
  void refusesAFileThatOthersCanChange() throws IOException {
    write("stage = up {}\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

    CommandRun.Result run = run("quote", "hello");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("error: others can change " + file + ": chmod 600 " + file + "\n");
  }

  @Test
  void refusesAProfileThatIsNotThere() throws IOException {
    write("[client]\nmodel = fast\n");

    CommandRun.Result run = run("quote", "hello", "--profile", "clinet");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "error: there is no profile 'clinet'; there are client, default. To make it: seedance"
                + " login --profile clinet\n");
    assertThat(run("quote", "hello", "--profile", "../x").exit()).isEqualTo(2);
  }

  @Test
  void putsClipsWhereTheSettingSays() throws IOException {
    run("config", "set", "output", "clips");

    CommandRun.Result run = run("generate", "a cat", "--sandbox", "--480p", "-d", "4");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(file).content().isEqualTo("output = " + directory.resolve("clips") + "\n");
    assertThat(directory.resolve("clips/cat.mp4")).exists();
    Files.writeString(
        directory.resolve("shots.jsonl"), "{\"model\":\"fast\",\"prompt\":\"x\",\"duration\":4}\n");
    assertThat(run("batch", "shots.jsonl", "--sandbox").exit()).isZero();
    assertThat(directory.resolve("clips/shots/results.jsonl")).exists();
  }

  @Test
  void reckonsWithPricesOfOnesOwn() throws IOException {
    String own =
        Files.readString(builtInPrices())
            .replaceFirst("(?m)^date *=.*$", "date = 2026-11-20")
            .replace("0.20", "0.35");
    Files.writeString(directory.resolve("prices.properties"), own);

    assertThat(run("config", "set", "prices", "prices.properties").exit()).isZero();

    assertThat(run("quote", "hello", "-q").out()).isEqualTo("1.75 USD\n");
    CommandRun.Result made = run("generate", "hello", "--sandbox", "--json");
    assertThat(made.out()).contains("\"quote\":{\"low\":\"1.75\"");
  }

  private static Path builtInPrices() {
    Path path =
        Path.of(
            "../core/src/main/resources/io/github/seedance4j/pricing/tokenhub-tariff.properties");
    assumeThat(path).as("the sources of core are beside this module").exists();
    return path;
  }

  @Test
  void takesASetCostForALimitAndNeverForAConsent() throws IOException {
    write("max-cost = 0.80\n");
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result dear = CommandRun.in(directory).against(hub).run("generate", "x", "--yes");
      CommandRun.Result nobody =
          CommandRun.in(directory).against(hub).run("generate", "x", "-d", "4");

      assertThat(dear.exit()).isEqualTo(8);
      assertThat(dear.err())
          .contains("error: it may cost 1.00 USD, more than max-cost 0.80 (config.ini)\n");
      assertThat(nobody.exit()).isEqualTo(2);
      assertThat(nobody.err()).contains("nobody is here to agree to 0.80 USD");
      assertThat(hub.requests().createsBegun()).isZero();
      // whoever says another limit here and now is believed
      assertThat(
              CommandRun.in(directory)
                  .against(hub)
                  .run("generate", "x", "--max-cost", "1.00")
                  .exit())
          .isZero();
    }
  }

  @Test
  void sendsNothingOfABatchWithALineThatIsTooDear() throws IOException {
    write("max-cost = 0.80\n");
    Files.writeString(
        directory.resolve("shots.jsonl"),
        """
        {"model":"fast","prompt":"x","duration":4}
        {"model":"standard","prompt":"y","duration":5}
        """);
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .run("batch", "shots.jsonl", "--out-dir", "out", "--budget", "9", "--takes", "2");

      assertThat(run.exit()).isEqualTo(8);
      assertThat(run.err())
          .contains("error: a line is too dear; nothing was sent:\n")
          .contains(
              "  line 2: [over-cost] it may cost 1.00 USD, more than max-cost 0.80 (config.ini)\n");
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  @Test
  void callsTheAddressOfTheProfile() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      write("[lab]\nbase-url = " + hub.baseUrl() + "\n");

      CommandRun.Result run =
          CommandRun.in(directory)
              .set("TOKENHUB_API_KEY", "th-x")
              .set("SEEDANCE_ALLOW_LOOPBACK", "true")
              .run("generate", "x", "--yes", "--profile=lab");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(directory.resolve("state/sandbox.db")).exists();
      assertThat(
              CommandRun.in(directory)
                  .set("TOKENHUB_API_KEY", "th-x")
                  .run("generate", "x", "--yes", "--profile=lab")
                  .err())
          .startsWith("error: base-url in config.ini [lab] is on this machine");
    }
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private CommandRun.Result run(String... args) {
    return CommandRun.in(directory).run(args);
  }
}
