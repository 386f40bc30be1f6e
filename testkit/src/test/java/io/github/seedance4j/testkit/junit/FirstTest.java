package io.github.seedance4j.testkit.junit;

import static io.github.seedance4j.testkit.assertion.LedgerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.testkit.FakeTokenHub;
import org.junit.jupiter.api.Test;

/** The first test of docs/testing.md, as it stands there. */
@WithTokenHub
class FirstTest {

  private static final GenerationDraft CAT =
      GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt("a cat").build();

  @Test
  void neverSendsAgainWhenTheReplyIsLost(FakeTokenHub hub, VideoGeneration videos) {
    hub.next().chargedThenReset();

    Submission submission = videos.submit(CAT);

    assertThat(submission).isInstanceOf(Submission.Unknown.class);
    assertThat(hub.ledger()).chargedExactlyOnce(((Submission.Unknown) submission).job());
  }
}
