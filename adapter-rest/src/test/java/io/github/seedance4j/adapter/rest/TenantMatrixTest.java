package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.ApiDescription.GATEWAY;
import static io.github.seedance4j.adapter.rest.Tenants.ACME;
import static io.github.seedance4j.adapter.rest.Tenants.ACMES_KEY;
import static io.github.seedance4j.adapter.rest.Tenants.GLOBEX;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.ApiDescription.Operation;
import io.github.seedance4j.adapter.rest.RawHttp.Reply;
import io.github.seedance4j.adapter.rest.RawHttp.Request;
import io.github.seedance4j.adapter.rest.exchange.Route;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every operation of the document, asked by every kind of caller, with every id that there is: no
 * tenant sees another's anything, and nobody without a key sees anything at all.
 */
class TenantMatrixTest {

  @TempDir private Path folder;

  /** What a parameter names, and so what it is tried with. */
  private enum Names {
    GENERATION,
    TENANT,
    TASK,
    REQUEST,
    UPLOAD,
    /** Nothing of anybody's: tried with what the document says. */
    NOTHING
  }

  /** For each operation what its parameters name, those in its body too. */
  private static final Map<String, Map<String, Names>> TABLE =
      Map.ofEntries(
          row("createGeneration", "Idempotency-Key", Names.REQUEST, "Accept-Language"),
          row(
              "listGenerations",
              "after",
              Names.GENERATION,
              "tenant",
              Names.TENANT,
              "limit",
              "status",
              "Accept-Language"),
          row("getGeneration", "id", Names.GENERATION),
          row("watchGenerations", "Last-Event-ID"),
          row("watchGeneration", "id", Names.GENERATION, "Last-Event-ID"),
          row(
              "getContent",
              "id",
              Names.GENERATION,
              "expires",
              "download",
              "Range",
              "If-Range",
              "If-Match",
              "If-None-Match"),
          row(
              "headContent",
              "id",
              Names.GENERATION,
              "expires",
              "download",
              "If-Match",
              "If-None-Match"),
          row(
              "resolveGeneration",
              "id",
              Names.GENERATION,
              "task_id",
              Names.TASK,
              "resolution",
              "accept_second_charge",
              "Accept-Language"),
          row("quote", "Accept-Language"),
          row("createUpload", "Accept-Language"),
          row("listUploads"),
          row(
              "getUpload",
              "id",
              Names.UPLOAD,
              "expires",
              "download",
              "Range",
              "If-Range",
              "If-Match",
              "If-None-Match"),
          row("headUpload", "id", Names.UPLOAD, "expires", "download", "If-Match", "If-None-Match"),
          row("deleteUpload", "id", Names.UPLOAD),
          row("listModels"),
          row("getUsage", "tenant", Names.TENANT, "format", "Accept-Language"),
          row("getMetrics"),
          row("getOpenApi"),
          row("getPage", "If-None-Match"),
          row("getPageFile", "file", "If-None-Match"));

  /** What anybody may ask for: the same for all, and nobody's. */
  private static final Set<String> OPEN = Set.of("getOpenApi", "getPage", "getPageFile");

  /** The operation, and its parameters: those that name something are followed by what. */
  private static Map.Entry<String, Map<String, Names>> row(String operation, Object... parameters) {
    Map<String, Names> names = new TreeMap<>();
    String last = "";
    for (Object each : parameters) {
      if (each instanceof Names what) {
        names.put(last, what);
      } else {
        last = (String) each;
        names.put(last, Names.NOTHING);
      }
    }
    return Map.entry(operation, names);
  }

  /** The fields of these are a request, and name nothing that is anybody's. */
  private static final Set<String> OF_A_REQUEST =
      Set.of("createGeneration", "quote", "createUpload");

  private static final List<String> MALFORMED =
      List.of("job-", "JOB-ABCDEFGH", "%2e%2e", "job-%00aaaaaaaa", "'%20or%201=1", "x".repeat(300));

  /**
   * A value for a parameter.
   *
   * @param owner whose it is; "" for nobody's, null for what is no such name at all
   */
  private record Value(String text, String owner) {}

  /** One request, but for who makes it: parameters that are absent are not in it. */
  private record Cell(Operation operation, Map<String, Value> values) {

