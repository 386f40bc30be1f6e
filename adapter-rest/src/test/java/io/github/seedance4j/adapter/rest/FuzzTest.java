package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.ApiDescription.GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.ApiDescription.Operation;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.adapter.rest.RawHttp.Reply;
import io.github.seedance4j.adapter.rest.RawHttp.Request;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.TenantId;
import io.github.seedance4j.testkit.generate.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random requests by the document, and against it: nothing fails inside, nothing is answered that
 * the document does not tell of, and nothing is charged but by a create that says so.
 */
class FuzzTest {

  private static final int ROUNDS = 1_500;
  private static final int MANY = 10_000;

  /** What a request gets that is no operation's. */
  private static final Set<Integer> ELSEWHERE =
      Set.of(400, 401, 404, 405, 413, 414, 417, 431, 501, 505);

  private static final Set<String> KNOWN_METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  @TempDir private Path folder;

  @Test
  void answersAsTheDocumentSays() throws Exception {
    fuzz(ROUNDS);
  }

  @Test
  @Tag("long")
  @Timeout(600)
  void answersTenThousandRequestsAsTheDocumentSays() throws Exception {
    fuzz(MANY);
  }

  private void fuzz(int rounds) throws Exception {
    try (GatewayBench bench = GatewayBench.open(folder);
        RawHttp http = new RawHttp(bench.gateway.address())) {
      Rounds all = new Rounds(bench, http);
      Seeds.checkRandom(rounds, all::play);
      String seen = all.statuses.toString();
      assertThat(seen)
          .contains("createGeneration 200", "createGeneration 402", "createGeneration 422")
          .contains("createGeneration 400", "createGeneration 401", "createGeneration 415")
          .contains("listGenerations 200", "getMetrics 403", " 429", " 405");
      if (rounds >= MANY) { // too seldom for fewer
        assertThat(seen)
            .contains("resolveGeneration 200", "resolveGeneration 409", "resolveGeneration 403")
            .contains("createUpload 201", "getUpload 200", "deleteUpload 204", "getContent 410")
            .contains("watchGenerations 200", "watchGeneration 200", "getContent 200");
      }
    }
  }

  /** One after the other, over the same gateway. */
  private static final class Rounds {
    private final GatewayBench bench;
    private final RawHttp http;
    private final Map<String, Client> callers = new LinkedHashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> uploads =
        new ArrayList<>(List.of("up-00000000000000000000000000.png"));
    private final List<String> keys = new ArrayList<>(List.of("order-1"));
    private final Map<String, Integer> statuses = new TreeMap<>();

    Rounds(GatewayBench bench, RawHttp http) {
      this.bench = bench;
      this.http = http;
      callers.put("acme", bench.tenant("acme"));
      callers.put(
          "acme with fields",
          bench
          .new Client(
              bench
                  .keys
                  .issue(new TenantId("acme"), Role.TENANT, null, Set.of("seed", "meta"))
                  .secret()));
      callers.put("poor", bench.tenant("poor"));
      callers.put("admin", bench.admin());
      callers.put("nobody", bench.new Client(""));
      callers.put(
          "hasty",
          bench
          .new Client(bench.keys.issue(new TenantId("acme"), Role.TENANT, 2, Set.of()).secret()));
      bench.videos.setBudget(Budget.ever(Money.usd("3")).forLabel("poor"));
      ids.add(callers.get("acme").ended(callers.get("acme").create("a cat").id()).id());
    }

    void play(Random random) throws Exception {
      int stage = random.nextInt(40);
      if (stage == 0) {
        bench.hub.next().chargedThenReset();
        ids.add(callers.get("acme").create("unknown " + random.nextInt()).id());
      } else if (stage == 1) {
        bench.hub.next().inputModeration();
      } else if (stage == 2) {
        bench.hub.next().outputModeration();
      }
      FuzzedRequests requests = new FuzzedRequests(random, ids, uploads, keys);
      Operation meant = requests.operation();
      String caller = caller(random);
      Request request = signed(caller, requests.request(meant));
      Operation operation = operation(request);
      long before = charges();

      Reply reply = http.send(request);

      String told = caller + ": " + request + "\n  gives " + reply;
      statuses.merge(
          (operation == null ? "-" : operation.id()) + " " + reply.status(), 1, Integer::sum);
      // 501 is for a method that nobody has heard of, 505 for what is no version
      boolean odd = !KNOWN_METHODS.contains(request.method()) || request.target().contains(" ");
      assertThat(reply.status() < 500 || (odd && Set.of(501, 505).contains(reply.status())))
          .as(told)
          .isTrue();
      if (operation == null) {
        assertThat(reply.status()).as(told).isIn(ELSEWHERE);
      }
      if (!request.method().equals("HEAD")) {
        assertThat(
                GATEWAY.faults(
                    operation, reply.status(), reply.header("Content-Type"), reply.body()))
            .as(told)
            .isEmpty();
      }
      settle(operation, request, reply, before, told);
    }

    /** What a request is one of; HEAD is a GET without the body where it is nothing of its own. */
    private static Operation operation(Request request) {
      if (request.target().contains(" ")) {
        return null; // whatever comes behind it is read as something else
      }
      return GATEWAY
          .operation(request.method(), request.path())
          .or(
              () ->
                  request.method().equals("HEAD")
                      ? GATEWAY.operation("GET", request.path())
                      : Optional.empty())
          .orElse(null);
    }

    private static String caller(Random random) {
      int who = random.nextInt(20);
      return who < 9
          ? "acme"
          : who < 12
              ? "acme with fields"
              : who < 15 ? "admin" : who < 17 ? "poor" : who < 19 ? "nobody" : "hasty";
    }

    /** What may have been charged: once by a create that was not a replay, else nothing. */
    private void settle(
        Operation operation, Request request, Reply reply, long before, String told) {
      boolean made = operation != null && reply.status() == 200;
      if (operation != null && reply.status() == 201) {
        uploads.add(ApiDescription.JSON.readTree(reply.text()).path("id").asString());
      }
      if (made && operation.id().equals("createGeneration")) {
        String id = ApiDescription.JSON.readTree(reply.text()).path("id").asString();
        boolean replayed = reply.header("Idempotency-Replayed").equals("true");
        assertThat(charges() - before).as(told).isEqualTo(replayed ? 0 : 1);
        ids.add(id);
        request.headers().stream()
            .filter(header -> header.startsWith("Idempotency-Key: "))
            .forEach(header -> keys.add(header.substring("Idempotency-Key: ".length())));
      } else if (made && operation.id().equals("resolveGeneration")) {
        // sent again, it may be charged a second time: when, is for the service to say
        String id = ApiDescription.JSON.readTree(reply.text()).path("id").asString();
        try {
          bench.videos.await(new JobId(id), Duration.ofSeconds(30));
        } catch (NotFoundException e) {
          assertThat(request.toString()).contains("attach"); // a task that there is none of
        }
      } else {
        assertThat(charges()).as(told).isEqualTo(before);
      }
    }

    /** How often something was charged: what is refused is in the ledger too, with nothing. */
    private long charges() {
      return bench.hub.ledger().charges().stream()
          .filter(charge -> charge.cost().signum() > 0)
          .count();
    }

    private Request signed(String caller, Request request) {
      String secret = callers.get(caller).secret;
      List<String> headers = new ArrayList<>(request.headers());
      if (!secret.isEmpty()
          && headers.stream().noneMatch(each -> each.startsWith("Authorization"))) {
        headers.add("Authorization: Bearer " + secret);
      }
      return new Request(request.method(), request.target(), headers, request.body());
    }
  }
}
