package io.github.seedance4j.testkit.live;

import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.contract.Judgements;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What costs nothing and must hold before anything is paid for. The first that fails ends it: a
 * service that takes a wrong key, or knows a task that nobody made, is not the one that was meant.
 */
final class FreeChecks {

  static final TaskId NOBODYS = new TaskId("task-nobody-has-booked");

  /** No service takes it, and it is like no real one. */
  static final String WRONG_KEY = "sk-live-run-wr0ng-0123456789";

  private final Settings settings;
  private final Notebook notes;

  FreeChecks(Settings settings, Notebook notes) {
    this.settings = settings;
    this.notes = notes;
  }

  boolean hold(Desk desk, GenerationRequest request) {
    VideoProvider provider = desk.provider();
    return notes.judge(
            "the account tells provider, address and fingerprint, and not the key",
            () -> Judgements.account(provider.account(), settings.key()))
        && notes.judge(
            "a request is encoded to the same bytes each time, under their SHA-256",
            () -> {
              String digest = provider.prepare(request).bodySha256();
              Judgements.digest(digest);
              if (!digest.equals(provider.prepare(request).bodySha256())) {
                throw new AssertionError("two digests for one request");
              }
            })
        && blamesAWrongKey()
        && knowsNoUnknownTask(provider);
  }

  private boolean blamesAWrongKey() {
    try (Desk stranger = settings.opener().apply(WRONG_KEY)) {
      Throwable thrown = Notebook.thrownBy(() -> stranger.provider().task(NOBODYS));
      return judged("a wrong key is not accepted", "wrong_key", thrown, Judgements::wrongKey);
    }
  }

  private boolean knowsNoUnknownTask(VideoProvider provider) {
    Throwable thrown = Notebook.thrownBy(() -> provider.task(NOBODYS));
    return judged("an unknown task is not known", "unknown_task", thrown, Judgements::unknownTask);
  }

  private interface Judge {
    void of(@Nullable Throwable thrown);
  }

  /** Notes what the service said, whatever is judged of it. */
  private boolean judged(String rule, String name, @Nullable Throwable thrown, Judge judge) {
    String said = thrown == null ? "it was answered" : Objects.toString(thrown.getMessage(), "");
    if (thrown instanceof AccountException account && account.fault().isPresent()) {
      said += " [code " + account.fault().get().code() + ", " + account.fault().get().kind() + "]";
    }
    notes.see(name, notes.secrets().hidden(said));
    String seen = said;
    return notes.judge(
        rule,
        () -> {
          if (thrown instanceof RetryLaterException) {
            throw new AssertionError("no usable answer came, try again later: " + seen);
          }
          judge.of(thrown);
        });
  }
}
