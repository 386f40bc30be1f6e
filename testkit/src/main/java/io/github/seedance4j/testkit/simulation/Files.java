package io.github.seedance4j.testkit.simulation;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A disk that all instances share: whole files by what is in them, and how far begun ones are. */
final class Files {

  /** What is under a final name. */
  final Map<Path, String> whole = new TreeMap<>();

  /** Bytes of a file that is not whole yet. */
  final Map<Path, Integer> begun = new TreeMap<>();
}
