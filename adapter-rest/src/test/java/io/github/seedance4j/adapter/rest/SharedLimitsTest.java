package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.GENERATIONS;
import static io.github.seedance4j.adapter.rest.GatewayBench.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.pricing.Money;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tenants share tells none of them what another does. */
class SharedLimitsTest {

  @TempDir private Path folder;
  private GatewayBench bench;
  private Client acme;
  private Client globex;

  @BeforeEach
  void open() {
    bench = GatewayBench.open(folder);
    acme = bench.tenant("acme");
    globex = bench.tenant("globex");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void tellsNoTenantWhatIsLeftOfABudgetOfAll() {
    bench.videos.setBudget(Budget.perMonth(Money.usd("1.57")));
    globex.create(PROMPT);

    Answer refused = acme.create(PROMPT + ", again");
    Answer admins = bench.admin().create(PROMPT + ", again");

    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.at("left")).isNull();
    assertThat(refused.at("quote.high")).isEqualTo("1.00");
    assertThat(refused.at("detail").toString()).endsWith("the gateway's own budget has less left.");
    assertThat(refused.text()).doesNotContain("1.57", "0.5", "month");
    assertThat(admins.at("left").toString()).startsWith("0.5");
  }

  @Test
  void tellsATenantWhatIsLeftOfItsOwn() {
    bench.videos.setBudget(Budget.perMonth(Money.usd("1.57")).forLabel("acme"));
    acme.create(PROMPT);

    Answer refused = acme.create(PROMPT + ", again");

    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.at("left").toString()).startsWith("0.5");
    assertThat(refused.at("detail").toString()).contains("the budget of 1.57 USD per month");
  }

  @Test
  void tellsNoTenantWhatIsLeftForASecondCharge() {
    bench.hub.next().chargedThenReset();
    String id = acme.create(PROMPT).id();
    bench.videos.setBudget(Budget.perMonth(Money.usd("1.57")));

    Answer refused =
        acme.post(
            GENERATIONS + "/" + id + "/resolution",
            Map.of("resolution", "resubmit", "accept_second_charge", true));

    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.text()).doesNotContain("1.57", "0.5", "month");
    assertThat(bench.hub.ledger().charges()).hasSize(1);
  }

  @Test
  void tellsNoTenantTheProvidersWordsToAnother() {
    bench.hub.next().noBalance();

    Answer theirs = globex.create(PROMPT);
    Answer ours = acme.create(PROMPT + ", again");

    assertThat(theirs.status()).isEqualTo(402);
    assertThat(theirs.at("error.code")).isEqualTo("InsufficientBalance");
    assertThat(theirs.text()).contains("The account has no balance left.", "req-0");
    assertThat(ours.status()).isEqualTo(402);
    assertThat(ours.at("error.code")).isEqualTo("no-credit");
    assertThat(ours.text()).doesNotContain("no balance left", "req-0", theirs.id());
  }
}
