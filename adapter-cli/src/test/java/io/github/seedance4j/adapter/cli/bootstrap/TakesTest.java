package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several clips of one request. */
class TakesTest {

  @TempDir Path directory;

  private CommandRun.Result run(FakeTokenHub hub, String... words) {
    return CommandRun.in(directory).against(hub).run(words);
  }

  @Test
  void agreesToThePriceOfAllAtOnce() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .answering("y\n")
              .run("generate", "a cat", "--takes", "3", "--480p", "-m", "fast");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out()).isEqualTo("cat-1.mp4\ncat-2.mp4\ncat-3.mp4\n");
      assertThat(run.err())
          .contains(
              "  price                 0.50 USD",
              "  3 takes               1.50 USD\n",
              "Spend 1.50 USD? [y/N] ",
              "3 of 3 stored; 1.52 USD spent.");
      assertThat(hub.ledger().charges()).hasSize(3);
      assertThat(directory.resolve("cat-3.mp4.json")).isRegularFile();
    }
  }

  @Test
  void comparesTheLimitWithTheSum() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result dear = run(hub, "generate", "x", "--takes", "2", "--max-cost", "1.99");

      assertThat(dear.exit()).isEqualTo(8);
      assertThat(dear.err())
          .contains("2 takes together may cost 2.00 USD, more than --max-cost 1.99");
      CommandRun.Result unasked = run(hub, "generate", "x", "--takes", "2");
      assertThat(unasked.exit()).isEqualTo(2);
      assertThat(unasked.err()).contains("--max-cost 2.00");
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  @Test
  void countsOnWhereNamesAreTaken() throws IOException {
    Files.writeString(directory.resolve("fox-2.mp4"), "somebody's");
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          run(hub, "generate", "x", "--takes", "2", "-y", "-o", "fox.mp4", "--json");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out().lines())
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).contains("\"end\":\"stored\"", "\"sha256\":"));
      assertThat(run.out()).contains("fox-3.mp4", "fox-4.mp4").doesNotContain("\"line\"");
      assertThat(directory.resolve("fox-2.mp4")).hasContent("somebody's");
    }
  }

  @Test
  void makesOtherTakesEachTime() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result first = run(hub, "generate", "a cat", "--takes", "2", "-y", "--json");
      String job = first.out().replaceAll("(?s).*?\"job\":\"(job-\\w+)\".*", "$1");

      CommandRun.Result second = run(hub, "again", job, "--takes", "2", "--label", "cats", "-y");

      assertThat(second.out()).isEqualTo("cat-3.mp4\ncat-4.mp4\n");
      assertThat(hub.ledger().charges()).hasSize(4);
      assertThat(run(hub, "jobs", "--label", "cats", "--json").out().lines()).hasSize(2);
    }
  }

  @Test
  void sendsNoMoreAfterAnUnknownOutcome() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      for (int i = 0; i < 6; i++) {
        hub.next().chargedThenReset();
      }

      CommandRun.Result run = run(hub, "generate", "a cat", "--takes", "6", "-y");

      assertThat(run.exit()).isEqualTo(7);
      assertThat(run.err()).contains("never sent again by itself", "seedance show job-");
      assertThat(hub.ledger().charges()).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void waitsForAllOfThem() {
    CommandRun.Result run =
        CommandRun.in(directory).run("generate", "x", "--takes", "2", "--no-wait", "-y");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--no-wait is for one clip");
  }
}
