package io.github.seedance4j.testkit.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Journals that are broken in one way each, and the rule that must catch it. */
final class BrokenJournals {

  private static final Map<String, Broken> ALL = new LinkedHashMap<>();

  static {
    BrokenAdmissions.rows(BrokenJournals::row);
    BrokenRecords.rows(BrokenJournals::row);
    BrokenMoney.rows(BrokenJournals::row);
    BrokenProcesses.rows(BrokenJournals::row);
    BrokenTasks.rows(BrokenJournals::row);
    BrokenCaps.rows(BrokenJournals::row);
    BrokenLists.rows(BrokenJournals::row);
    BrokenLeases.rows(BrokenJournals::row);
  }

  private BrokenJournals() {}

  /**
   * A row of the table.
   *
   * @param rule the number of the rule that must fail
   * @param what what is broken
   */
  record Broken(String rule, String what, Supplier<SoundJournal> journal) {
    @Override
    public String toString() {
      return rule + ": " + what;
    }
  }

  /** Takes a row. */
  interface Table {
    void row(String rule, String what, Supplier<SoundJournal> journal);
  }

  static Stream<Broken> all() {
    return ALL.values().stream();
  }

  /** The broken journal of that name, or a sound one. */
  static SoundJournal named(String name) {
    Broken broken = ALL.get(name);
    return broken == null ? new SoundJournal() : broken.journal().get();
  }

  private static void row(String rule, String what, Supplier<SoundJournal> journal) {
    Broken broken = new Broken(rule, what, journal);
    if (ALL.put(broken.toString(), broken) != null) {
      throw new IllegalStateException("twice: " + broken);
    }
  }
}
