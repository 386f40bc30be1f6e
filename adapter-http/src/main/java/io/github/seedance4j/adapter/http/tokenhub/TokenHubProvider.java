package io.github.seedance4j.adapter.http.tokenhub;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.ApiTransport;
import io.github.seedance4j.adapter.http.ClipDownloads;
import io.github.seedance4j.adapter.http.Exchange;
import io.github.seedance4j.adapter.http.Sha256;
import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Driven adapter: TokenHub's two endpoints, and downloads of what they make. Each create call goes
 * out once, whatever comes back. An answer about another task than the one asked for is not used.
 * Thread-safe.
 */
public final class TokenHubProvider implements VideoProvider, VideoFetcher {

  private static final String NAME = "TokenHub";
  private static final String GENERATIONS = "/videos/generations";

  private final ApiKey key;
  private final ProviderAccount account;
  private final ApiTransport api;
  private final ClipDownloads downloads;

  TokenHubProvider(ApiKey key, ApiTransport api) {
    this.key = key;
    this.account = new ProviderAccount(NAME, api.baseUrl(), key.fingerprint());
    this.api = api;
    this.downloads = api.downloads();
  }

  @Override
  public ProviderAccount account() {
    return account;
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.github.seedance4j.error.InvalidRequestException if it can't be written as JSON
   */
  @Override
  public Create prepare(GenerationRequest request) {
    byte[] json = TokenHubJson.write(request.draft().toMap());
    String digest = Sha256.of(json);
    return new Create() {
      @Override
      public String bodySha256() {
        return digest;
      }

      @Override
      public CreateReply send() {
        return reply(api.post(GENERATIONS, json));
      }
    };
  }

  @Override
  public VideoTask task(TaskId id) {
    Exchange exchange = api.get(GENERATIONS + "/" + segment(id));
    if (exchange instanceof Exchange.Broken broken) {
      throw new RetryLaterException(NAME + " gave no answer: " + broken.what(), null, null);
    }
    Exchange.Answered answer = (Exchange.Answered) exchange;
    if (answer.isSuccess()) {
      return task(id, answer);
    }
    ProviderFault fault =
        Faults.inAnswer(answer, key).orElseGet(() -> Faults.ofStatus(answer, key));
    String what = NAME + " answered " + answer.status() + ": " + fault.text();
    switch (answer.status()) {
      case 404 -> throw new NotFoundException("task " + id + ": " + what);
      case 401, 402, 403 -> throw new AccountException(what, fault);
      default -> throw new RetryLaterException(what, answer.retryAfter(), null);
    }
  }

  @Override
  public Clip fetch(String url, Path target, Consumer<JobEvent.Progress> progress)
      throws IOException {
    return downloads.fetch(url, target, progress);
  }

  @Override
  public void close() {
    downloads.close();
    api.close();
  }

  private CreateReply reply(Exchange exchange) {
    if (exchange instanceof Exchange.Broken broken) {
      return new CreateReply.Broken(broken.phase(), broken.what());
    }
    Exchange.Answered answer = (Exchange.Answered) exchange;
    int status = answer.status();
    @Nullable Duration retryAfter = answer.retryAfter();
    // whatever the status: an id beside a refusal is for the outcome table to judge
    TaskId id =
        TokenHubJson.readObject(answer.body())
            .map(body -> body.path("id"))
            .map(TaskAnswer::id)
            .orElse(null);
    if (answer.isSuccess()) {
      return new CreateReply.Answered(status, id, null, retryAfter);
    }
    return new CreateReply.Answered(
        status, id, Faults.inAnswer(answer, key).orElse(null), retryAfter);
  }

  private VideoTask task(TaskId asked, Exchange.Answered answer) {
    JsonNode body =
        TokenHubJson.readObject(answer.body())
            .orElseThrow(() -> unusable(asked, "no JSON that can be read", answer));
    TaskAnswer task = TaskAnswer.read(body, answer.requestId(), key);
    if (task.id() != null && !task.id().equals(asked)) {
      throw unusable(asked, "another task's state", answer);
    }
    if (task.state() == null) {
      throw unusable(asked, "no status", answer);
    }
    return new VideoTask(asked, task.state(), task.model(), task.created());
  }

  private static RetryLaterException unusable(TaskId id, String why, Exchange.Answered answer) {
    return new RetryLaterException(
        "task " + id + ": " + NAME + " answered " + answer.status() + " with " + why,
        answer.retryAfter(),
        null);
  }

  /** One segment of a path, whatever the id holds; "." and ".." too. */
  private static String segment(TaskId id) {
    boolean dots = id.value().chars().allMatch(c -> c == '.');
    StringBuilder segment = new StringBuilder();
    for (byte b : id.value().getBytes(StandardCharsets.US_ASCII)) {
      char c = (char) b;
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-_~".indexOf(c) >= 0
              || (c == '.' && !dots);
      if (plain) {
        segment.append(c);
      } else {
        segment.append(String.format("%%%02X", (int) c));
      }
    }
    return segment.toString();
  }
}
