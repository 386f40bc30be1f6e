package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.json.JsonReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs in other languages do with the fake besides using it. */
class AdminPathTest {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-01T08:00:00Z"));
  private final FakeTokenHub hub = HubClient.hub().clock(clock).start();
  private final HubClient client = new HubClient(hub);

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void tellsTheWholeState() throws Exception {
    String id = client.created(HubClient.BEACH);
    client.polled(id);

    Map<?, ?> state = tree(get("/state"));

    assertThat(state.get("base_url")).isEqualTo(hub.baseUrl().toString());
    assertThat(state.get("key")).asString().startsWith("th-");
    assertThat(state.get("seed")).isEqualTo("1");
    assertThat(state.get("clock"))
        .isEqualTo(Map.of("now", "2026-11-01T08:00:00Z", "movable", true));
    assertThat(numbers(state.get("requests")))
        .containsEntry("creates_begun", 1)
        .containsEntry("creates_received", 1)
        .containsEntry("polls", 1)
        .containsEntry("downloads", 0);
    assertThat(state.get("ledger")).isEqualTo(Map.of("lines", BigDecimal.ONE, "total_usd", "1.00"));
    assertThat(state.get("tasks"))
        .isEqualTo(
            List.of(
                Map.of(
                    "id", id,
                    "model", "doubao-seedance-2.0",
                    "prompt", "A golden retriever on a beach",
                    "status", "succeeded",
                    "cost_usd", "1.00",
                    "created", "2026-11-01T08:00:00Z",
                    "struck", List.of(),
                    "clip", "/_fake/clips/" + id + ".mp4")));
  }

  @Test
  void showsTheLatestTaskFirst() throws Exception {
    client.created(HubClient.BEACH);
    String second = client.created(HubClient.BEACH);

    assertThat((List<?>) tree(get("/state")).get("tasks"))
        .first()
        .satisfies(task -> assertThat(((Map<?, ?>) task).get("id")).isEqualTo(second));
  }

  @Test
  void saysWhatStruckWhomAndWhenLatestFirst() throws Exception {
    hub.next().with(new CreateFault.RepeatsId(), new TaskFault.AddsFields());
    String id = client.created(HubClient.BEACH);
    clock.advance(Duration.ofMinutes(1));
    hub.next().with(new CreateFault.Refuses(503, false));
    client.create(HubClient.BEACH.replace("golden", "silver"));
    clock.advance(Duration.ofMinutes(1));
    hub.next().with(new CreateFault.ResetsBeforeRead());
    try (Socket unread = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
      unread.setSoTimeout(30_000);
      String head =
          "POST /api/v1/videos/generations HTTP/1.1\r\nHost: 127.0.0.1\r\n"
              + "Authorization: Bearer th-x\r\nContent-Length: 5\r\n\r\n";
      unread.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      assertThat(read(unread)).isLessThan(0);
    }
    client.polled(id);

    Map<?, ?> state = tree(get("/state"));

    assertThat((List<?>) state.get("struck"))
        .extracting(
            one -> ((Map<?, ?>) one).get("fault"),
            one -> ((Map<?, ?>) one).get("at"),
            one -> ((Map<?, ?>) one).get("task"),
            one -> ((Map<?, ?>) one).get("prompt"))
        .containsExactly(
            tuple("adds-fields", "2026-11-01T08:02:00Z", id, "A golden retriever on a beach"),
            tuple("resets-before-read", "2026-11-01T08:02:00Z", null, null),
            tuple("refuses", "2026-11-01T08:01:00Z", null, "A silver retriever on a beach"),
            tuple("repeats-id", "2026-11-01T08:00:00Z", id, "A golden retriever on a beach"),
            tuple("adds-fields", "2026-11-01T08:00:00Z", id, "A golden retriever on a beach"));
    assertThat((List<?>) state.get("tasks"))
        .extracting(task -> ((Map<?, ?>) task).get("struck"))
        .isEqualTo(List.of(List.of("adds-fields", "repeats-id")));
    assertThat(hub.struck()).hasSize(5).first().isEqualTo(new TaskFault.AddsFields());
  }