    /** Names that nobody used before: an Idempotency-Key works once. */
    private static final AtomicInteger NEW = new AtomicInteger();

    boolean isMalformed() {
      return values.values().stream().anyMatch(value -> value.owner() == null);
    }

    /** The same with names of nobody in place of another's. */
    Cell asOfNobody(String caller) {
      Map<String, Value> replaced = new LinkedHashMap<>();
      values.forEach(
          (name, value) ->
              replaced.put(
                  name,
                  isAnothers(value, caller)
                      ? new Value(nobodys(TABLE.get(operation.id()).get(name)) + suffix(name), "")
                      : value));
      return new Cell(operation, replaced);
    }

    private String suffix(String name) {
      boolean request = TABLE.get(operation.id()).get(name) == Names.REQUEST;
      return request ? "-" + NEW.incrementAndGet() : "";
    }

    boolean namesAnothers(String caller) {
      return values.values().stream().anyMatch(value -> isAnothers(value, caller));
    }

    private static boolean isAnothers(Value value, String caller) {
      return value.owner() != null && !value.owner().isEmpty() && !value.owner().equals(caller);
    }
  }

  @Test
  void hasARowForEveryOperation() throws Exception {
    assertThat(TABLE.keySet())
        .as("a new operation needs a row that says what its parameters name")
        .containsExactlyInAnyOrderElementsOf(
            GATEWAY.operations().stream().map(Operation::id).toList());
    for (Operation operation : GATEWAY.operations()) {
      Set<String> named = new TreeSet<>();
      GATEWAY.parameters(operation).forEach(each -> named.add(each.path("name").asString()));
      if (!OF_A_REQUEST.contains(operation.id())) {
        named.addAll(fields(operation).propertyNames());
      }
      assertThat(TABLE.get(operation.id()).keySet())
          .as(operation.id())
          .containsExactlyInAnyOrderElementsOf(named);
    }
    try (GatewayBench bench = GatewayBench.open(folder)) {
      assertThat(bench.gateway.routes())
          .extracting(Route::operation)
          .containsExactlyInAnyOrderElementsOf(TABLE.keySet());
    }
  }

  @Test
  void showsNobodyWhatIsAnothers() throws Exception {
    try (Tenants tenants = new Tenants(folder);
        RawHttp http = new RawHttp(tenants.bench.gateway.address())) {
      assertThat(tenants.jobs(ACME)).extracting(Job::state).contains(JobState.values());
      Visit visit = new Visit(tenants, http);
      List<Cell> cells = new ArrayList<>();
      for (Operation operation : GATEWAY.operations()) {
        cells.addAll(cells(operation, tenants));
      }
      Map<String, String> before = tenants.versions(ACME);

      for (String caller : List.of("nobody", "revoked", "nonsense", "another's key")) {
        visit.withoutAKey(cells, caller);
      }
      visit.ofATenant(cells, GLOBEX, tenants.secrets(ACME));
      assertThat(tenants.versions(ACME)).isEqualTo(before);
      visit.ofATenant(cells, ACME, tenants.secrets(GLOBEX));
      String all = visit.ofAnAdmin(cells);

      // the same looks would have found something
      assertThat(all)
          .contains(tenants.jobs(ACME).stream().map(job -> job.id().value()).toList())
          .contains("secret of acme", "secret of globex", Tenants.SHARED_CAP, "321.09");
      assertThat(visit.count).isGreaterThan(5_000);
    }
  }

  /** Asks as one caller after the other. */
  private static final class Visit {
    private final Tenants tenants;
    private final RawHttp http;
    private int count;

    Visit(Tenants tenants, RawHttp http) {
      this.tenants = tenants;
      this.http = http;
    }

    private Reply ask(Cell cell, String caller) throws IOException {
      count++;
      Request request = tenants.signed(caller, request(cell));
      Reply reply = http.send(request);
      assertThat(reply.status()).as("%s: %s", caller, request).isLessThan(500);
      if (!cell.isMalformed()) {
        assertThat(
                GATEWAY.faults(
                    cell.operation(), reply.status(), reply.header("Content-Type"), reply.body()))
            .as("%s: %s gives %s", caller, request, reply)
            .isEmpty();
      }
      return reply;
    }

