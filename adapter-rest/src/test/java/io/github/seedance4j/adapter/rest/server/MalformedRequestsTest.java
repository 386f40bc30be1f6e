package io.github.seedance4j.adapter.rest.server;

import static io.github.seedance4j.adapter.rest.server.RunningServer.eventually;
import static io.github.seedance4j.adapter.rest.server.RunningServer.limits;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus {@code malformed-requests.txt}: never two answers for one request. */
class MalformedRequestsTest {

  private static final String INNOCENT =
      "GET /innocent HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  private static RunningServer server;

  record Case(String name, List<Integer> statuses, String bytes) {
    @Override
    public String toString() {
      return name;
    }

    boolean isRefusal() {
      return statuses.get(statuses.size() - 1) >= 400;
    }
  }

  @BeforeAll
  static void start() {
    server = new RunningServer(limits(l -> l.window(Duration.ofSeconds(2))), Path.of("nothing"));
  }

  @AfterAll
  static void leavesNothingBehind() {
    boolean closed = eventually(() -> server.hardened.connections() == 0);
    boolean done = eventually(() -> server.hardened.inFlight() == 0);
    server.close();
    assertThat(closed).as("all connections are closed").isTrue();
    assertThat(done).as("no exchange is open").isTrue();
    assertThat(server.served).noneMatch(served -> served.contains("smuggled"));
  }

  static List<Case> corpus() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    MalformedRequestsTest.class.getResourceAsStream("/malformed-requests.txt")),
                UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(MalformedRequestsTest::read)
          .collect(Collectors.toList());
    }
  }

  private static Case read(String line) {
    String[] parts = line.split(" \\| ", 3);
    List<Integer> statuses =
        Stream.of(parts[1].split(" ")).map(Integer::valueOf).collect(Collectors.toList());
    return new Case(parts[0], statuses, bytes(parts[2]));
  }

  private static String bytes(String written) {
    Matcher escape =
        Pattern.compile("\\\\(x[0-9a-f]{2}|.)|\\{((?:[^*{}])*)\\*(\\d+)}").matcher(written);
    return escape.replaceAll(
        found ->
            Matcher.quoteReplacement(
                found.group(2) != null
                    ? bytes(found.group(2)).repeat(Integer.parseInt(found.group(3)))
                    : one(found.group(1))));
  }

  private static String one(String escaped) {
    return switch (escaped.charAt(0)) {
      case 'r' -> "\r";
      case 'n' -> "\n";
      case 't' -> "\t";
      case '0' -> "\0";
      case 'x' -> String.valueOf((char) Integer.parseInt(escaped.substring(1), 16));
      default -> escaped;
    };
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void answersNoRequestTwice(Case malformed) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      try {
        wire.send(malformed.bytes() + INNOCENT);
      } catch (IOException refusedBeforeItWasWhole) {
        // what was answered is still there to be read
      }
      List<Wire.Answer> answers = wire.answers();
      assertThat(answers).extracting(Wire.Answer::status).isEqualTo(malformed.statuses());
      if (malformed.isRefusal()) {
        Wire.Answer refusal = answers.get(answers.size() - 1);
        assertThat(refusal.header("Connection")).isEqualTo("close");
        assertThat(refusal.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refusal.body()).doesNotContain("smuggled");
      }
    }
  }

  /** In pieces of a byte, so that no case depends on how the network cuts it. */
  @ParameterizedTest
  @MethodSource("shortOnes")
  void answersTheSameWhenItComesByteByByte(Case malformed) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      try {
        for (char each : (malformed.bytes() + INNOCENT).toCharArray()) {
          wire.send(String.valueOf(each));
        }
      } catch (IOException refusedBeforeItWasWhole) {
        // as above
      }
      List<Integer> statuses =
          wire.answers().stream().map(Wire.Answer::status).collect(Collectors.toList());
      // a reset, sent because we went on talking, may take the refusal with it; it adds none
      int expected = malformed.statuses().size();
      int seen = malformed.isRefusal() ? Math.min(statuses.size(), expected) : expected;
      assertThat(statuses).isEqualTo(malformed.statuses().subList(0, seen));
    }
  }

  static List<Case> shortOnes() throws IOException {
    return corpus().stream().filter(c -> c.bytes().length() < 1000).collect(Collectors.toList());
  }

  @Test
  void holdsSixtyCasesAndMore() throws IOException {
    List<Case> corpus = corpus();
    assertThat(corpus.stream().filter(Case::isRefusal)).hasSizeGreaterThan(60);
    assertThat(corpus).extracting(Case::name).doesNotHaveDuplicates();
    assertThat(Arrays.asList("\r\0", "aa")).isEqualTo(List.of(bytes("\\r\\0"), bytes("{a*2}")));
  }
}