  @Test
  void servesClipsAsideOfAllFaultsAndCounts() throws Exception {
    hub.next().with(new FileFault.KillsLink(true), new FileFault.IgnoresRange());
    String id = client.created(HubClient.BEACH);
    String aside = hub.page() + "/clips/" + id + ".mp4";

    HttpResponse<byte[]> part = HubClient.download("GET", aside, "Range", "bytes=0-99");
    clock.advance(Duration.ofDays(8));

    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).hasSize(100);
    assertThat(HubClient.download("HEAD", aside).statusCode()).isEqualTo(200);
    assertThat(hub.requests().downloads()).isZero();
    assertThat(hub.struck()).isEmpty();
    assertThat(HubClient.download("GET", hub.page() + "/clips/task-none.mp4").statusCode())
        .isEqualTo(404);
  }

  @Test
  void givesTheLedgerAsInItsFile() throws Exception {
    client.created(HubClient.BEACH);
    client.create("{}");

    List<String> lines = hub.ledger().entries().stream().map(entry -> entry.toJson()).toList();

    assertThat(get("/ledger").body().lines()).isEqualTo(lines).hasSize(2);
    assertThat(get("/ledger?last=1").body()).isEqualTo(lines.get(1) + "\n");
    assertThat(get("/ledger?last=0").body()).isEmpty();
  }

  @Test
  void answersOnceTheLedgerIsSoLong() throws Exception {
    CompletableFuture<HttpResponse<String>> second =
        HTTP.sendAsync(
            request("/ledger?least=2&wait=60").GET().build(), HttpResponse.BodyHandlers.ofString());
    client.created(HubClient.BEACH);
    assertThat(second).isNotDone();
    client.created(HubClient.BEACH);

    assertThat(second.get(30, TimeUnit.SECONDS).body()).hasLineCount(2);
    assertThat(get("/ledger?least=3&wait=0").body()).hasLineCount(2);
  }

  @Test
  void scriptsTheNextCreates() throws Exception {
    post("/faults", "{\"faults\":[{\"fault\":\"refuses\",\"status\":503}],\"times\":2}");

    assertThat(client.create(HubClient.BEACH).statusCode()).isEqualTo(503);
    assertThat(client.create(HubClient.BEACH).statusCode()).isEqualTo(503);
    assertThat(client.create(HubClient.BEACH).statusCode()).isEqualTo(200);
    assertThat(hub.struck()).hasSize(2).hasOnlyElementsOfType(CreateFault.Refuses.class);
    assertThat(tree(get("/state")).get("struck_count")).isEqualTo(new BigDecimal(2));
  }

  @Test
  void scriptsByPromptAndByChance() throws Exception {
    post("/faults", "{\"faults\":[{\"fault\":\"refuses\",\"status\":500}],\"prompt\":\"golden\"}");
    post("/faults", "{\"faults\":[{\"fault\":\"refuses\",\"status\":502}],\"chance\":1}");

    assertThat(client.create(HubClient.BEACH).statusCode()).isEqualTo(500);
    assertThat(client.create(HubClient.BEACH.replace("golden", "old")).statusCode()).isEqualTo(502);
  }

  @Test
  void givesFaultsToATaskThatIsBooked() throws Exception {
    String id = client.created(HubClient.BEACH);

    post("/faults", "{\"faults\":[{\"fault\":\"never-ends\"}],\"task\":\"" + id + "\"}");
    HttpResponse<String> unknown = post("/faults", "{\"faults\":[],\"task\":\"task-none\"}");

    assertThat(client.polled(id).get("status")).isEqualTo("running");
    assertThat(message(unknown)).isEqualTo("task: no task of this fake: \"task-none\".");
  }

  @Test
  void strikesTheNextConnection() throws Exception {
    post("/faults", "{\"faults\":[{\"fault\":\"resets-after-accept\"}]}");

    try (Socket struck = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
      struck.setSoTimeout(30_000);
      assertThat(read(struck)).isLessThan(0);
    }
    assertThat(get("/state").statusCode()).isEqualTo(200);
  }

  private static int read(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException reset) {
      return -2;
    }
  }

  @Test
  void showsAndForgetsWhatIsScripted() throws Exception {
    hub.next().with(new TaskFault.NeverEnds());
    hub.onPrompt("cat").chargedThenReset();
    hub.sometimes(0.25).with(new CreateFault.AnswersHtml());

    Map<?, ?> scripted = (Map<?, ?>) tree(get("/faults")).get("scripted");

    assertThat(scripted.get("next_count")).isEqualTo(BigDecimal.ONE);
    assertThat(scripted.get("next")).isEqualTo(List.of(List.of(Map.of("fault", "never-ends"))));
    assertThat(scripted.get("prompts"))
        .isEqualTo(
            List.of(
                Map.of(
                    "prompt", "cat", "faults", List.of(Map.of("fault", "resets-after-charge")))));
    assertThat(scripted.get("chances"))
        .isEqualTo(
            List.of(
                Map.of(
                    "chance",
                    new BigDecimal("0.25"),
                    "faults",
                    List.of(Map.of("fault", "answers-html")))));

    assertThat(send(request("/faults").DELETE()).statusCode()).isEqualTo(200);
    assertThat(tree(get("/state")).get("scripted"))
        .isEqualTo(
            Map.of(
                "next_count", BigDecimal.ZERO,
                "next", List.of(),
                "prompts", List.of(),
                "chances", List.of(),
                "connections", List.of()));
  }

  @Test
  void namesEveryFaultThatJsonCanHave() throws Exception {
    List<?> known = (List<?>) tree(get("/faults")).get("known");

    assertThat(known).hasSizeGreaterThan(40);
    for (Object one : known) {
      Map<?, ?> fault = (Map<?, ?>) one;
      assertThat(fault.get("strikes")).isIn("connection", "create", "task", "file");
      assertThat(fault.get("parameters")).isInstanceOf(Map.class);
      if (!"connection".equals(fault.get("strikes"))) {
        assertThat(post("/faults", "{\"faults\":[{\"fault\":\"" + fault.get("fault") + "\"}]}"))
            .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(200));
      }
    }
  }

  @Test
  void movesTheClock() throws Exception {
    assertThat(post("/clock", "{\"advance\":86400.5}").statusCode()).isEqualTo(200);
    assertThat(clock.instant()).isEqualTo("2026-11-02T08:00:00.500Z");

    assertThat(tree(post("/clock", "{\"set\":\"2026-12-24T18:00:00Z\"}")).get("now"))
        .isEqualTo("2026-12-24T18:00:00Z");
    assertThat(clock.instant()).isEqualTo("2026-12-24T18:00:00Z");
  }

  @Test
  void leavesAClockAloneThatCantBeMoved() throws Exception {
    try (FakeTokenHub other = HubClient.hub().start()) {
      URI path = URI.create(other.page() + "/clock");
      HttpResponse<String> moved =
          send(
              HttpRequest.newBuilder(path)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"advance\":60}")));

      assertThat(moved.statusCode()).isEqualTo(400);
      assertThat(message(moved)).startsWith("The clock can't be moved");
      assertThat(tree(send(HttpRequest.newBuilder(path))).get("movable")).isEqualTo(false);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          faults | {"faults":[{"fault":"nonsense"}]}                         | fault: there is none of the name "nonsense"; GET /_fake/faults has them all.
          faults | {"faults":[{"fault":"reset-after-charge"}]}               | fault: there is none of the name "reset-after-charge"; did you mean resets-after-charge?
          faults | {"faults":[{"fault":"refuses","status":200}]}             | status: 400 to 599, not 200.
          faults | {"faults":[{"fault":"refuses","colour":1}]}               | colour: refuses takes status, charged, shape, code, message, retry_after only.
          faults | {"faults":"refuses"}                                      | faults: a list such as
          faults | {"faults":["refuses"]}                                    | faults: objects such as
          faults | {"faults":[],"time":1}                                    | time: the fields are faults, and one of
          faults | {"faults":[],"times":0}                                   | times: 1 to 10000, not 0.
          faults | {"faults":[],"times":1e999999999}                         | times: 1 to 10000
          faults | {"faults":[],"times":1,"prompt":"x"}                      | times, prompt, task, chance: one of them
          faults | {"faults":[],"prompt":""}                                 | prompt: a text, not
          faults | {"faults":[],"chance":"often"}                            | chance: over 0 and up to 1, not "often".
          faults | {"faults":[],"times":"3"}                                 | times: 1 to 10000, not "3".
          faults | {"faults":[],"chance":1.5}                                | chance: over 0 and up to 1, not 1.5.
          faults | {"faults":[{"fault":"cuts-head"},{"fault":"cuts-body"}]}  | faults: one at most that strikes the create, not [{"fault":"cuts-head"},{"fault":"cuts-body"}].
          faults | {"faults":[{"fault":"cuts-head"},{"fault":"hangs-after-accept"}]} | faults: hangs-after-accept strikes a connection
          faults | [1]                                                       | The body is JSON, but not an object.
          faults | {"faults"                                                 | The body is not JSON: expected
          clock  | {}                                                        | The body: {"advance": SECONDS}
          clock  | {"advance":"1"}                                           | advance: a number of seconds
          clock  | {"advance":1e99}                                          | advance: seconds, to the millisecond
          clock  | {"advance":0.0001}                                        | advance: seconds, to the millisecond
          clock  | {"advance":-3000000000}                                   | advance: the clock goes forward only
          clock  | {"advance":-5}                                            | advance: the clock goes forward only, or tasks that have ended would be running again; it is 2026-11-01T08:00:00Z now, and that would be 2026-11-01T07:59:55Z.
          clock  | {"set":"2020-01-01T00:00:00Z"}                            | set: the clock goes forward only
          clock  | {"set":"9001-01-01T00:00:00Z"}                            | set: up to 9000, not
          clock  | {"set":"tomorrow"}                                        | set: an instant such as
          """)
  void saysWhatIsWrong(String path, String body, String message) throws Exception {
    HttpResponse<String> answer = post("/" + path, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).startsWith(message).doesNotContain("..");
    assertThat(hub.struck()).isEmpty();
    assertThat(client.create(HubClient.BEACH).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"first=1", "last=-1", "last", "wait=301", "last=99999999999"})
  void refusesOddQueries(String query) throws Exception {
    assertThat(get("/ledger?" + query).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /state, GET",
    "DELETE, /clock, 'GET, POST'",
    "PUT, /faults, 'GET, POST, DELETE'",
    "POST, '', 'GET, HEAD'"
  })
  void namesTheMethodsOfAPath(String method, String path, String allowed) throws Exception {
    HttpResponse<String> answer = send(request(path).method(method, BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue(allowed);
  }

  @Test
  void namesWhatThereIsWhereThereIsNothing() throws Exception {
    HttpResponse<String> answer = get("/reset");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(message(answer)).contains("state, ledger, faults, clock");
    assertThat(get("ish").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""})
  void takesNothingThatAPageElsewhereCouldSend(String type) throws Exception {
    String sent =
        raw(
            "POST /_fake/faults HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
                + "Content-Length: 37\r\n\r\n{\"faults\":[{\"fault\":\"answers-html\"}]}");

    assertThat(sent).startsWith("HTTP/1.1 415 ");
    assertThat(client.create(HubClient.BEACH).statusCode()).isEqualTo(200);
  }

  @Test
  void forgetsWithoutATypeButForNoPageElsewhere() throws Exception {
    hub.next().stuck();
    String request = "DELETE /_fake/faults HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";

    assertThat(raw(request + "Origin: https://evil.example\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    assertThat(raw("GET /_fake/faults" + request.substring(request.indexOf(" HTTP")) + "\r\n"))
        .contains("\"next_count\":1");
    assertThat(raw(request + "\r\n")).startsWith("HTTP/1.1 200 ").contains("\"next_count\":0");
  }

  @Test
  void namesTheFieldWhenChancesAreTooMuchTogether() throws Exception {
    post("/faults", "{\"faults\":[],\"chance\":0.6}");

    assertThat(message(post("/faults", "{\"faults\":[],\"chance\":0.5}")))
        .isEqualTo("chance: over 0, and 1 at most with those before it, not 0.5.");
  }

  @Test
  void showsAFaultOfNoTaskAsJson() throws Exception {
    String id = client.created(HubClient.BEACH);

    assertThat(
            message(
                post(
                    "/faults", "{\"faults\":[{\"fault\":\"cuts-head\"}],\"task\":\"" + id + "\"}")))
        .startsWith("faults: those of a task or its file, not {\"fault\":\"cuts-head\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, https://evil.example, 403",
    "127.0.0.1, null, 403",
    "127.0.0.1, http://127.0.0.1:1, 403",
    "evil.example, http://evil.example, 403",
    "evil.example, , 403",
    "127.0.0.1.evil.example, , 403",
    "127.0.0.1, http://127.0.0.1, 200",
    "localhost:80, http://localhost:80, 200",
    "127.0.0.1, , 200"
  })
  void answersItsOwnPagesOnly(String host, String origin, int status) throws Exception {
    String answer =
        raw(
            "GET /_fake/state HTTP/1.1\r\nHost: "
                + host
                + "\r\nConnection: close\r\n"
                + (origin == null ? "" : "Origin: " + origin + "\r\n")
                + "\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("access-control");
  }

  @Test
  void showsThePageToBrowsersOnly() throws Exception {
    HttpResponse<String> page = get("");
    URI root = hub.page().resolve("/");
    HttpResponse<String> browser = send(HttpRequest.newBuilder(root).header("Accept", "text/html"));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe"));
    assertThat(page.body()).doesNotContain("innerHTML", "http://", "https://", "<script src");
    assertThat(browser.statusCode()).isEqualTo(302);
    assertThat(browser.headers().firstValue("Location")).hasValue("/_fake");
    HttpResponse<String> program = send(HttpRequest.newBuilder(root));
    assertThat(program.statusCode()).isEqualTo(404);
    assertThat(message(program)).contains("/_fake");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(hub.page() + path))
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static Map<?, ?> tree(HttpResponse<String> response) {
    return (Map<?, ?>) JsonReader.read(response.body()).tree();
  }

  private static Map<String, Integer> numbers(Object tree) {
    Map<String, Integer> numbers = new HashMap<>();
    ((Map<?, ?>) tree)
        .forEach((key, value) -> numbers.put((String) key, ((BigDecimal) value).intValueExact()));
    return numbers;
  }

  private static String message(HttpResponse<String> response) {
    return String.valueOf(((Map<?, ?>) tree(response).get("error")).get("message"))
        .replaceFirst(" Request ID: .*", "");
  }
}
