package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Stands where a provider would, for those who only look at a journal: no job is its own. */
final class Nobody implements VideoProvider, VideoFetcher {

  @Override
  public ProviderAccount account() {
    return new ProviderAccount("nobody", "nowhere:", "none");
  }

  @Override
  public Create prepare(GenerationRequest request) {
    throw noProvider();
  }

  @Override
  public VideoTask task(TaskId id) {
    throw noProvider();
  }

  @Override
  public Clip fetch(String url, Path target, Consumer<JobEvent.Progress> progress) {
    throw noProvider();
  }

  private static RetryLaterException noProvider() {
    return new RetryLaterException("this command calls no provider", null, null);
  }
}
