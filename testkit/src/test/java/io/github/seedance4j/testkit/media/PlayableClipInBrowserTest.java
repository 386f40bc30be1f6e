package io.github.seedance4j.testkit.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chromium plays clips of every size to their end: the page reports to a server of this test. */
class PlayableClipInBrowserTest {

  private static final Map<String, ClipSpec> CLIPS = new LinkedHashMap<>();

  static {
    ProviderSizes.clips()
        .forEach(
            clip ->
                CLIPS.put(
                    "/%dx%d-%s.mp4"
                        .formatted(clip.width(), clip.height(), clip.audio() ? "sound" : "silent"),
                    clip));
  }

  private static final String PAGE =
      """
      <!doctype html><title>clips</title><script>
      const play = src => new Promise(done => {
        const v = document.createElement('video');
        v.muted = true;
        v.onerror = () => done(`${src} error ${v.error.code} ${v.error.message}`);
        v.onended = () => done(`${src} ${v.videoWidth}x${v.videoHeight} ${v.duration.toFixed(3)}`
            + ` at ${v.currentTime.toFixed(3)} audio ${v.webkitAudioDecodedByteCount > 0}`);
        v.oncanplay = () => { v.oncanplay = null; v.playbackRate = 8;
            v.play().catch(e => done(`${src} refused ${e}`)); };
        v.src = src;
        document.documentElement.append(v);
      });
      Promise.all([%s].map(play)).then(
          lines => fetch('/report', {method: 'POST', body: lines.join('\\n')}));
      </script>
      """;

  @TempDir private Path directory;

  @Test
  void playsToTheEnd() throws Exception {
    ExternalTool chromium =
        ExternalTool.required("chromium", "chromium", "chromium-browser", "google-chrome");
    CompletableFuture<String> report = new CompletableFuture<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> serve(exchange, report));
    server.start();
    Process browser =
        chromium.start(
            directory,
            List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--autoplay-policy=no-user-gesture-required",
                "--user-data-dir=" + directory.resolve("profile"),
                "http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    try {
      assertThat(report.get(60, TimeUnit.SECONDS).lines())
          .containsExactlyElementsOf(
              CLIPS.keySet().stream().map(PlayableClipInBrowserTest::played).toList());
    } finally {
      stop(browser);
      server.stop(0);
    }
  }

  private static String played(String path) {
    ClipSpec clip = CLIPS.get(path);
    return "%s %dx%d 5.042 at 5.042 audio %s"
        .formatted(path, clip.width(), clip.height(), clip.audio());
  }

  private static void serve(HttpExchange exchange, CompletableFuture<String> report)
      throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] sent = exchange.getRequestBody().readAllBytes();
    byte[] answer = new byte[0];
    if (path.equals("/report")) {
      report.complete(new String(sent, StandardCharsets.UTF_8));
    } else if (CLIPS.containsKey(path)) {
      exchange.getResponseHeaders().set("Content-Type", "video/mp4");
      answer = PlayableClip.render(CLIPS.get(path));
    } else if (path.equals("/")) {
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      String sources = "'" + String.join("', '", CLIPS.keySet()) + "'";
      answer = PAGE.formatted(sources).getBytes(StandardCharsets.UTF_8);
    }
    exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  /** With its children, and waits, so that the profile can be deleted. */
  private static void stop(Process browser) throws Exception {
    List<ProcessHandle> all = browser.descendants().toList();
    browser.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    for (ProcessHandle each : all) {
      each.destroyForcibly();
      each.onExit().get(10, TimeUnit.SECONDS);
    }
  }
}
