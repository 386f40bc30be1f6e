package io.github.seedance4j.testkit;

import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.CreateReply.Phase;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Driven ports without HTTP: a {@link FakeTokenHub} in the same process, with its tasks, ledger,
 * faults and clips. Keeps to the same contracts as the adapters that speak HTTP. What hangs or
 * drips over a wire is broken at once here; only its own fake's links can be fetched. Thread-safe.
 */
public final class InMemoryProvider implements VideoProvider, VideoFetcher {

  private static final int FINGERPRINT_LENGTH = 12;

  private final String key;
  private final ProviderAccount account;
  private final WirelessLine line;
  private final InMemoryFetch fetch;
  private volatile boolean closed;

  InMemoryProvider(String key, URI baseUrl, WirelessLine line) {
    this.key = Objects.requireNonNull(key, "key");
    this.line = line;
    this.fetch = new InMemoryFetch(baseUrl, line);
    String digest = Digests.sha256(("in-memory:" + key).getBytes(StandardCharsets.UTF_8));
    this.account =
        new ProviderAccount(
            "FakeTokenHub", baseUrl.toString(), digest.substring(0, FINGERPRINT_LENGTH));
  }

  @Override
  public ProviderAccount account() {
    return account;
  }

  @Override
  public Create prepare(GenerationRequest request) {
    byte[] body = JsonWriter.write(request.draft().toMap()).getBytes(StandardCharsets.UTF_8);
    String digest = Digests.sha256(body);
    return new Create() {
      @Override
      public String bodySha256() {
        return digest;
      }

      @Override
      public CreateReply send() {
        return closed
            ? new CreateReply.Broken(Phase.CLOSED, "the provider is closed")
            : reply(line.create(key, body));
      }
    };
  }

  private CreateReply reply(WirelessLine.Heard heard) {
    if (heard instanceof WirelessLine.Refused) {
      return new CreateReply.Broken(Phase.CONNECT, "the fake refuses connections");
    }
    if (heard instanceof WirelessLine.Lost lost) {
      return new CreateReply.Broken(Phase.SENT, lost.why());
    }
    WirelessLine.Said said = (WirelessLine.Said) heard;
    boolean success = said.status() >= 200 && said.status() < 300;
    ProviderFault fault =
        success
            ? null
            : WireReading.fault(said.tree(), said.status(), said.requestId(), key).orElse(null);
    return new CreateReply.Answered(
        said.status(), WireReading.id(said.tree()), fault, retryAfter(said));
  }

  private @Nullable Duration retryAfter(WirelessLine.Said said) {
    return WireReading.retryAfter(said.header("Retry-After").orElse(null), line.now());
  }

  @Override
  public VideoTask task(TaskId id) {
    if (closed) {
      throw new RetryLaterException("the provider is closed", null, null);
    }
    WirelessLine.Heard heard = line.status(key, id.value());
    if (!(heard instanceof WirelessLine.Said said)) {
      throw new RetryLaterException(
          "task "
              + id
              + ": "
              + (heard instanceof WirelessLine.Lost lost ? lost.why() : "nobody listens"),
          null,
          null);
    }
    return said.status() == 200 ? task(id, said) : refused(id, said);
  }

  private VideoTask task(TaskId id, WirelessLine.Said said) {
    TaskState state = WireReading.state(said.tree(), said.requestId(), key).orElse(null);
    TaskId told = WireReading.id(said.tree());
    if (state == null || (told != null && !told.equals(id))) {
      throw new RetryLaterException(
          "task " + id + ": the answer makes no sense", retryAfter(said), null);
    }
    return new VideoTask(
        id, state, WireReading.text(said.tree().get("model")), WireReading.created(said.tree()));
  }

  private VideoTask refused(TaskId id, WirelessLine.Said said) {
    int status = said.status();
    ProviderFault fault =
        WireReading.fault(said.tree(), status, said.requestId(), key)
            .orElseGet(
                () ->
                    new ProviderFault(
                        WireReading.kind(status, null), null, null, said.requestId()));
    String what = "task " + id + ": status " + status + ": " + fault.text();
    switch (status) {
      case 404 -> throw new NotFoundException(what);
      case 401, 402, 403 -> throw new AccountException(what, fault);
      default -> throw new RetryLaterException(what, retryAfter(said), null);
    }
  }

  @Override
  public Clip fetch(String url, Path target, Consumer<JobEvent.Progress> progress)
      throws IOException {
    if (closed) {
      throw new RetryLaterException("the provider is closed", null, null);
    }
    return fetch.fetch(url, target, progress);
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "InMemoryProvider[" + account.baseUrl() + "]";
  }
}
