package io.github.seedance4j.adapter.cli.bootstrap;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where a platform wants programs to keep what outlives a run, and is no setting and no cache. */
final class StateDirectory {

  private static final String OURS = "seedance4j";

  private StateDirectory() {}

  /**
   * Our own directory there, whether or not it exists.
   *
   * @param system the operating system's name, as Java says it
   * @param home the user's home directory
   */
  static Path of(String system, String home, Map<String, String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return Path.of(home, "Library", "Application Support", OURS);
    }
    if (name.startsWith("windows")) {
      String local = environment.getOrDefault("LOCALAPPDATA", "");
      return local.isEmpty()
          ? Path.of(home, "AppData", "Local", OURS)
          : Path.of(local).resolve(OURS);
    }
    // relative ones are to be ignored, says the XDG Base Directory Specification
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    return state.startsWith("/") ? Path.of(state, OURS) : Path.of(home, ".local", "state", OURS);
  }
}
