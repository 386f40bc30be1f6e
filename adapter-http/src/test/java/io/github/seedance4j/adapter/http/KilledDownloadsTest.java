package io.github.seedance4j.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.DownloadProcess.Step;
import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.adapter.http.tokenhub.TokenHubProvider;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.generate.Seeds;
import io.github.seedance4j.testkit.standalone.HubProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they download, and others that go on; or meet. */
class KilledDownloadsTest {

  /** How often; the profile {@code ci} asks for 100. */
  private static final int KILLS = Integer.getInteger("seedance4j.kills", 10);

  private static final Duration DRIP = Duration.ofNanos(1);

  @TempDir Path directory;

  @Test
  @Tag("ci")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void leavesNothingPartialUnderTheFinalNameHoweverOftenItIsKilled() throws Exception {
    Random random = Seeds.random("kills");
    Map<Step, Integer> stopped = new EnumMap<>(Step.class);
    try (HubProcess hub = HubProcess.start();
        TokenHubProvider provider = provider(hub)) {
      DownloadProcess next = DownloadProcess.start();
      try {
        int kills = 0;
        for (int number = 1; kills < KILLS; number++) {
          TaskId task = book(provider, number);
          byte[] made = made(hub, task);
          Path target = Files.createDirectory(directory.resolve("" + number)).resolve("clip.mp4");
          hub.task(task.value(), new FileFault.DripsFile(2 + random.nextInt(2), DRIP));
          boolean done = false;
          while (!done) {
            DownloadProcess process = next;
            next = DownloadProcess.start(); // warms up while the other one works
            Step step = kills < KILLS ? draw(random) : Step.NONE;
            int count = step == Step.WRITE ? 1 + random.nextInt(40) : 1 + random.nextInt(2);
            process.fetch(link(provider, task), target, step, count);
            boolean atOnce = step == Step.NONE && kills < KILLS;
            String said = "";
            if (!atOnce || process.saysWithin(Duration.ofMillis(random.nextInt(1_500)))) {
              said = process.says();
            }
            if (said.startsWith("done")) {
              assertThat(said).endsWith(" " + DownloadFixture.sha256(made));
              done = true;
              process.close();
            } else {
              assertThat(said).as(story(number, step, count)).isIn("", "step");
              process.kill();
              kills++;
              stopped.merge(step, 1, Integer::sum);
            }
            judge(target, made, done, story(number, step, count));
          }
        }
      } finally {
        next.close();
      }
    }
    System.out.println("killed at " + stopped + ", -D" + Seeds.PROPERTY + "=" + Seeds.seed());
  }

  /** In the midst of it, and as often in those last steps that take but a moment. */
  private static Step draw(Random random) {
    Step[] all = Step.values();
    return random.nextInt(3) == 0 ? Step.NONE : all[random.nextInt(all.length)];
  }

  private static String story(int number, Step step, int count) {
    return "-D%s=%d, clip %d, %s %d".formatted(Seeds.PROPERTY, Seeds.seed(), number, step, count);
  }

  private static void judge(Path target, byte[] made, boolean done, String story)
      throws IOException {
    List<String> names;
    try (Stream<Path> files = Files.list(target.getParent())) {
      names = files.map(file -> String.valueOf(file.getFileName())).toList();
    }
    assertThat(names).as(story).allMatch(name -> name.startsWith("clip.mp4"));
    assertThat(names).as(story).noneMatch(name -> name.contains("-1"));
    if (done || Files.exists(target)) {
      assertThat(Files.readAllBytes(target)).as(story).isEqualTo(made);
    }
    if (done) {
      assertThat(names).as(story).containsExactly("clip.mp4");
    }
  }

  @Test
  void letsOneProcessAtATimeDownloadToATarget() throws Exception {
    try (HubProcess hub = HubProcess.start();
        TokenHubProvider provider = provider(hub);
        DownloadProcess first = DownloadProcess.start();
        DownloadProcess second = DownloadProcess.start()) {
      TaskId mine = book(provider, 1);
      TaskId other = book(provider, 2);
      Path target = directory.resolve("clip.mp4");
      first.fetch(link(provider, mine), target, Step.FORCE, 1); // all is there but its name
      assertThat(first.says()).isEqualTo("step");
      for (TaskId task : List.of(mine, other)) {
        second.fetch(link(provider, task), target, Step.NONE, 1);
        assertThat(second.says())
            .isEqualTo(
                "failed RetryLaterException: " + target + " is being downloaded by somebody else");
      }
      assertThat(target).doesNotExist();
      first.kill();
      second.fetch(link(provider, mine), target, Step.NONE, 1);
      String digest = DownloadFixture.sha256(made(hub, mine));
      assertThat(second.says()).isEqualTo("done " + target + " " + digest);
      assertThat(directory.toFile().list()).containsExactly("clip.mp4");

      second.fetch(link(provider, other), target, Step.NONE, 1); // another clip, another name
      assertThat(second.says())
          .isEqualTo(
              "done "
                  + directory.resolve("clip-1.mp4")
                  + " "
                  + DownloadFixture.sha256(made(hub, other)));
      assertThat(DownloadFixture.sha256(Files.readAllBytes(target))).isEqualTo(digest);
    }
  }

  /** The name is there, the part is not removed yet: the next one must not touch the clip. */
  @Test
  void leavesAClipAloneThatAKilledProcessHasJustNamed() throws Exception {
    try (HubProcess hub = HubProcess.start();
        TokenHubProvider provider = provider(hub);
        DownloadProcess first = DownloadProcess.start();
        DownloadProcess second = DownloadProcess.start()) {
      TaskId task = book(provider, 1);
      byte[] made = made(hub, task);
      Path target = directory.resolve("clip.mp4");
      first.fetch(link(provider, task), target, Step.SYNC_DIRECTORY, 1);
      assertThat(first.says()).isEqualTo("step");
      first.kill();
      assertThat(directory.toFile().list()).contains("clip.mp4", "clip.mp4.part");
      second.fetch(link(provider, task), target, Step.WRITE, 1);
      assertThat(second.says()).isEqualTo("step");
      second.kill();
      assertThat(target).hasBinaryContent(made);
    }
  }

  private static TokenHubProvider provider(HubProcess hub) {
    HttpOptions options = HttpOptions.builder().allowLoopback(true).build();
    return TokenHub.provider(ApiKey.of("th-fake"), hub.baseUrl(), options);
  }

  private static TaskId book(TokenHubProvider provider, int number) {
    GenerationDraft draft =
        GenerationDraft.builder()
            .model(ModelId.SEEDANCE_2_0)
            .prompt("dog " + number)
            .resolution(Resolution.P720)
            .duration(Duration.ofSeconds(15))
            .build();
    return ((CreateReply.Answered)
            provider
                .prepare(
                    RequestRules.of(ModelCatalog.tokenHub()).judge(draft).request().orElseThrow())
                .send())
        .task();
  }

  private static String link(TokenHubProvider provider, TaskId task) {
    return ((TaskState.Succeeded) provider.task(task).state()).video().url();
  }

  /** The provider's own copy, past all that a download meets with. */
  private static byte[] made(HubProcess hub, TaskId task) throws IOException {
    try (InputStream in =
        hub.baseUrl().resolve("/_fake/clips/" + task.value() + ".mp4").toURL().openStream()) {
      return in.readAllBytes();
    }
  }
}
