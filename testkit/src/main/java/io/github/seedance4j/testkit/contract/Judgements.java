package io.github.seedance4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.JobEvent.Progress;
import io.github.seedance4j.job.OutcomeTable;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.SubmissionOutcome;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rules as judgements of what was observed, for runs that have no fake to order an observation
 * from: the live run makes one clip and judges all it saw of it. Each throws an {@link
 * AssertionError} that says what is wrong.
 */
public final class Judgements {

  /** Stands for a secret where a text is told. */
  static final String BLOT = "[secret]";

  private static final int DIGEST_DIGITS = 64;
  private static final int EXCERPT = 100;

  /** A key that is drawn has four characters of a digest by chance, and hardly ever eight. */
  private static final int SHARED_BY_CHANCE = 7;

  private Judgements() {}

  /** P01: names provider, address and fingerprint, and not the key, nor much of it. */
  public static void account(ProviderAccount account, String key) {
    assertThat(account.provider()).as("the account's provider").isNotBlank();
    assertThat(account.baseUrl()).as("the account's base URL").startsWith("http");
    assertThat(account.fingerprint()).as("the account's fingerprint").isNotBlank();
    withoutSecret("the account", account.toString(), key);
    fingerprint(account.fingerprint(), key, SHARED_BY_CHANCE);
  }

  /** The fingerprint is no part of the key, and shares no more with it than that. */
  static void fingerprint(String fingerprint, String key, int most) {
    String print = fingerprint.toLowerCase(Locale.ROOT);
    String secret = key.toLowerCase(Locale.ROOT);
    if (secret.contains(print)) {
      throw new AssertionError(
          "the account's fingerprint is a part of the key, "
              + print.length()
              + " characters of it");
    }
    for (int at = 0; at + most < secret.length(); at++) {
      if (print.contains(secret.substring(at, at + most + 1))) {
        throw new AssertionError(
            "the account's fingerprint contains a part of the key, "
                + (most + 1)
                + " characters or more: take a digest's");
      }
    }
  }

  /** P04, P06: lower-case hex of SHA-256. */
  public static void digest(String digest) {
    assertThat(digest).as("the digest of the body").hasSize(DIGEST_DIGITS).matches("[0-9a-f]+");
  }

  /** What the standard table makes of it. */
  public static SubmissionOutcome outcome(CreateReply reply) {
    return OutcomeTable.standard().classify(reply);
  }

  /** P18: there is a task, which is returned. */
  public static TaskId submitted(CreateReply reply) {
    SubmissionOutcome outcome = outcome(reply);
    assertThat(outcome)
        .as("the outcome of %s", reply)
        .isInstanceOf(SubmissionOutcome.Submitted.class);
    return ((SubmissionOutcome.Submitted) outcome).task();
  }

  /** Nobody can know whether there is a task. */
  public static void unknown(CreateReply reply) {
    assertThat(outcome(reply))
        .as("the outcome of %s", reply)
        .isInstanceOf(SubmissionOutcome.Unknown.class);
  }

  /** Unknown, or the task that there is: an answer in disorder may still be read. */
  public static void unknownOrSubmitted(CreateReply reply, TaskId task) {
    if (!outcome(reply).equals(new SubmissionOutcome.Submitted(task))) {
      unknown(reply);
    }
  }

  /** P37: the key is not accepted. */
  public static void wrongKey(@Nullable Throwable thrown) {
    assertThat(thrown).as("asking with a wrong key").isInstanceOf(AccountException.class);
  }

  /** P38: the provider does not know the task. */
  public static void unknownTask(@Nullable Throwable thrown) {
    assertThat(thrown).as("asking for an unknown task").isInstanceOf(NotFoundException.class);
  }

  /** P39: it is about the task, and every state but the last is of a task that goes on. */
  public static void course(TaskId asked, List<VideoTask> seen) {
    assertThat(seen).as("what was seen of %s", asked).isNotEmpty();
    assertThat(seen).extracting(VideoTask::id).containsOnly(asked);
    for (VideoTask each : seen.subList(0, seen.size() - 1)) {
      assertThat(each.state().isFinal()).as("%s ends the task", each.state()).isFalse();
    }
  }

  /** P40: it succeeded, with a link that its own text leaves out; which video is returned. */
  public static GeneratedVideo succeeded(VideoTask task) {
    assertThat(task.state()).as("the state").isInstanceOf(TaskState.Succeeded.class);
    GeneratedVideo video = ((TaskState.Succeeded) task.state()).video();
    assertThat(video.url()).as("the link").isNotBlank();
    withoutSecret("the task's text", task.toString(), String.valueOf(video.url()));
    return video;
  }

  /** F01: the clip is a whole file, just as it is described. */
  public static void whole(Clip clip) throws IOException {
    assertThat(clip.path()).as("the clip").isRegularFile();
    assertThat(Files.size(clip.path())).as("the clip's size").isEqualTo(clip.bytes()).isPositive();
    assertThat(sha256(clip.path())).as("the clip's SHA-256").isEqualTo(clip.sha256());
    assertThat(clip.length().seconds()).as("the clip's length").isPositive();
  }

  /** F06: told in order, never beyond the clip's size, and in the end just that. */
  public static void progress(List<Progress> told, long bytes) {
    assertThat(told).as("what was told of the download").isNotEmpty();
    long before = 0;
    for (Progress each : told) {
      assertThat(each.bytes()).as("progress").isBetween(before, bytes);
      if (each.total() != null) {
        assertThat(each.total()).as("the size told").isEqualTo(bytes);
      }
      before = each.bytes();
    }
    assertThat(before).as("the last progress told").isEqualTo(bytes);
  }

  /** A secret is nowhere in what can be read. */
  public static void withoutSecret(String what, String text, String secret) {
    // not assertThat(text).doesNotContain(secret), which would print it
    int at = text.indexOf(secret);
    if (at >= 0) {
      String blotted = text.replace(secret, BLOT);
      int from = Math.max(0, at - EXCERPT);
      int to = Math.min(blotted.length(), at + BLOT.length() + EXCERPT);
      throw new AssertionError(
          what
              + " tells the secret: "
              + (from > 0 ? "…" : "")
              + blotted.substring(from, to)
              + (to < blotted.length() ? "…" : ""));
    }
  }

  /** The same for an exception with all its causes, as a log would show them. */
  public static void withoutSecret(Throwable thrown, String secret) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      withoutSecret(each.getClass().getSimpleName(), each.toString(), secret);
    }
  }

  static String sha256(Path file) throws IOException {
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    }
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
