package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.GENERATIONS;

import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.TenantId;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Two tenants with something in every state, and everybody who may knock. */
final class Tenants implements AutoCloseable {

  static final String ACME = "acme-7q";
  static final String GLOBEX = "globex-7q";
  static final String ACMES_KEY = "order-of-" + ACME;
  static final String SHARED_CAP = "987.65";

  /** A picture of one point. */
  static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
                  + "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  final GatewayBench bench;
  final Map<String, Client> callers;
  private final InMemoryJobJournal journal;
  private final Map<String, String> uploads = new TreeMap<>();

  Tenants(Path folder) {
    journal = new InMemoryJobJournal();
    bench = GatewayBench.open(folder, journal, service -> service, gateway -> gateway);
    var revoked = bench.keys.issue(new TenantId(ACME), Role.ADMIN, null, Set.of());
    bench.keys.revoke(revoked.key().id());
    callers =
        Map.of(
            ACME,
            bench.tenant(ACME),
            GLOBEX,
            bench.tenant(GLOBEX),
            "admin",
            bench.admin(),
            "nobody",
            bench.new Client(""),
            "revoked",
            bench.new Client(revoked.secret()),
            "nonsense",
            bench.new Client("sgw_" + "x".repeat(43)),
            "another's key",
            bench.new Client("th-test"));
    bench.videos.setBudget(Budget.perMonth(Money.usd(SHARED_CAP)));
    bench.videos.setBudget(Budget.perDay(Money.usd("321.09")).forLabel(ACME));
    bench.videos.setBudget(Budget.perDay(Money.usd("765.43")).forLabel(GLOBEX));
    fill(callers.get(ACME), ACME);
    start(callers.get(GLOBEX), GLOBEX);
  }

  /** One of every state. */
  private void fill(Client client, String tenant) {
    start(client, tenant);
    bench.hub.next().outputModeration();
    client.ended(client.create(prompt(tenant, "failed")).id());
    for (String word : List.of("cancelled", "expired")) {
      bench.hub.next().with(new TaskFault.EndsAs(word, false));
      client.ended(client.create(prompt(tenant, word)).id());
    }
    bench.hub.next().throttled(Duration.ofHours(1));
    client.create(prompt(tenant, "throttled"));
    bench.hub.next().chargedThenReset();
    String lost = client.create(prompt(tenant, "lost")).id();
    client.post(GENERATIONS + "/" + lost + "/resolution", Map.of("resolution", "lost"));
    Set<JobState> others = EnumSet.allOf(JobState.class);
    jobs(tenant).forEach(job -> others.remove(job.state()));
    others.forEach(state -> put(tenant, state));
  }

  /** What is there of the other one: a clip, an open question, a refusal. */
  private void start(Client client, String tenant) {
    uploads.put(tenant, client.send(client.picture(PNG, "image/png")).id());
    client.ended(client.create(prompt(tenant, "stored"), "Idempotency-Key", key(tenant)).id());
    bench.hub.next().chargedThenReset();
    client.create(prompt(tenant, "unknown"));
    bench.hub.next().inputModeration();
    client.create(prompt(tenant, "rejected"));
  }

  /** One of another account, which the service leaves as it is. */
  private void put(String tenant, JobState state) {
    Instant now = Instant.now();
    Job job =
        Job.intended(
                new JobId(
                    "job-"
                        + (tenant + state)
                            .toLowerCase(java.util.Locale.ROOT)
                            .replaceAll("[^a-z]", "")),
                new ProviderAccount("TokenHub", "https://elsewhere.example", "0".repeat(16)),
                GenerationDraft.builder()
                    .model("doubao-seedance-2.0")
                    .prompt(prompt(tenant, state.name()))
                    .build(),
                now)
            .label(tenant)
            .done();
    journal.admit(job, List.of(), "nobody");
    if (state != JobState.INTENDED) {
      journal.replace(job.change().state(state, now).done());
    }
  }

  private static String prompt(String tenant, String what) {
    return "secret of " + tenant + ", " + what;
  }

  private static String key(String tenant) {
    return "order-of-" + tenant;
  }

  List<Job> jobs(String tenant) {
    return bench.videos.list(JobQuery.all().labelled(tenant));
  }

  List<String> tasks(String tenant) {
    return jobs(tenant).stream()
        .flatMap(job -> job.taskId().stream())
        .map(Object::toString)
        .toList();
  }

  String upload(String tenant) {
    return uploads.get(tenant);
  }

  /** What of that tenant nobody else may read. */
  Set<String> secrets(String tenant) {
    Set<String> secrets = new TreeSet<>();
    secrets.add(tenant);
    secrets.add(SHARED_CAP);
    secrets.add(tenant.equals(ACME) ? "321.09" : "765.43");
    secrets.add(callers.get(tenant).secret);
    secrets.addAll(tasks(tenant));
    secrets.add(upload(tenant));
    for (Job job : jobs(tenant)) {
      secrets.add(job.id().value());
      job.clip().ifPresent(clip -> secrets.add(clip.sha256()));
    }
    return secrets;
  }

  /** What would show that somebody changed something of theirs. */
  Map<String, String> versions(String tenant) {
    Map<String, String> versions = new TreeMap<>();
    jobs(tenant).forEach(job -> versions.put(job.id().value(), job.version() + " " + job.state()));
    versions.put("uploads", callers.get(tenant).get("/api/v1/uploads").at("data.0.id") + "");
    return versions;
  }

  /** Calls as that one. */
  RawHttp.Request signed(String caller, RawHttp.Request request) {
    String secret = callers.get(caller).secret;
    if (secret.isEmpty()) {
      return request;
    }
    List<String> headers = new ArrayList<>(request.headers());
    headers.add("Authorization: Bearer " + secret);
    return new RawHttp.Request(request.method(), request.target(), headers, request.body());
  }

  @Override
  public void close() {
    bench.close();
  }
}
