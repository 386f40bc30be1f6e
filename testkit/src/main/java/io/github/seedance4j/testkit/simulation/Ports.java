package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.port.out.ClipStore;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Tariff;
import java.util.function.Consumer;

/** What one instance of the service stands on: where a planted bug gets in between. */
record Ports(
    JobJournal journal,
    VideoProvider provider,
    VideoFetcher fetcher,
    ClipStore clips,
    Consumer<JobEvent> listener,
    Tariff tariff) {

  Ports with(JobJournal other) {
    return new Ports(other, provider, fetcher, clips, listener, tariff);
  }

  Ports with(VideoProvider other) {
    return new Ports(journal, other, fetcher, clips, listener, tariff);
  }

  Ports with(VideoFetcher other) {
    return new Ports(journal, provider, other, clips, listener, tariff);
  }

  Ports with(Consumer<JobEvent> other) {
    return new Ports(journal, provider, fetcher, clips, other, tariff);
  }

  Ports with(Tariff other) {
    return new Ports(journal, provider, fetcher, clips, listener, other);
  }
}