    void withoutAKey(List<Cell> cells, String caller) throws IOException {
      Set<String> answers = new LinkedHashSet<>();
      for (Cell cell : cells) {
        Reply reply = ask(cell, caller);
        if (OPEN.contains(cell.operation().id())) {
          assertThat(reply.status()).isIn(200, 404);
        } else if (!cell.isMalformed() || reply.status() == 401) {
          assertThat(reply.status()).as("%s: %s", caller, request(cell)).isEqualTo(401);
          answers.add(cell.operation().method().equals("HEAD") ? "" : reply.text());
        } else {
          assertThat(reply.status()).as("%s: %s", caller, request(cell)).isIn(400, 404);
        }
      }
      answers.remove(""); // of HEAD
      assertThat(answers).as(caller).hasSize(1);
    }

    void ofATenant(List<Cell> cells, String caller, Set<String> secrets) throws IOException {
      for (Cell cell : cells) {
        Reply reply = ask(cell, caller);
        String shown = without(cell, all(reply));
        assertThat(secrets)
            .as("%s: %s gives %s", caller, request(cell), reply)
            .noneMatch(shown::contains);
        if (cell.operation().node().path("x-admin").asBoolean(false)) {
          assertThat(reply.status()).isEqualTo(403);
        }
        if (cell.namesAnothers(caller)) {
          Cell plain = cell.asOfNobody(caller);
          Reply nothing = ask(plain, caller);
          assertThat(comparable(cell, reply))
              .as("%s: %s beside %s", caller, request(cell), request(plain))
              .isEqualTo(comparable(plain, nothing));
        }
      }
    }

    String ofAnAdmin(List<Cell> cells) throws IOException {
      StringBuilder all = new StringBuilder();
      for (Cell cell : cells) {
        Reply reply = ask(cell, "admin");
        assertThat(reply.status()).isNotIn(401, 403);
        all.append(reply.text());
      }
      return all.toString();
    }
  }

  private static String all(Reply reply) {
    return reply.status() + "\n" + String.join("\n", reply.headers()) + "\n" + reply.text();
  }

  /** What was sent may come back. */
  private static String without(Cell cell, String answer) {
    String without = answer;
    for (Value value : cell.values().values()) {
      without = without.replace(value.text(), "…");
    }
    return without;
  }

  /** What two who name nothing of theirs must find the same, apart from when and under what id. */
  private static String comparable(Cell cell, Reply reply) {
    String text = without(cell, all(reply)).replaceAll("(?m)^Date:.*$", "");
    return cell.operation().id().equals("createGeneration")
        ? text.replaceAll("job-[a-z0-9]+", "job")
            .replaceAll("\"(created|changed)\":\\d+", "$1")
            .replaceAll("(?m)^Content-Length:.*$", "")
        : text;
  }

  private static String nobodys(Names what) {
    return switch (what) {
      case GENERATION -> "job-doesnotexist";
      case TENANT -> "nobody-of-that-name";
      case TASK -> "cgt-doesnotexist";
      case UPLOAD -> "up-00000000000000000000000000.png";
      default -> "order-of-nobody";
    };
  }

  /**
   * Every combination of whom its parameters may name; whatever else there is to say beside at most
   * one of them that may be left out.
   */
  private static List<Cell> cells(Operation operation, Tenants tenants) {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    GATEWAY
        .parameters(operation)
        .forEach(each -> parameters.put(each.path("name").asString(), each));
    List<String> names = new ArrayList<>(new TreeMap<>(TABLE.get(operation.id())).keySet());
    names.sort(comparing(name -> TABLE.get(operation.id()).get(name) == Names.NOTHING));
    List<Map<String, Value>> all = List.of(Map.of());
    Set<String> optional = new TreeSet<>();
    for (String name : names) {
      Names what = TABLE.get(operation.id()).get(name);
      JsonNode parameter = parameters.get(name);
      boolean required = isRequired(operation, name, parameter);
      List<Map<String, Value>> longer = new ArrayList<>(required ? List.of() : all);
      for (Value value : values(what, parameter, fields(operation).path(name), tenants)) {
        for (Map<String, Value> before : all) {
          long others = before.keySet().stream().filter(optional::contains).count();
          boolean alone = value.owner() == null || (what == Names.NOTHING && !required);
          if (!alone || others <= (value.owner() == null ? 0 : 1)) {
            Map<String, Value> more = new LinkedHashMap<>(before);
            more.put(name, value);
            longer.add(more);
          }
        }
      }
      all = longer;
      if (!required) {
        optional.add(name);
      }
    }
    return all.stream().map(values -> new Cell(operation, values)).toList();
  }

