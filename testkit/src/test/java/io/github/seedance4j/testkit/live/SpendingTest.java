package io.github.seedance4j.testkit.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.pricing.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What runs have spent is counted to the worst, and what makes no sense stops them. */
class SpendingTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final String INTENT =
      "{\"event\":\"intent\",\"run\":\"a\",\"hold\":\"0.50\",\"currency\":\"USD\"}\n";

  @TempDir Path directory;

  @Test
  void countsAnIntentUntilItIsSettled() throws IOException {
    Spending spending = spending("");
    assertThat(spending.admit("a", Money.usd("0.50"), Money.usd("1.00"), Map.of()))
        .contains(Money.usd("0"));
    assertThat(spending.admit("b", Money.usd("0.50"), Money.usd("1.00"), Map.of()))
        .contains(Money.usd("0.50"));
    assertThat(spending.admit("c", Money.usd("0.01"), Money.usd("1.00"), Map.of())).isEmpty();
    assertThat(spending.standing().open()).hasSize(2);

    spending.append(new Spending.Line("settled", "a", Map.of("spent", "0.40", "currency", "USD")));
    spending.append(new Spending.Line("submitted", "b", Map.of("task", "cgt-1")));

    assertThat(spending.standing().spent()).isEqualTo(Money.usd("0.90"));
    assertThat(spending.standing().open()).singleElement().asString().contains("run b", "cgt-1");
    assertThat(spending.admit("c", Money.usd("0.10"), Money.usd("1.00"), Map.of())).isPresent();
  }

  @Test
  void takesTheLastWordOnARun() throws IOException {
    Spending spending =
        spending(
            INTENT
                + "{\"event\":\"unknown\",\"run\":\"a\",\"why\":\"cut\"}\n\n"
                + "{\"event\":\"settled\",\"run\":\"a\",\"spent\":\"0.50\",\"currency\":\"USD\"}\n"
                + "{\"event\":\"settled\",\"run\":\"a\",\"spent\":\"0.00\",\"currency\":\"USD\",\"note\":\"x\"}\n"
                + "{\"event\":\"settled\",\"run\":\"z\",\"spent\":\"7\",\"currency\":\"USD\"}\n");

    assertThat(spending.standing().spent()).isEqualTo(Money.usd("7.00"));
    assertThat(spending.standing().open()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'event':'intent'|ends in the middle of a line",
        "spent a lot¶|can't be understood in line 1",
        "[]¶|can't be understood in line 1",
        "{'event':'settled','run':'a','spent':'0','spent':'9','currency':'USD'}¶|can't be understood in line 1",
        "¶{'run':'a'}¶|has no text 'event' in line 2",
        "{'event':'intent'}¶|has no text 'run' in line 1",
        "{'event':'refund','run':'a'}¶|has an event that is not known in line 1",
        "{'event':'intent','run':'a'}¶|has no text 'hold' in line 1",
        "{'event':'intent','run':'a','hold':0.5,'currency':'USD'}¶|has no text 'hold' in line 1",
        "{'event':'intent','run':'a','hold':'0.5'}¶|has no text 'currency' in line 1",
        "{'event':'intent','run':'a','hold':'x','currency':'USD'}¶|has no usable 'hold' in line 1",
        "{'event':'intent','run':'a','hold':'-1','currency':'USD'}¶|has no usable 'hold' in line 1",
        "{'event':'intent','run':'a','hold':'1','currency':'EUR'}¶|has no usable 'hold' in line 1",
        "{'event':'settled','run':'a','spent':'-1','currency':'USD'}¶|has no usable 'spent' in line 1",
        "{'event':'intent','run':'a','hold':'1','currency':'USD'}¶{'event':'intent','run':'a','hold':'0','currency':'USD'}¶|has a second intent of run a in line 2",
      })
  void refusesAFileThatMakesNoSense(String text, String why) throws IOException {
    Spending spending = spending(text.replace('\'', '"').replace('¶', '\n'));

    assertThatThrownBy(spending::standing)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("mend it by hand");
    assertThatThrownBy(() -> spending.admit("n", Money.usd("0.1"), Money.usd("100"), Map.of()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void keepsTheCapAmongProcesses() throws Exception {
    Path file = directory.resolve("spending.jsonl");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Spender.class.getName(),
                  file.toString())
              .inheritIO()
              .start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    assertThat(Files.readAllLines(file)).hasSize(50);
    assertThat(new Spending(file, USD).standing().spent()).isEqualTo(Money.usd("5.00"));
  }

  /** Another process that spends all it can. */
  static final class Spender {
    private Spender() {}

    public static void main(String[] args) throws IOException {
      Spending spending = new Spending(Path.of(args[0]), USD);
      while (spending
          .admit(UUID.randomUUID().toString(), Money.usd("0.10"), Money.usd("5.00"), Map.of())
          .isPresent()) {
        Thread.onSpinWait();
      }
    }
  }

  private Spending spending(String text) throws IOException {
    Path file = directory.resolve("spending.jsonl");
    Files.writeString(file, text);
    return new Spending(file, USD);
  }
}
