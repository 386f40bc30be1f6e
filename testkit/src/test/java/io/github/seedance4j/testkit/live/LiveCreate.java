package io.github.seedance4j.testkit.live;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.port.out.VideoProvider;

/** A create under a digest of a test's choice, with something that happens before it is sent. */
record LiveCreate(String bodySha256, VideoProvider.Create real, Runnable before)
    implements VideoProvider.Create {

  LiveCreate(String bodySha256, VideoProvider.Create real) {
    this(bodySha256, real, () -> {});
  }

  @Override
  public CreateReply send() {
    before.run();
    return real.send();
  }
}
