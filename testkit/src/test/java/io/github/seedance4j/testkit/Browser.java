package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.json.JsonWriter;
import io.github.seedance4j.testkit.media.ExternalTool;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A Chromium with one page, asked over its debugging protocol. */
final class Browser implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final WebSocket page;
  private final Map<Object, CompletableFuture<Map<?, ?>>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();

  private Browser(Process process, URI debugger) throws Exception {
    this.process = process;
    this.page =
        HTTP.newWebSocketBuilder().buildAsync(debugger, new Ears()).get(60, TimeUnit.SECONDS);
  }

  /** Starts one, or skips the test where there is none; returns when the page has loaded. */
  static Browser open(Path directory, URI address) throws Exception {
    ExternalTool chromium =
        ExternalTool.required("chromium", "chromium", "chromium-browser", "google-chrome");
    ProcessBuilder builder =
        new ProcessBuilder(
            chromium.program().toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--autoplay-policy=no-user-gesture-required",
            "--remote-debugging-port=0",
            "--user-data-dir=" + directory.resolve("profile"),
            "about:blank");
    builder.environment().put("TMPDIR", directory.toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try {
      Browser browser = new Browser(process, debugger(process));
      browser.call("Page.enable", Map.of());
      CompletableFuture<Map<?, ?>> loaded = browser.expect("Page.loadEventFired");
      browser.call("Page.navigate", Map.of("url", address.toString()));
      loaded.get(60, TimeUnit.SECONDS);
      return browser;
    } catch (Exception | Error e) {
      stop(process);
      throw e;
    }
  }

  private static URI debugger(Process process) throws Exception {
    BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    while (line != null && !line.startsWith("DevTools listening on ")) {
      line = said.readLine();
    }
    if (line == null) {
      throw new IOException("the browser ended before it listened");
    }
    Thread drain = new Thread(() -> said.lines().forEach(more -> {}), "browser-stderr");
    drain.setDaemon(true);
    drain.start();
    URI browser = URI.create(line.substring("DevTools listening on ".length()));
    URI list = URI.create("http://127.0.0.1:" + browser.getPort() + "/json/list");
    String pages =
        HTTP.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    for (Object target : (List<?>) JsonReader.read(pages).tree()) {
      if (((Map<?, ?>) target).get("type").equals("page")) {
        return URI.create((String) ((Map<?, ?>) target).get("webSocketDebuggerUrl"));
      }
    }
    throw new IOException("the browser has no page: " + pages);
  }

  /** What the expression, or the promise that it is, comes to, as a plain JSON tree. */
  Object evaluate(String expression) throws Exception {
    Map<?, ?> result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (result.containsKey("exceptionDetails")) {
      throw new AssertionError(result.get("exceptionDetails"));
    }
    return ((Map<?, ?>) result.get("result")).get("value");
  }

  private CompletableFuture<Map<?, ?>> expect(Object what) {
    return answers.computeIfAbsent(what, key -> new CompletableFuture<>());
  }

  private Map<?, ?> call(String method, Map<String, ?> parameters) throws Exception {
    int id = ids.incrementAndGet();
    CompletableFuture<Map<?, ?>> answer = expect(id);
    String message = JsonWriter.write(Map.of("id", id, "method", method, "params", parameters));
    page.sendText(message, true).get(60, TimeUnit.SECONDS);
    Map<?, ?> told = answer.get(60, TimeUnit.SECONDS);
    if (told.get("result") instanceof Map<?, ?> result) {
      return result;
    }
    throw new AssertionError(method + ": " + told);
  }

  private final class Ears implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      message.append(text);
      if (last) {
        Map<?, ?> told = (Map<?, ?>) JsonReader.read(message.toString()).tree();
        message.setLength(0);
        Object id = told.get("id");
        expect(id == null ? told.get("method") : ((Number) id).intValue()).complete(told);
      }
      socket.request(1);
      return null;
    }
  }

  @Override
  public void close() {
    page.abort();
    stop(process);
  }

  /** With its children, and waits, so that the profile can be deleted. */
  private static void stop(Process process) {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    for (ProcessHandle each : all) {
      each.destroyForcibly();
      each.onExit().join();
    }
  }
}
