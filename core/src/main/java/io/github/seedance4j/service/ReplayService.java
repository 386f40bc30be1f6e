package io.github.seedance4j.service;

import io.github.seedance4j.port.in.Replays;
import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * {@link Replays} over a store. What is older than a day is as good as gone at once, and removed
 * from the store by and by, as keys are begun with: no thread of its own, nothing to close.
 */
public final class ReplayService implements Replays {

  private static final Duration REMEMBERED = Duration.ofHours(24);
  private static final Duration TICKET = Duration.ofMinutes(2);

  /** Far fewer than a store forgets in one call. */
  private static final int BEGINS_FOR_ONE_FORGETTING = 64;

  private static final int LONGEST_KEY = 255;
  private static final int OWNER_BYTES = 16;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final ReplayStore store;
  private final Clock clock;
  private final Consumer<byte[]> chance;
  private final AtomicLong begins = new AtomicLong();

  private ReplayService(ReplayStore store, Clock clock, Consumer<byte[]> chance) {
    this.store = Objects.requireNonNull(store, "store");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.chance = Objects.requireNonNull(chance, "chance");
  }

  /** Answers in that store, on the machine's own time and randomness. */
  public static ReplayService on(ReplayStore store) {
    return on(store, Ambient.clock(), Ambient::fill);
  }

  /**
   * The same on a test's time and chance.
   *
   * @param chance fills an array with bytes that come only once
   */
  public static ReplayService on(ReplayStore store, Clock clock, Consumer<byte[]> chance) {
    return new ReplayService(store, clock, chance);
  }

  @Override
  public Turn begin(TenantId tenant, String key, String bodySha256) {
    requireKey(key);
    if (!SHA256.matcher(bodySha256).matches()) {
      throw new IllegalArgumentException("bodySha256: 64 lower-case hex digits, not " + bodySha256);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as it is kept
    Instant forgotten = now.minus(REMEMBERED);
    if (begins.getAndIncrement() % BEGINS_FOR_ONE_FORGETTING == 0) {
      store.forget(forgotten); // before a ticket is given, which would be lost if this fails
    }
    byte[] owner = new byte[OWNER_BYTES];
    chance.accept(owner);
    Ticket ticket = new Ticket(tenant, key, HexFormat.of().formatHex(owner));
    Optional<ReplayStore.Entry> standing =
        store.take(
            new ReplayStore.Entry(tenant, key, bodySha256, ticket.owner(), now, null),
            now.minus(TICKET),
            forgotten);
    return standing.map(entry -> turn(entry, bodySha256)).orElseGet(() -> new Turn.First(ticket));
  }

  private static void requireKey(String key) {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "key: 1 to " + LONGEST_KEY + " characters, not " + key.length());
    }
  }

  private static Turn turn(ReplayStore.Entry standing, String bodySha256) {
    if (!standing.bodySha256().equals(bodySha256)) {
      return new Turn.OtherBody();
    }
    StoredAnswer answer = standing.answer();
    return answer == null ? new Turn.InFlight() : new Turn.Again(answer);
  }

  @Override
  public void complete(Ticket ticket, StoredAnswer answer) {
    store.answer(ticket.tenant(), ticket.key(), ticket.owner(), answer);
  }

  @Override
  public void release(Ticket ticket) {
    store.remove(ticket.tenant(), ticket.key(), ticket.owner());
  }
}
