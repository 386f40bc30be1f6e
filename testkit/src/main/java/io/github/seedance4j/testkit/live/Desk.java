package io.github.seedance4j.testkit.live;

import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;

/** Both ports of one provider, opened with one key. */
record Desk(VideoProvider provider, VideoFetcher fetcher) implements AutoCloseable {
  @Override
  public void close() {
    provider.close();
  }
}
