package io.github.seedance4j.testkit.check;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Collects entries, {@code code} or {@code code:path}; assumed ones only where all are enforced.
 */
final class Findings {

  private final boolean assumedToo;
  private final SortedSet<String> entries = new TreeSet<>();

  Findings(Enforcement enforcement) {
    this.assumedToo = enforcement == Enforcement.ALL;
  }

  void stated(boolean broken, String entry) {
    if (broken) {
      entries.add(entry);
    }
  }

  void assumed(boolean broken, String entry) {
    if (broken && assumedToo) {
      entries.add(entry);
    }
  }

  boolean none() {
    return entries.isEmpty();
  }

  SortedSet<String> entries() {
    return Collections.unmodifiableSortedSet(entries);
  }
}
