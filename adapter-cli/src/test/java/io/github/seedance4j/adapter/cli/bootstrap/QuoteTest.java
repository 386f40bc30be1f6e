package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteTest {

  private static final String GOOD = "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"hello\"}";
  private static final String GOOD_QUOTE =
      "\"violations\":[],\"advice\":[],\"quote\":{\"low\":\"1.00\",\"high\":\"1.00\","
          + "\"currency\":\"USD\"}}";

  @TempDir Path directory;

  private CommandRun.Result run(String... args) {
    return CommandRun.in(directory).run(args);
  }

  private CommandRun.Result from(String lines) {
    return CommandRun.in(directory).input(lines).run("quote", "--from", "-", "--json");
  }

  @Test
  void writesOneObjectForOnePrompt() {
    CommandRun.Result run = run("quote", "hello", "--json");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEqualTo("{\"line\":1," + GOOD_QUOTE + "\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void showsModelLinesAndSum() {
    CommandRun.Result run =
        run(
            "quote",
            "restyle",
            "-d",
            "10",
            "--video",
            "https://example.com/a.mp4",
            "--video-seconds",
            "5");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains(
            "doubao-seedance-2.0 (standard), 720p, adaptive, 10 s, with sound",
            "  input video 5 s       1.00 USD",
            "  output      10 s      2.00 USD",
            "  price                 3.00 USD");
  }

  @Test
  void showsAnIntervalWhereALengthIsNotKnown() {
    CommandRun.Result run =
        run("quote", "x", "--model", "fast", "--video", "https://example.com/a.mp4", "-q");

    assertThat(run.out()).isEqualTo("1.12–3.20 USD\n");
  }

  @Test
  void sortsViolationsAndAdviceByEntry() {
    CommandRun.Result run =
        from(
            "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"x --dur 15\",\"duration\":99,"
                + "\"image_urls\":[\"nope\"],\"image_url\":\"https://example.com/a.png\"}\n");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out())
        .isEqualTo(
            "{\"line\":1,\"violations\":[\"duration-out-of-range\",\"url-invalid:image_urls[0]\"],"
                + "\"advice\":[\"prompt-inline-parameter\",\"singular-and-plural-mixed\"],"
                + "\"quote\":null}\n");
  }

  @Test
  void countsBlankLinesButSkipsThem() {
    CommandRun.Result run = from(GOOD + "\r\n\n   \n" + GOOD);

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualTo("{\"line\":1," + GOOD_QUOTE + "\n{\"line\":4," + GOOD_QUOTE + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          not json                              | request-unreadable
          [1]                                   | request-unreadable
          null                                  | request-unreadable
          {"prompt":"x"                         | request-unreadable
          {"prompt":"x"} {}                     | request-unreadable
          {"prompt":"x",}                       | request-unreadable
          {'prompt':'x'}                        | request-unreadable
          {"duration":5,"duration":15}          | field-repeated:duration
          {"content":[{"type":"a","type":"b"}]} | field-repeated:content[0].type
          {"duration":1e-99999999}              | number-unusable:duration
          {"duration":1e99999999999}            | number-unusable:duration
          {"duration":"5"}                      | field-type:duration
          {"duraton":5}                         | field-unknown:duraton
          """)
  void namesWhatCannotBeRead(String line, String entry) {
    CommandRun.Result run =
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> from(line + "\n"));

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).startsWith("{\"line\":1,\"violations\":[\"" + entry + "\"]");
  }

  @Test
  void refusesDepthAndBrokenCharacters() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(from(deep + "\n").out()).contains("request-unreadable");
    CommandRun.Result broken =
        CommandRun.in(directory).run("quote", "--from", brokenUtf8().toString(), "--json");
    assertThat(broken.out()).contains("request-unreadable");
  }

  private Path brokenUtf8() {
    try {
      byte[] bytes = "{\"prompt\":\"x?\"}\n".getBytes(StandardCharsets.UTF_8);
      bytes[12] = (byte) 0xFF;
      return Files.write(directory.resolve("broken.jsonl"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void quotesManyLinesInOrder() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      lines.append(GOOD).append('\n');
    }

    List<String> out = from(lines.toString()).out().lines().toList();

    assertThat(out).hasSize(10_000);
    assertThat(out.get(9_999)).startsWith("{\"line\":10000,");
  }

  /** The worked cases that core and the fake are held to, through this way in. */
  @Test
  void agreesWithTheWorkedCases() throws IOException {
    Path cases = Path.of("../core/src/test/resources/conformance/requests.jsonl");
    List<ConformanceCase> all = ConformanceCase.readAll(cases);
    assertThat(all).hasSizeGreaterThan(400);
    for (boolean relaxed : new boolean[] {false, true}) {
      List<ConformanceCase> some = all.stream().filter(c -> c.relaxed() == relaxed).toList();
      String lines = String.join("\n", some.stream().map(ConformanceCase::request).toList());
      CommandRun run = CommandRun.in(directory).input(lines);

      CommandRun.Result result =
          relaxed
              ? run.run("quote", "--from", "-", "--json", "--relaxed")
              : run.run("quote", "--from", "-", "--json");

      List<String> out = result.out().lines().toList();
      assertThat(out).hasSameSizeAs(some);
      for (int i = 0; i < some.size(); i++) {
        assertThat(out.get(i)).as(some.get(i).id()).isEqualTo(some.get(i).expected(i + 1));
      }
    }
  }

  @Test
  void takesAFileOfRequestsAlone() {
    assertThat(run("quote", "--from", "x.jsonl", "--duration", "5").exit()).isEqualTo(2);
    assertThat(run("quote", "--from", "x.jsonl", "hello").exit()).isEqualTo(2);
    assertThat(run("quote", "--from", "x.jsonl").err()).contains("can't read x.jsonl");
  }

  @Test
  void writesLinesForPeopleToo() {
    CommandRun.Result run =
        CommandRun.in(directory).input(GOOD + "\nnope\n").run("quote", "--from", "-");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).startsWith("1\t1.00 USD\n2\tnot valid\n\t[request-unreadable] ");
    assertThat(run.err()).contains("1 line is not valid");
  }

  @Test
  void relaxesWhatIsOnlyAssumed() {
    String[] request = {"quote", "x", "--last-frame", "https://example.com/a.png", "--json"};

    assertThat(run(request).out()).contains("\"violations\":[\"last-frame-without-first\"]");
    assertThat(
            run(Stream.concat(Stream.of(request), Stream.of("--relaxed")).toArray(String[]::new))
                .out())
        .contains("\"violations\":[],\"advice\":[\"last-frame-without-first\"]");
  }
}
