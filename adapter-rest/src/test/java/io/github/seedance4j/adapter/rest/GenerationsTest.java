package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.GENERATIONS;
import static io.github.seedance4j.adapter.rest.GatewayBench.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.pricing.Money;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationsTest {

  @TempDir private Path folder;
  private GatewayBench bench;
  private Client acme;

  @BeforeEach
  void open() {
    bench = GatewayBench.open(folder);
    acme = bench.tenant("acme");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void makesAClipAsTheGuideSays() {
    Answer created = acme.create(PROMPT);
    Answer done = acme.ended(created.id());

    assertThat(created.status()).isEqualTo(200);
    assertThat(created.at("object")).isEqualTo("video.generation.task");
    assertThat(created.at("model")).isEqualTo("doubao-seedance-2.0");
    assertThat(created.at("status")).isEqualTo("queued");
    assertThat(created.header("Content-Type")).isEqualTo("application/json");
    assertThat(done.at("status")).isEqualTo("succeeded");
    assertThat(done.at("data.0.video_url").toString())
        .startsWith(bench.gateway.address() + GENERATIONS + "/" + created.id() + "/content?");
    assertThat(done.at("usage.video_duration").toString()).isEqualTo("5");
    assertThat(done.at("cost.high")).isEqualTo("1.00");
  }

  @Test
  void tellsEveryBrokenRuleAtOnceInTheCallersLanguage() {
    Answer refused =
        acme.post(
            GENERATIONS,
            Map.of("model", "gpt", "prompt", " ", "duration", 3, "seed", 42),
            "Accept-Language",
            "fr-CA, en;q=0.5");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.at("type")).isEqualTo("urn:seedance4j:problem:invalid-request");
    assertThat(refused.at("violations.0.code")).isEqualTo("field-unknown");
    assertThat(refused.at("violations.0.path")).isEqualTo("seed");
    assertThat(refused.at("violations.0.message").toString()).contains("champ");
    assertThat(refused.at("error.param")).isEqualTo("seed");
    assertThat(refused.at("error.type")).isEqualTo("invalid_request_error");
    assertThat(bench.hub.ledger().entries()).isEmpty();
  }

  @Test
  void tellsOfAnUnknownOutcomeAndNeverSendsAgain() {
    bench.hub.next().chargedThenReset();

    Answer created = acme.create(PROMPT);
    Answer seen = acme.get(GENERATIONS + "/" + created.id());

    assertThat(created.status()).isEqualTo(200);
    assertThat(seen.at("status")).isEqualTo("unknown");
    assertThat(seen.at("error.code")).isEqualTo("outcome_unknown");
    assertThat(seen.at("error.message").toString()).contains("may have been charged");
    assertThat(seen.header("Retry-After")).isEqualTo("60");
    assertThat(bench.hub.ledger().charges()).hasSize(1);
  }

  @Test
  void refusesWhatIsOverTheTenantsBudget() {
    bench.videos.setBudget(Budget.perMonth(Money.usd("1.50")).forLabel("acme"));

    Answer first = acme.create(PROMPT);
    Answer second = acme.create(PROMPT + ", again");
    Answer others = bench.tenant("other").create(PROMPT);

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(402);
    assertThat(second.at("error.code")).isEqualTo("over-budget");
    assertThat(second.at("quote.high")).isEqualTo("1.00");
    assertThat(others.status()).isEqualTo(200);
  }

  @Test
  void listsPagesOfOnesOwn() {
    String first = acme.create(PROMPT + " 1").id();
    String second = acme.create(PROMPT + " 2").id();
    bench.tenant("other").create(PROMPT + " 3");

    Answer page = acme.get(GENERATIONS + "?limit=1");
    Answer next = acme.get(GENERATIONS + "?limit=1&after=" + page.at("next"));

    assertThat(page.at("data.0.id")).isEqualTo(second);
    assertThat(page.at("has_more")).isEqualTo(true);
    assertThat(next.at("data.0.id")).isEqualTo(first);
    assertThat(next.at("has_more")).isEqualTo(false);
    assertThat(acme.get(GENERATIONS + "?limit=0").at("violations.0.path")).isEqualTo("limit");
  }

  @Test
  void keepsTenantsApart() {
    String id = acme.create(PROMPT).id();

    Answer others = bench.tenant("other").get(GENERATIONS + "/" + id);
    Answer nobodys = bench.new Client("").get(GENERATIONS + "/" + id);

    assertThat(others.status()).isEqualTo(404);
    assertThat(others.text())
        .isEqualTo(bench.tenant("x").get(GENERATIONS + "/job-doesnotexist").text());
    assertThat(nobodys.status()).isEqualTo(401);
    assertThat(nobodys.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(bench.admin().get(GENERATIONS + "/" + id).status()).isEqualTo(200);
  }

  @Test
  void quotesWithoutSending() {
    Answer quote = acme.post("/api/v1/videos/quotes", GatewayBench.request(PROMPT));

    assertThat(quote.status()).isEqualTo(200);
    assertThat(quote.at("high")).isEqualTo("1.00");
    assertThat(quote.at("alternatives.3.low").toString()).isEqualTo("0.50");
    assertThat(bench.hub.ledger().entries()).isEmpty();
  }

  @Test
  void resolvesAnUnknownOutcome() {
    bench.hub.next().chargedThenReset();
    String id = acme.create(PROMPT).id();
    String way = GENERATIONS + "/" + id + "/resolution";

    Answer slip = acme.post(way, Map.of("resolution", "resubmit"));
    Answer tenants = acme.post(way, Map.of("resolution", "attach", "task_id", "x"));
    Answer attached =
        bench
            .admin()
            .post(way, Map.of("resolution", "attach", "task_id", bench.hub.tasks().get(0).id()));

    assertThat(slip.at("violations.0.path")).isEqualTo("accept_second_charge");
    assertThat(tenants.status()).isEqualTo(403);
    assertThat(attached.status()).isEqualTo(200);
    assertThat(acme.ended(id).at("status")).isEqualTo("succeeded");
    assertThat(acme.post(way, Map.of("resolution", "lost")).status()).isEqualTo(409);
  }

  @Test
  void repeatsTheAnswerUnderAnIdempotencyKey() {
    Answer first = acme.create(PROMPT, "Idempotency-Key", "order-1");
    Answer again = acme.create(PROMPT, "Idempotency-Key", "order-1");
    Answer changed = acme.create(PROMPT + "!", "Idempotency-Key", "order-1");
    Answer others = bench.tenant("other").create(PROMPT, "Idempotency-Key", "order-1");

    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(changed.status()).isEqualTo(422);
    assertThat(others.id()).isNotEqualTo(first.id());
    assertThat(bench.hub.ledger().charges()).hasSize(2);
  }

  @Test
  void tellsOfWrongAddressesAndMethodsAsProblemsToo() {
    Answer nowhere = acme.get("/api/v1/nowhere");
    Answer wrongMethod = acme.post("/api/v1/models", Map.of());

    assertThat(nowhere.status()).isEqualTo(404);
    assertThat(nowhere.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(nowhere.at("error.code")).isEqualTo("not-found");
    assertThat(wrongMethod.status()).isEqualTo(405);
    assertThat(wrongMethod.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(wrongMethod.header("Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void tellsTheHeadOfWhatIsReadToThoseAloneWhoMayReadIt() {
    String one = GENERATIONS + "/" + acme.create(PROMPT).id();

    assertThat(head(acme, one).status()).isEqualTo(200);
    assertThat(head(acme, one).text()).isEmpty();
    assertThat(head(bench.tenant("other"), one).status()).isEqualTo(404);
    assertThat(head(bench.new Client(""), one).status()).isEqualTo(401);
    assertThat(head(bench.new Client(""), GENERATIONS).status()).isEqualTo(401);
    assertThat(head(acme, GENERATIONS + "/events").status()).isEqualTo(405);
  }

  private Answer head(Client client, String path) {
    return client.send(
        HttpRequest.newBuilder(URI.create(bench.gateway.address() + path))
            .header("Authorization", "Bearer " + client.secret)
            .method("HEAD", HttpRequest.BodyPublishers.noBody()));
  }
}
