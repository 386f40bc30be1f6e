package io.github.seedance4j.adapter.cli.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.testkit.FakeTokenHub;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Caps that hold for every command on a journal. */
class BudgetTest {

  @TempDir Path directory;

  private CommandRun.Result at(FakeTokenHub hub, String... args) {
    return CommandRun.in(directory).against(hub).run(args);
  }

  private CommandRun.Result offline(String... args) {
    return CommandRun.in(directory).set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/api/v1").run(args);
  }

  @Test
  void capsWhatIsSpentAndListsWhatHoldsIt() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result set = offline("budget", "--set", "2.50", "--per", "month");
      assertThat(set.exit()).as(set.err()).isZero();
      assertThat(set.err())
          .isEqualTo(
              "From now on the budget of 2.50 USD per month holds. This cap is for what goes to this"
                  + " machine only.\n");
      at(hub, "generate", "a cat", "--yes");
      hub.next().chargedThenReset();
      at(hub, "generate", "a cow", "--yes");

      CommandRun.Result over = at(hub, "generate", "a dog", "--yes");

      assertThat(over.exit()).isEqualTo(8);
      assertThat(over.err())
          .contains(
              "error: it may cost 1.00 USD, more than the budget of 2.50 USD per month leaves: 0.48 USD\n",
              "  Nothing was sent. See what counts against it, and what holds it: seedance budget\n");
      assertThat(hub.requests().createsReceived()).isEqualTo(2);

      CommandRun.Result budget = offline("budget");
      assertThat(budget.out())
          .contains(
              "budget of 2.50 USD per month: 0.48 USD left\n"
                  + "  computed 1.01, unconfirmed 0.00, looked up 0.00, held 1.01: 2.02 USD\n",
              "all that the journal knows\n",
              "what holds it:\n")
          .containsPattern("job-\\w{8}  unknown .* 1\\.01 held");
      assertThat(budget.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
      assertThat(budget.err())
          .containsPattern("until you say what it was: seedance show job-\\w{16}\n");
    }
  }

  @Test
  void holdsForPricesInAnotherCurrencyToo() throws Exception {
    String prices =
        new String(
            Tariff.class.getResourceAsStream("tokenhub-tariff.properties").readAllBytes(), UTF_8);
    Files.writeString(directory.resolve("eur.properties"), prices.replace("USD", "EUR"));
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      offline("budget", "--set", "50", "--per", "ever");
      CommandRun.Result over =
          CommandRun.in(directory)
              .against(hub)
              .set("SEEDANCE_PRICES", "eur.properties")
              .run("generate", "a cat", "--max-cost", "2");

      assertThat(over.exit()).isEqualTo(8);
      assertThat(over.err())
          .contains("it may cost 1.00 EUR, more than the budget of 50.00 USD leaves: 0.00 EUR");
      assertThat(hub.requests().createsReceived()).isZero();

      CommandRun.Result euros =
          CommandRun.in(directory)
              .set("SEEDANCE_PRICES", "eur.properties")
              .run("budget", "--set", "60", "--per", "ever");
      assertThat(euros.err()).isEqualTo("From now on the budget of 60.00 EUR holds.\n");
    }
  }

  @Test
  void saysWhatAFrameMoreCostsWhereThePriceAloneWouldFit() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      offline("budget", "--set", "1.004", "--per", "ever");

      assertThat(at(hub, "generate", "a cat", "--yes").err())
          .contains("may cost 1.01 USD, more than the budget of 1.004 USD leaves: 1.00 USD\n");
    }
  }

  @Test
  void capsALabelApart() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      offline("budget", "--set", "0.50", "--per", "ever", "--label", "acme");

      assertThat(at(hub, "generate", "a cat", "--yes", "--label", "acme").exit()).isEqualTo(8);
      assertThat(at(hub, "generate", "a cat", "--yes").exit()).isZero();
      assertThat(offline("budget").out()).contains("budget of 0.50 USD for acme: 0.50 USD left");
    }
  }

  @Test
  void tellsProgramsEachCapInALine() {
    offline("budget", "--set", "200", "--per", "day", "--label", "acme");

    assertThat(offline("budget", "--json").out().lines())
        .containsExactly(
            "{\"kind\":\"total\",\"computed\":\"0.00\",\"unconfirmed\":\"0.00\",\"stated\":\"0.00\","
                + "\"held\":\"0.00\",\"currency\":\"USD\"}",
            "{\"kind\":\"cap\",\"period\":\"day\",\"label\":\"acme\",\"cap\":\"200.00\","
                + "\"computed\":\"0.00\",\"unconfirmed\":\"0.00\",\"stated\":\"0.00\",\"held\":\"0.00\","
                + "\"left\":\"200.00\",\"currency\":\"USD\"}");
  }

  @Test
  void takesACapBack() {
    offline("budget", "--set", "200", "--per", "month");

    CommandRun.Result removed = offline("budget", "--remove", "--per", "month");
    assertThat(removed.exit()).isZero();
    assertThat(removed.out()).contains("no cap; set one: seedance budget --set 200 --per month\n");
    CommandRun.Result none = offline("budget", "--remove", "--per", "month");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).startsWith("error: there is no such cap; see: seedance budget\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          budget --set 200              | say over what time it counts: --per day, month or ever
          budget --set 2 --remove       | contradict each other
          budget --per month            | --per and --label go with --set or --remove
          budget --set x --per day      | is no amount such as 3.00
          budget --set 2 --per week     | 'week' is not day or month or ever
          """)
  void refusesWhatIsNotSaidClearly(String line, String message) {
    CommandRun.Result run = offline(line.strip().split(" +"));

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }
}
