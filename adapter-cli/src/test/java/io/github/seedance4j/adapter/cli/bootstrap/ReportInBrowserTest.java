package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of clips as a browser sees it, its own policy in force. */
@Tag("ci")
class ReportInBrowserTest {

  /**
   * Looks into the page from around it, as nothing may run inside, once every clip has its length.
   */
  private static final String AROUND =
      """
      <!doctype html><title>looks</title><iframe width="375" height="800" src="report.html"></iframe>
      <pre id="seen">nothing</pre>
      <script>
        const frame = document.querySelector('iframe');
        frame.onload = () => {
          const page = frame.contentDocument;
          const clips = [...page.querySelectorAll('video')];
          const look = () => {
            const ready = clips.filter(clip => clip.readyState > 0 || clip.error);
            if (ready.length < clips.length) return setTimeout(look, 50);
            const plots = [...page.querySelectorAll('figure svg')].map(svg => {
              const box = svg.getBoundingClientRect();
              const drawn = svg.querySelector('.edge, .clips').getBoundingClientRect();
              return box.width > 200 && box.height > 100 && drawn.width > 5 && drawn.height > 5;
            });
            const root = page.documentElement;
            document.getElementById('seen').textContent = [
              'lengths ' + clips.map(clip => clip.duration.toFixed(2)).join(' '),
              'errors ' + clips.filter(clip => clip.error).length,
              'plots ' + plots.join(' '),
              'styled ' + (frame.contentWindow.getComputedStyle(root.querySelector('article')).display),
              'scrolls aside ' + (root.scrollWidth > root.clientWidth),
              'scripts ran ' + (frame.contentWindow.pwned === true)].join('\\n');
          };
          look();
        };
      </script>
      """;

  @TempDir Path directory;

  @Test
  void playsItsClipsAndDrawsItsPlotsOnAPhone() throws Exception {
    String program = chromium();
    Instant now = Instant.now();
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      jobs.stored(
          ExampleJobs.draft("<script>pwned=true</script><img src=x onerror=pwned=true>").build(),
          "a-label-" + "that-goes-on-".repeat(18),
          now.minusSeconds(300),
          Duration.ofSeconds(130),
          "it's #1 & \"50% off\".mp4");
      jobs.stored(
          ExampleJobs.draft("x".repeat(200)).duration(Duration.ofSeconds(10)).build(),
          "",
          now.minusSeconds(200),
          Duration.ofSeconds(140),
          "sub/b.mp4");
      jobs.intended(ExampleJobs.draft("not yet").build(), "", now);
    }
    CommandRun.Result report = CommandRun.in(directory).run("report");
    assertThat(report.exit()).as(report.err()).isZero();
    Path around = Files.writeString(directory.resolve("around.html"), AROUND);

    String dom = dom(program, around);

    assertThat(dom.replaceFirst("(?s).*<pre id=\"seen\">([^<]*)</pre>.*", "$1").lines())
        .containsExactly(
            "lengths 10.04 5.04",
            "errors 0",
            "plots true true",
            "styled flex",
            "scrolls aside false",
            "scripts ran false");
  }

  private String dom(String program, Path page) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--allow-file-access-from-files", // for the one around, not for ours
                "--user-data-dir=" + directory.resolve("profile"),
                "--virtual-time-budget=20000",
                "--dump-dom",
                page.toUri().toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TMPDIR", directory.toString());
    Path dom = directory.resolve("dom.html");
    Process process =
        builder.redirectOutput(dom.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    } finally {
      List<ProcessHandle> all = process.descendants().toList();
      process.destroyForcibly().waitFor();
      all.forEach(ProcessHandle::destroyForcibly);
    }
    return Files.readString(dom, StandardCharsets.UTF_8);
  }

  private static String chromium() {
    Optional<Path> found =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        found.isPresent(), "chromium is not on the PATH; on Debian: apt-get install chromium");
    return found.get().toString();
  }
}
