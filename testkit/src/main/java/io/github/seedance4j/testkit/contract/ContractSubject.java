package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a contract judges: how it is opened with a key, and what can be seen of it. A rule takes a
 * subject, opens it once or more, closes what it opened, and closes the subject, which closes the
 * fake behind it. The more capabilities are told, the more rules apply. Immutable.
 *
 * @param <T> the port
 */
public final class ContractSubject<T> implements AutoCloseable {

  // no four characters of it are hexadecimal, so no digest has them by chance
  private static final String FAKE_KEY = "th-contract-5ecret-Zq7Xw0Kr9M";

  private final String key;
  private final Function<String, T> opener;
  private final @Nullable FakeTokenHub hub;
  private final boolean realWire;
  private final @Nullable Hurry<T> hurry;
  private final @Nullable Supplier<String> log;

  private record Hurry<T>(Duration deadline, Function<String, T> opener) {}

  private ContractSubject(
      String key,
      Function<String, T> opener,
      @Nullable FakeTokenHub hub,
      boolean realWire,
      @Nullable Hurry<T> hurry,
      @Nullable Supplier<String> log) {
    this.key = Objects.requireNonNull(key, "key");
    this.opener = Objects.requireNonNull(opener, "opener");
    this.hub = hub;
    this.realWire = realWire;
    this.hurry = hurry;
    this.log = log;
  }

  /**
   * One that speaks to a fake of its own.
   *
   * @param hub used by nobody else, and closed with this
   * @param opener opens the port as the key's owner
   */
  public static <T> ContractSubject<T> on(FakeTokenHub hub, Function<String, T> opener) {
    return new ContractSubject<>(
        FAKE_KEY, opener, Objects.requireNonNull(hub, "hub"), false, null, null);
  }

  /**
   * One that speaks to the service itself: only rules that cost nothing apply, and none creates.
   *
   * @param key that the service accepts
   */
  public static <T> ContractSubject<T> live(String key, Function<String, T> opener) {
    return new ContractSubject<>(key, opener, null, true, null, null);
  }

  /** It speaks HTTP. */
  public ContractSubject<T> overRealWire() {
    return new ContractSubject<>(key, opener, hub, true, hurry, log);
  }

  /**
   * How to open one that gives up that soon; some rules wait for it.
   *
   * @param deadline of a whole call, retries included: a second or so
   */
  public ContractSubject<T> givingUpAfter(Duration deadline, Function<String, T> hurried) {
    return new ContractSubject<>(key, opener, hub, realWire, new Hurry<>(deadline, hurried), log);
  }

  /**
   * All that was logged up to now, every logger turned up; by others too, if need be. {@link
   * CapturedLog} has it.
   */
  public ContractSubject<T> logging(Supplier<String> log) {
    return new ContractSubject<>(key, opener, hub, realWire, hurry, log);
  }

  public Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.noneOf(Capability.class);
    if (hub != null) {
      all.add(Capability.SCRIPTED_FAULTS);
    }
    if (realWire) {
      all.add(Capability.REAL_WIRE);
    }
    if (hurry != null) {
      all.add(Capability.SHORT_DEADLINE);
    }
    if (log != null) {
      all.add(Capability.LOGS);
    }
    return Collections.unmodifiableSet(all);
  }

  /** A key that is accepted. */
  public String key() {
    return key;
  }

  /** The port, opened; whoever asks closes it. */
  public T open(String key) {
    return opener.apply(key);
  }

  /**
   * The port, soon to give up.
   *
   * @throws IllegalStateException without {@link Capability#SHORT_DEADLINE}
   */
  public T openHurried() {
    return hurry().opener().apply(key);
  }

  /**
   * After how long that one gives up.
   *
   * @throws IllegalStateException without {@link Capability#SHORT_DEADLINE}
   */
  public Duration deadline() {
    return hurry().deadline();
  }

  private Hurry<T> hurry() {
    if (hurry == null) {
      throw new IllegalStateException(Capability.SHORT_DEADLINE.reason());
    }
    return hurry;
  }

  /** The fake behind it. */
  public Optional<FakeTokenHub> hub() {
    return Optional.ofNullable(hub);
  }

  /** What was logged; empty where that can't be read. */
  public String log() {
    return log == null ? "" : log.get();
  }

  @Override
  public void close() {
    if (hub != null) {
      hub.close();
    }
  }
}
