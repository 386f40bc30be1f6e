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
 * The provider inside the command, which has another address on each run: for the journal all of
 * them are one, so that what was made there is found again and never taken for anybody else's.
 */
final class OwnSandbox implements VideoProvider, VideoFetcher {

  static final ProviderAccount ACCOUNT =
      new ProviderAccount("TokenHub", Access.OWN_SANDBOX, "none");

  private final TokenHubProvider inside;

  OwnSandbox(TokenHubProvider inside) {
    this.inside = inside;
  }

  @Override
  public ProviderAccount account() {
    return ACCOUNT;
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
