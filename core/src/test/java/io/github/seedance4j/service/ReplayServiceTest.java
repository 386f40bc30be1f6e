package io.github.seedance4j.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.seedance4j.port.in.Replays;
import io.github.seedance4j.port.in.Replays.Ticket;
import io.github.seedance4j.port.in.Replays.Turn;
import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayServiceTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId ZOO = new TenantId("zoo");
  private static final String BODY = "0123456789abcdef".repeat(4);
  private static final String OTHER = "f".repeat(64);
  private static final StoredAnswer ANSWER = answer("{\"id\":\"job-1\"}");
  private static final Duration MICRO = Duration.ofNanos(1_000);

  private final InMemoryReplayStore store = new InMemoryReplayStore();
  private final MovableClock clock = new MovableClock();
  private final Replays replays = ReplayService.on(store, clock, new Random(1)::nextBytes);

  private static StoredAnswer answer(String text) {
    return new StoredAnswer(200, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  private Ticket first(TenantId tenant, String key, String body) {
    Turn turn = replays.begin(tenant, key, body);
    assertThat(turn).isInstanceOf(Turn.First.class);
    return ((Turn.First) turn).ticket();
  }

  @Test
  void givesTheAnswerAgainOnceThereIsOne() {
    Ticket ticket = first(ACME, "order-1", BODY);
    assertThat(ticket.tenant()).isEqualTo(ACME);
    assertThat(ticket.key()).isEqualTo("order-1");
    assertThat(replays.begin(ACME, "order-1", BODY)).isEqualTo(new Turn.InFlight());

    replays.complete(ticket, ANSWER);

    for (int i = 0; i < 3; i++) {
      assertThat(replays.begin(ACME, "order-1", BODY)).isEqualTo(new Turn.Again(ANSWER));
      clock.advance(Duration.ofHours(8));
    }
  }

  @Test
  void refusesAKeyThatWasUsedForAnotherBody() {
    Ticket ticket = first(ACME, "order-1", BODY);
    assertThat(replays.begin(ACME, "order-1", OTHER)).isEqualTo(new Turn.OtherBody());
    clock.advance(Duration.ofMinutes(3));
    assertThat(replays.begin(ACME, "order-1", OTHER)).isEqualTo(new Turn.OtherBody());

    replays.complete(ticket, ANSWER);

    assertThat(replays.begin(ACME, "order-1", OTHER)).isEqualTo(new Turn.OtherBody());
  }

  @Test
  void keepsOneTenantsKeysApartFromAnothers() {
    Ticket ours = first(ACME, "order-1", BODY);
    Ticket theirs = first(ZOO, "order-1", OTHER);
    first(ACME, "Order-1", OTHER);

    replays.complete(ours, ANSWER);
    replays.complete(theirs, answer("theirs"));

    assertThat(replays.begin(ACME, "order-1", BODY)).isEqualTo(new Turn.Again(ANSWER));
    assertThat(replays.begin(ZOO, "order-1", OTHER)).isEqualTo(new Turn.Again(answer("theirs")));
  }

  @Test
  void letsAReleasedKeyBeUsedForAnything() {
    replays.release(first(ACME, "order-1", BODY));
    Ticket again = first(ACME, "order-1", OTHER);

    replays.complete(again, ANSWER);
    replays.release(again); // too late

    assertThat(replays.begin(ACME, "order-1", OTHER)).isEqualTo(new Turn.Again(ANSWER));
  }

  @Test
  void letsTheSameRequestTakeATicketOverAfterTwoMinutes() {
    Ticket dead = first(ACME, "order-1", BODY);
    clock.advance(Duration.ofMinutes(2));
    assertThat(replays.begin(ACME, "order-1", BODY)).isEqualTo(new Turn.InFlight());
    clock.advance(MICRO);
    Ticket next = first(ACME, "order-1", BODY);
    assertThat(next.owner()).isNotEqualTo(dead.owner());

    replays.complete(dead, answer("late"));
    replays.release(dead);
    assertThat(replays.begin(ACME, "order-1", BODY)).isEqualTo(new Turn.InFlight());
    replays.complete(next, ANSWER);
    assertThat(replays.begin(ACME, "order-1", BODY)).isEqualTo(new Turn.Again(ANSWER));
  }

  @Test
  void keepsALateAnswerWhereNobodyTookItsPlace() {
    Ticket slow = first(ACME, "order-1", BODY);
    clock.advance(Duration.ofHours(1));
    replays.complete(slow, ANSWER);

    assertThat(replays.begin(ACME, "order-1", BODY)).isEqualTo(new Turn.Again(ANSWER));
  }

  @Test
  void remembersForADay() {
    replays.complete(first(ACME, "order-1", BODY), ANSWER);
    clock.advance(Duration.ofHours(24));
    assertThat(replays.begin(ACME, "order-1", BODY)).isEqualTo(new Turn.Again(ANSWER));
    clock.advance(MICRO);
    assertThat(replays.begin(ACME, "order-1", OTHER)).isInstanceOf(Turn.First.class);
  }

  @Test
  void removesByAndByWhatItHasForgotten() {
    for (int i = 0; i < 1_000; i++) {
      first(ACME, "old-" + i, BODY);
    }
    clock.advance(Duration.ofHours(25));
    for (int i = 0; i < 200; i++) {
      first(ACME, "new-" + i, BODY);
    }
    assertThat(store.forget(Instant.MAX)).as("what is left").isEqualTo(200);
  }

  @Test
  void takesALongKeyAndRefusesALongerOneAndNone() {
    first(ACME, "k".repeat(255), BODY);
    for (String key : List.of("", "k".repeat(256))) {
      assertThatThrownBy(() -> replays.begin(ACME, key, BODY))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("key: 1 to 255 characters, not " + key.length());
    }
    for (String digest : List.of("", "F".repeat(64), "f".repeat(63), "f".repeat(65))) {
      assertThatThrownBy(() -> replays.begin(ACME, "order-1", digest))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("bodySha256: 64 lower-case hex digits, not " + digest);
    }
  }

  @Test
  void givesEachTicketAnOwnerOfItsOwnByTheMachinesChance() {
    Replays ambient = ReplayService.on(new InMemoryReplayStore());
    assertThat(ambient.begin(ACME, "a", BODY))
        .asInstanceOf(type(Turn.First.class))
        .extracting(first -> first.ticket().owner())
        .isNotEqualTo(((Turn.First) ambient.begin(ACME, "b", BODY)).ticket().owner());
  }
}
