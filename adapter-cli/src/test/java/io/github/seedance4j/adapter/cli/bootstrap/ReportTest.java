package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of clips: what stands in it, where it goes, and what it leaves alone. */
class ReportTest {

  private static final Instant NOW = Instant.now();
  private static final String HOSTILE =
      "</p><script>alert(1)</script><img src=x onerror='alert(2)'>\" onload=\"alert(3) &lt;b&gt;\7";

  private static final String A_PICTURE = "https://a.example/x/cat.png";

  @TempDir Path directory;

  private CommandRun.Result run(String... args) {
    return CommandRun.in(directory).run(args);
  }

  private String page(String... args) throws IOException {
    CommandRun.Result run = run(args);
    assertThat(run.exit()).as(run.err()).isZero();
    return Files.readString(directory.resolve(run.out().strip()));
  }

  @Test
  void showsWhatARunMade() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.in(directory).against(hub).run("generate", "a cat", "--yes", "-o", "cat.mp4");
      CommandRun.Result report = CommandRun.in(directory).against(hub).run("report");

      assertThat(report.out()).as(report.err()).isEqualTo("report.html\n");
    }
    assertThat(Files.readString(directory.resolve("report.html")))
        .contains(
            "<video controls=\"\" preload=\"metadata\" playsinline=\"\" src=\"cat.mp4\"",
            ">a cat</p>",
            "standard · 720p · 5.04 s",
            "<b>1.01 USD</b> <span class=\"quiet\">quoted 1.00 USD</span>",
            "+0.8 %",
            "<svg viewBox=",
            "One job ended; half of them within ")
        .doesNotContain(directory.toString(), "th-test-secret", "http://");
  }

  @Test
  void letsNoMarkupThroughWhereverItComesFrom() throws IOException {
    String name = "a'\"><script>&#.%3c?.mp4";
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      jobs.stored(ExampleJobs.draft(HOSTILE).build(), HOSTILE, NOW, Duration.ofSeconds(9), name);
      jobs.failed(
          ExampleJobs.draft(HOSTILE.repeat(5)).build(),
          HOSTILE,
          NOW,
          Duration.ofSeconds(9),
          new ProviderFault(ProviderFault.Kind.OTHER, HOSTILE, HOSTILE, HOSTILE));
    }

    String page = page("report", "--label", HOSTILE);

    Matcher tags = Pattern.compile("<[^>]*>").matcher(page);
    while (tags.find()) {
      assertThat(tags.group())
          .matches(
              "<(/?(html|head|body|header|main|footer|section|article|div|p|h1|h2|h3|dl|dt|dd|ul|li"
                  + "|span|b|bdi|a|code|time|title|style|meta|details|summary|figure|figcaption"
                  + "|svg|desc|path|rect|circle|text|video)( (?!on|style)[a-zA-Z-]+=\"[^\"<>]*\")*"
                  + "|!DOCTYPE html|!-- made by [^<>]* --)>");
    }
    assertThat(page)
        .contains(
            "&lt;script&gt;alert(1)",
            "&amp;lt;b&amp;gt;",
            "src=\"a%27%22%3E%3Cscript%3E%26%23.%253c%3F.mp4\"")
        .doesNotContain("\7");
  }

  @Test
  void takesNoFileNameForAnAddress() throws IOException {
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      jobs.stored(
          ExampleJobs.draft("a").build(), "", NOW, Duration.ZERO, "javascript:alert(1).mp4");
      jobs.stored(ExampleJobs.draft("b").build(), "", NOW, Duration.ZERO, "sub/élan vital.mp4");
    }

    assertThat(page("report"))
        .contains("src=\"javascript%3Aalert%281%29.mp4\"", "src=\"sub/%C3%A9lan%20vital.mp4\"");
  }

  @Test
  void forbidsScriptsAndForeignResourcesInItself() throws IOException {
    String page = page("report");

    assertThat(page)
        .containsPattern(
            "Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src"
                + " &#39;sha256-[A-Za-z0-9+/]{43}=&#39;; media-src &#39;self&#39; file:; base-uri")
        .doesNotContain("<script", "http://", "https://", "@import", "url(");
  }

  @Test
  void saysWhatToDoWhereNothingWasMadeYet() throws IOException {
    assertThat(page("report"))
        .contains(
            "Nothing to show yet", "Make a first clip.", "<span>report</span> <span>--sandbox<")
        .doesNotContain("<svg", "<dl");
    assertThat(directory.resolve("state")).doesNotExist();
    run("generate", "a dog", "--sandbox"); // as it says
    assertThat(page("report", "--sandbox"))
        .contains(">a dog</p>", "<video", ">Clips and costs (sandbox: no real money)</h1>");
    assertThat(page("report", "--label", "nobody")).contains("There is no job like that.");
  }

  @Test
  void givesTheWaysOutOfAnUnknownOutcome() throws IOException {
    String id;
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      Job job = jobs.intended(ExampleJobs.draft("a boat").build(), "", NOW);
      id = job.id().value();
      jobs.next(job.change().state(JobState.UNKNOWN, NOW).note("SocketException: reset"));
    }

    assertThat(page("report").replaceAll("</?span>", ""))
        .contains(
            "Nobody knows whether this was made",
            "1.01 USD held",
            "the connection broke before an answer came",
            "seedance resolve " + id + " --attach TASK</code>",
            "seedance resolve " + id + " --lost</code>",
            "seedance settle " + id + " --charged 0.00</code>",
            "seedance resolve " + id + " --resubmit --accept-second-charge</code>",
            "One outcome is unknown and may have been charged");
  }

  @Test
  void tellsWhyAJobFailedAndThatItsCostIsNotConfirmed() throws IOException {
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      jobs.failed(
          ExampleJobs.draft("a star").build(),
          "",
          NOW,
          Duration.ofSeconds(5),
          new ProviderFault(ProviderFault.Kind.REAL_PERSON, "E1", "no faces", null));
    }

    assertThat(page("report"))
        .contains("at most 1.01 USD", "no faces (E1) – A real person", "1.01 unconfirmed");
  }

  @Test
  void saysThatAClipIsGone() throws IOException {
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      jobs.stored(ExampleJobs.draft("a").build(), "", NOW, Duration.ZERO, "a.mp4");
    }
    Files.delete(directory.resolve("a.mp4"));

    assertThat(page("report").replaceAll("</?span>", ""))
        .contains("The clip is not where it was put", "seedance download job-")
        .doesNotContain("<video");
  }

  @Test
  void drawsTheCapAsALineAndBeginsAgainWithEachPeriod() throws IOException {
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      jobs.cap(Budget.perDay(Money.usd("3")));
      Duration day = Duration.ofDays(1);
      for (int i = 0; i < 3; i++) {
        Instant at = NOW.minus(day.multipliedBy(2 - i)).minusSeconds(1);
        jobs.stored(ExampleJobs.draft("a" + i).build(), "", at, Duration.ZERO, i + ".mp4");
      }
    }

    String page = page("report");

    assertThat(page)
        .contains("Spending within each day", "cap 3.00", "; the cap is 3.00 USD per day.");
    String edge = page.replaceFirst("(?s).*class=\"edge\" d=\"([^\"]*)\".*", "$1");
    assertThat(edge.split("L[0-9.]+ 180\\.0", -1)).as(edge).hasSizeGreaterThan(2);
  }

  @Test
  void showsTheNewestAndCountsTheRest() throws IOException {
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      for (int i = 0; i < 3; i++) {
        Instant at = NOW.minusSeconds(100L - i);
        jobs.stored(ExampleJobs.draft("a" + i).build(), "", at, Duration.ZERO, i + ".mp4");
      }
    }

    assertThat(page("report", "--limit", "1"))
        .contains("3 jobs, ", "<b>1.01 USD</b>", ">a2</p>", "And 2 older, which count above")
        .doesNotContain(">a1</p>");
  }

  @Test
  void showsOnlyWhatWasAgreedToSinceThen() throws IOException {
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      Instant old = NOW.minus(Duration.ofDays(3));
      jobs.stored(ExampleJobs.draft("old").build(), "", old, Duration.ZERO, "old.mp4");
      jobs.stored(ExampleJobs.draft("new").build(), "", NOW, Duration.ZERO, "new.mp4");
    }

    // what was spent before still stands below the curve's beginning
    assertThat(page("report", "--since", "1d"))
        .contains(">new</p>", "One job, ", "2.02 USD counted")
        .doesNotContain(">old</p>");
  }

  @Test
  void goesWhereTheClipsAre() throws IOException {
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      jobs.stored(ExampleJobs.draft("a").build(), "x", NOW, Duration.ZERO, "out/a.mp4");
      jobs.stored(ExampleJobs.draft("b").build(), "x", NOW, Duration.ZERO, "out/more/b.mp4");
      jobs.stored(ExampleJobs.draft("c").build(), "y", NOW, Duration.ZERO, "other/c.mp4");
    }

    assertThat(run("report", "--label", "x").out()).isEqualTo("out/report.html\n");
    assertThat(run("report").out()).isEqualTo("report.html\n");
    assertThat(run("report", "--out", "other").out()).isEqualTo("other/report.html\n");
    assertThat(Files.readString(directory.resolve("other/report.html")))
        .contains(
            "src=\"../out/more/b.mp4\"", "src=\"c.mp4\"", "2 clips lie outside this page&#39;s");
    assertThat(run("report", "--json", "-o", "p.html").out())
        .isEqualTo(
            "{\"file\":\""
                + directory.resolve("p.html").toAbsolutePath()
                + "\",\"jobs\":3,\"clips\":3,\"exit\":0}\n");
  }

  @Test
  void overwritesNothingButAReport() throws IOException {
    Path file = directory.resolve("report.html");
    assertThat(run("report").exit()).isZero();
    assertThat(run("report").exit()).as("a second time").isZero();
    Files.writeString(file, "<!DOCTYPE html>mine");

    CommandRun.Result refused = run("report");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains("--out: report.html is there already, and is no report; ", "--force");
    assertThat(file).hasContent("<!DOCTYPE html>mine");
    assertThat(run("report", "--force").exit()).isZero();
    assertThat(Files.readString(file)).contains("made by 'seedance report'");
  }

  @Test
  void followsNoLinkToAFileElsewhere() throws IOException {
    Path other = Files.writeString(directory.resolve("other.html"), "mine");
    Files.createSymbolicLink(directory.resolve("report.html"), other);

    assertThat(run("report").exit()).isEqualTo(2);
    assertThat(run("report", "--force").exit()).isZero();
    assertThat(other).hasContent("mine");
  }

  @Test
  void leavesNothingBehindWhereItCantWrite() throws IOException {
    Files.createDirectories(directory.resolve("taken/report.html/full"));

    CommandRun.Result run = run("report", "--force", "--out", "taken/report.html");

    assertThat(run.exit()).as(run.err()).isZero(); // a directory: into it
    Files.createDirectories(directory.resolve("t/report.html/full"));
    CommandRun.Result refused = run("report", "--force", "--out", "t");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("can't write t/report.html: ");
    try (Stream<Path> left = Files.list(directory.resolve("t"))) {
      assertThat(left).containsExactly(directory.resolve("t/report.html"));
    }
    assertThat(run("report", "--out", "no/such.html").err())
        .contains("--out: there is no directory for 'no/such.html'");
  }

  @Test
  void callsClipsByTheirNamesAndKeepsTakesTogether() throws IOException {
    Files.writeString(
        directory.resolve("shots.jsonl"),
        """
        {"id":"opening","model":"fast","prompt":"a door opens","duration":4}
        """);
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.in(directory)
          .against(hub)
          .run("generate", "a cat", "--takes", "3", "-y", "--image", A_PICTURE + "?sig=secret");
      CommandRun.in(directory)
          .against(hub)
          .run("batch", "shots.jsonl", "--out-dir", "out", "--budget", "9");
      CommandRun.Result report = CommandRun.in(directory).against(hub).run("report");
      assertThat(report.err()).contains("Open it in a browser; --open does.\n");
      assertThat(
              CommandRun.in(directory)
                  .against(hub)
                  .set("PATH", directory.toString())
                  .run("report", "--open")
                  .err())
          .contains("Nothing here opens it by itself");
    }

    String page = Files.readString(directory.resolve("report.html"));
    assertThat(page)
        .contains(
            "<p class=\"name\"><bdi>opening.mp4</bdi> <span class=\"quiet\">opening</span></p>",
            " · from cat.png</p>")
        .doesNotContain("secret", "a.example");
    assertThat(
            page.replaceAll(
                "(?s).*?<bdi>(cat-\\d.mp4)</bdi> <span class=\"quiet\">(take \\d)<", "$1 $2 "))
        .startsWith("cat-1.mp4 take 1 cat-2.mp4 take 2 cat-3.mp4 take 3 ");
  }

  @Test
  void saysByHowMuchACapIsPassed() throws IOException {
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      jobs.stored(ExampleJobs.draft("x").build(), "", Instant.now(), Duration.ZERO, "x.mp4");
      jobs.cap(Budget.perMonth(Money.usd("0.50")));
    }

    assertThat(page("report"))
        .containsPattern("Over the cap</dt>\\s*<dd[^>]*>0\\.51 USD<")
        .doesNotContain("Left under", "-0.5");
  }
}