  private static boolean isRequired(Operation operation, String name, JsonNode parameter) {
    if (parameter != null) {
      return parameter.path("required").asBoolean(false);
    }
    JsonNode schema =
        GATEWAY.resolved(operation.node().at("/requestBody/content/application~1json/schema"));
    return schema.path("required").valueStream().anyMatch(each -> each.asString().equals(name));
  }

  private static List<Value> values(
      Names what, JsonNode parameter, JsonNode field, Tenants tenants) {
    List<Value> values = new ArrayList<>();
    if (what == Names.NOTHING) {
      JsonNode schema = parameter == null ? field : parameter.path("schema");
      schema.path("enum").forEach(word -> values.add(new Value(word.asString(), "")));
      if (schema.path("type").asString("").equals("boolean")) {
        values.add(new Value("true", ""));
      }
      return what == Names.NOTHING && parameter != null && !schema.has("enum") ? List.of() : values;
    }
    values.add(new Value(nobodys(what), ""));
    for (String tenant : List.of(ACME, GLOBEX)) {
      List<String> theirs =
          switch (what) {
            case GENERATION -> tenants.jobs(tenant).stream().map(job -> job.id().value()).toList();
            case TENANT -> List.of(tenant);
            case TASK -> tenants.tasks(tenant).subList(0, 1);
            case UPLOAD -> List.of(tenants.upload(tenant));
            default -> List.of(ACMES_KEY.replace(ACME, tenant));
          };
      theirs.forEach(text -> values.add(new Value(text, tenant)));
    }
    if (what != Names.TASK
        && parameter != null
        && !parameter.path("in").asString().equals("header")) {
      MALFORMED.forEach(text -> values.add(new Value(text, null)));
    }
    return values;
  }

  private static JsonNode fields(Operation operation) {
    JsonNode schema =
        GATEWAY.resolved(operation.node().at("/requestBody/content/application~1json/schema"));
    return schema.path("properties");
  }

  private static Request request(Cell cell) {
    String path = cell.operation().path();
    List<String> query = new ArrayList<>();
    List<String> headers = new ArrayList<>();
    Set<String> placed = new TreeSet<>();
    for (JsonNode parameter : GATEWAY.parameters(cell.operation())) {
      String name = parameter.path("name").asString();
      Value value = cell.values().get(name);
      if (value == null) {
        continue;
      }
      placed.add(name);
      switch (parameter.path("in").asString()) {
        case "path" -> path = path.replace("{" + name + "}", value.text());
        case "query" -> query.add(name + "=" + encoded(value));
        default -> headers.add(name + ": " + value.text());
      }
    }
    byte[] body = new byte[0];
    if (cell.operation().id().equals("createUpload")) {
      headers.add("Content-Type: image/png");
      body = Tenants.PNG;
    } else if (cell.operation().node().has("requestBody")) {
      headers.add("Content-Type: application/json");
      body = body(cell, placed).getBytes(StandardCharsets.UTF_8);
    }
    String target = query.isEmpty() ? path : path + "?" + String.join("&", query);
    return new Request(cell.operation().method(), target, headers, body);
  }

  private static String encoded(Value value) {
    return value.owner() == null
        ? value.text()
        : URLEncoder.encode(value.text(), StandardCharsets.UTF_8);
  }

  private static String body(Cell cell, Set<String> placed) {
    if (OF_A_REQUEST.contains(cell.operation().id())) {
      return "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"a cat\",\"duration\":4}";
    }
    return cell.values().entrySet().stream()
        .filter(entry -> !placed.contains(entry.getKey()))
        .map(
            entry ->
                '"'
                    + entry.getKey()
                    + "\":"
                    + (entry.getValue().text().equals("true")
                        ? "true"
                        : '"' + entry.getValue().text() + '"'))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
