package io.github.seedance4j.adapter.rest.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.FakeTokenHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionTest {

  @TempDir private Path folder;

  @Test
  void isNotReadyWhileTheJournalSaysNothingAtAll() {
    AtomicLong nanos = new AtomicLong();
    try (FakeTokenHub hub = FakeTokenHub.builder().start();
        VideoGeneration videos =
            VideoGenerationService.builder().provider(hub.provider("th-test")).build()) {
      Condition condition = new Condition(videos, new Room(folder, List.of(), 0), nanos::get);
      assertThat(condition.isReady()).isTrue();

      nanos.addAndGet(Duration.ofSeconds(15).toNanos()); // the look before has not come back
      assertThat(condition.isReady()).isFalse();
      assertThat(condition.ready()).contains("\"journal\":\"no answer\"");

      condition.look();
      assertThat(condition.isReady()).isTrue();
    }
  }
}
