package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.ledger.LedgerBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger judges, so nothing that a client does may harm it. */
class LedgerTroubleTest {

  private static final GenerationRequest CAT =
      RequestRules.of(ModelCatalog.tokenHub())
          .judge(GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt("a cat").build())
          .request()
          .orElseThrow();

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("ledger.jsonl");
  }

  @Test
  void survivesAClientThatIsInterrupted() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().ledger(file()).start();
        InMemoryProvider provider = hub.provider()) {
      hub.next().outputModeration();
      CreateReply reply;
      Thread.currentThread().interrupt();
      try {
        reply = provider.prepare(CAT).send();
        assertThat(hub.ledger().adjustments()).hasSize(1);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }

      assertThat(reply).isInstanceOf(CreateReply.Answered.class);
      assertThat(new HubClient(hub).create(HubClient.BEACH).statusCode()).isEqualTo(200);
      assertThat(Ledger.read(file())).isEqualTo(hub.ledger());
      assertThat(hub.ledger().entries()).hasSize(3);
    }
  }

  @Test
  void hasWhatWasGivenBackBeforeTheFakeIsGone() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().ledger(file()).start()) {
      hub.next().outputModeration();
      new HubClient(hub).created(HubClient.BEACH);
    }

    assertThat(Ledger.read(file()).adjustments()).hasSize(1);
    assertThat(Ledger.read(file()).total()).isZero();
  }

  @Test
  void isNotContinuedInTheMiddleOfALine() throws Exception {
    Files.writeString(file(), "{\"kind\":\"charge\"");

    assertThatThrownBy(() -> LedgerBook.onFile(file()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its last line has no end");
  }

  @Test
  void answersAlikeWithAndWithoutAWireWhereTheFakeItselfFails() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start();
        InMemoryProvider provider = hub.provider()) {
      CreateFault breaks =
          new CreateFault.RewritesCreate(
              tree -> {
                throw new IllegalStateException("as planned");
              });
      hub.next().with(breaks).next().with(breaks);

      assertThat(new HubClient(hub).create(HubClient.BEACH).statusCode()).isEqualTo(500);
      assertThat(provider.prepare(CAT).send())
          .isInstanceOfSatisfying(
              CreateReply.Answered.class, reply -> assertThat(reply.status()).isEqualTo(500));
      assertThat(hub.ledger().charges()).hasSize(2);
    }
  }
}
