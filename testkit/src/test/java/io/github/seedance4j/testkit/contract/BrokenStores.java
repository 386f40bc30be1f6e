package io.github.seedance4j.testkit.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Stores of keys and of answers that are broken in one way each, and the rule that must see it. */
final class BrokenStores {

  private static final Map<String, Broken<PlainKeyStore>> KEYS = read(BrokenKeyStores::rows);
  private static final Map<String, Broken<PlainReplayStore>> REPLAYS =
      read(BrokenReplayStores::rows);

  private BrokenStores() {}

  /**
   * A row of a table.
   *
   * @param rule the number of the rule that must fail
   * @param what what is broken
   */
  record Broken<S>(String rule, String what, Supplier<S> store) {
    @Override
    public String toString() {
      return rule + ": " + what;
    }
  }

  /** Takes a row. */
  interface Table<S> {
    void row(String rule, String what, Supplier<S> store);
  }

  static Stream<Broken<?>> all() {
    return Stream.concat(KEYS.values().stream(), REPLAYS.values().stream());
  }

  /** The broken store of that name, or a sound one. */
  static PlainKeyStore keys(String name) {
    Broken<PlainKeyStore> broken = KEYS.get(name);
    return broken == null ? new PlainKeyStore() : broken.store().get();
  }

  /** As {@link #keys}. */
  static PlainReplayStore replays(String name) {
    Broken<PlainReplayStore> broken = REPLAYS.get(name);
    return broken == null ? new PlainReplayStore() : broken.store().get();
  }

  private static <S> Map<String, Broken<S>> read(Consumer<Table<S>> rows) {
    Map<String, Broken<S>> table = new LinkedHashMap<>();
    rows.accept(
        (rule, what, store) -> {
          Broken<S> broken = new Broken<>(rule, what, store);
          if (table.put(broken.toString(), broken) != null) {
            throw new IllegalStateException("twice: " + broken);
          }
        });
    return table;
  }
}
