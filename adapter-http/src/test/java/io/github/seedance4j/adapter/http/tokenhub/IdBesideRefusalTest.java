package io.github.seedance4j.adapter.http.tokenhub;

import static io.github.seedance4j.adapter.http.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.WireServer;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that refuses and names a task contradicts itself: there may be a charge. */
class IdBesideRefusalTest {

  @TempDir Path directory;

  private static WireServer refusing(int status) throws IOException {
    return WireServer.answering(
        answer(
            status,
            "Retry-After: 1\r\n",
            "{\"id\":\"cgt-1\",\"status\":\"queued\",\"error\":{\"message\":\"slow down\"}}"));
  }

  private static TokenHubProvider provider(WireServer server) {
    return TokenHub.provider(
        ApiKey.of("th-secret-987"), server.uri("/api/v1"), HttpOptions.standard());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 409, 429, 500, 502})
  void readsTheIdWhateverTheStatus(int status) throws IOException {
    try (WireServer server = refusing(status);
        TokenHubProvider provider = provider(server)) {
      CreateReply.Answered reply =
          (CreateReply.Answered) provider.prepare(Requests.prompt("a dog")).send();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.task()).isEqualTo(new TaskId("cgt-1"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 429, 502})
  void leavesItUnknownAndSendsOnce(int status) throws IOException {
    VirtualTime time = VirtualTime.at(Instant.parse("2026-11-22T12:00:00Z"));
    try (WireServer server = refusing(status);
        VideoGeneration videos =
            VideoGenerationService.builder()
                .provider(provider(server))
                .clipFiles(job -> directory.resolve(job.id() + ".mp4"))
                .executor(Runnable::run)
                .time(time)
                .build()) {
      Submission submission = videos.submit(Requests.prompt("a dog").draft());
      assertThat(submission).isInstanceOf(Submission.Unknown.class);
      Job job = ((Submission.Unknown) submission).job();
      time.advance(Duration.ofDays(1));
      Job later = videos.find(job.id()).orElseThrow();
      assertThat(later.state()).isEqualTo(JobState.UNKNOWN);
      assertThat(later.note()).contains("status " + status + " with task id cgt-1");
      assertThat(server.requests()).hasSize(1);
    }
  }
}
