package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.http.tokenhub.TokenHubProvider;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A provider that costs nothing and has another address on each run, inside the command or beside a
 * gateway: the journal knows it by a name, so that what was made there is found again and never
 * taken for anybody else's.
 */
final class OwnSandbox implements VideoProvider, VideoFetcher {

  static final ProviderAccount ACCOUNT =
      new ProviderAccount("TokenHub", Access.OWN_SANDBOX, "none");

  private final TokenHubProvider inside;

  private final ProviderAccount account;

  /** The one inside the command: all of them are one. */
  OwnSandbox(TokenHubProvider inside) {
    this(inside, ACCOUNT);
  }

  OwnSandbox(TokenHubProvider inside, ProviderAccount account) {
    this.inside = inside;
    this.account = account;
  }

  /** One beside a gateway, whose next life knows nothing of this one's tasks. */
  static ProviderAccount ofGateway(String life) {
    return new ProviderAccount("TokenHub", Access.GATEWAY_SANDBOX, life);
  }

  @Override
  public ProviderAccount account() {
    return account;
  }

  @Override
  public Create prepare(GenerationRequest request) {
    return inside.prepare(request);
  }

  @Override
  public VideoTask task(TaskId id) {
    return inside.task(id);
  }

  @Override
  public Clip fetch(String url, Path target, Consumer<JobEvent.Progress> progress)
      throws IOException {
    return inside.fetch(url, target, progress);
  }

  @Override
  public void close() {
    inside.close();
  }
}
