package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.Capability.LOGS;
import static io.github.seedance4j.testkit.contract.Capability.REAL_WIRE;
import static io.github.seedance4j.testkit.contract.Capability.SCRIPTED_FAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.RecordedHead;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.fault.TaskFault.BadLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link is a secret, and may lead anywhere. */
interface FetcherLinkRules extends FetcherSource {

  @Test
  @DisplayName("F21 reads no file of this machine")
  default void readsNoFileOfThisMachine(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory)) {
      Path secret = Files.writeString(directory.resolve("secret.txt"), "secret");
      refused(trial, secret.toUri().toString());
      refused(trial, "file:///etc/passwd");
      refused(trial, "jar:" + secret.toUri() + "!/x");
      assertThat(trial.files()).containsExactly("secret.txt");
    }
  }

  @Test
  @DisplayName("F22 calls no private address")
  default void callsNoPrivateAddress(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory)) {
      for (String host :
          List.of(
              "169.254.169.254",
              "10.0.0.1",
              "192.168.1.1",
              "172.16.0.1",
              "100.64.0.1",
              "0.0.0.0",
              "[fd00::1]",
              "[fe80::1]",
              "[::ffff:10.0.0.1]")) {
        refused(trial, "http://" + host + "/clip.mp4");
      }
    }
  }

  @Test
  @DisplayName("F23 follows no redirect to a private address")
  default void followsNoRedirectToAPrivateAddress(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      refused(trial, bad(trial, BadLink.REDIRECT_TO_PRIVATE));
    }
  }

  @Test
  @DisplayName("F24 ends a loop of redirects")
  default void endsALoopOfRedirects(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      refused(trial, bad(trial, BadLink.LOOP));
      assertThat(trial.hub().requests().downloads()).as("requests").isBetween(1L, 30L);
    }
  }

  @Test
  @DisplayName("F25 gives up on what is no web address")
  default void givesUpOnWhatIsNoWebAddress(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory)) {
      for (String nonsense :
          List.of("", "clip", "http://", "http:///clip.mp4", "ftp://example.org/clip.mp4", "%%")) {
        refused(trial, nonsense);
      }
    }
  }

  @Test
  @DisplayName("F26 shows the file's host no credentials")
  default void showsTheFilesHostNoCredentials(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS, REAL_WIRE)) {
      trial.fetch(trial.link(trial.made()));

      List<RecordedHead> heads = trial.hub().requests().heads();
      assertThat(heads).hasSize(1);
      // their number only: what is in them is nobody's business
      assertThat(heads.get(0).values("Authorization").size()).as("Authorization").isZero();
      assertThat(heads.get(0).values("Cookie").size()).as("Cookie").isZero();
      heads
          .get(0)
          .headers()
          .forEach(
              header ->
                  Judgements.withoutSecret(
                      header.getKey(), header.getValue(), trial.subject.key()));
    }
  }

  @Test
  @DisplayName("F27 keeps the link out of every message")
  default void keepsTheLinkOutOfEveryMessage(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      String dead = trial.link(trial.made(new FileFault.KillsLink(true)));
      withoutLink(trial.refuses(dead, LinkExpiredException.class), dead);
      String cut = trial.link(trial.made(new FileFault.CutsFile(20)));
      withoutLink(trial.refuses(cut, RetryLaterException.class), cut);
      String torn = trial.link(trial.made(new FileFault.ShortensFile()));
      withoutLink(trial.refuses(torn, GiveUpException.class), torn);
      String odd = "http://exa mple.org/clip.mp4?sig=5ecret-0123456789";
      withoutLink(trial.refuses(odd, GiveUpException.class), odd);
      String gone = trial.link(trial.made());
      trial.away();
      withoutLink(trial.refuses(gone, RetryLaterException.class), gone);
    }
  }

  @Test
  @DisplayName("F28 keeps the link out of the logs")
  default void keepsTheLinkOutOfTheLogs(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS, LOGS)) {
      TaskId task = trial.made(new FileFault.CutsFile(1));
      String link = trial.link(task);
      trial.fetchFailing(link);
      trial.fetch(link);
      String dead = trial.link(trial.made(new FileFault.KillsLink(true)));
      trial.fetchFailing(dead);

      Judgements.withoutSecret("the log", trial.subject.log(), signature(link));
      Judgements.withoutSecret("the log", trial.subject.log(), signature(dead));
    }
  }

  private static void refused(FetchTrial trial, String link) {
    trial.refuses(link, GiveUpException.class);
  }

  private static String bad(FetchTrial trial, BadLink kind) {
    return trial.link(trial.made(new TaskFault.GivesBadLink(kind)));
  }

  private static void withoutLink(Throwable thrown, String link) {
    Judgements.withoutSecret(thrown, signature(link));
  }

  /** What gives the clip away: the rest of a link is no secret. */
  private static String signature(String link) {
    return link.substring(link.indexOf("sig=") + "sig=".length());
  }
}
