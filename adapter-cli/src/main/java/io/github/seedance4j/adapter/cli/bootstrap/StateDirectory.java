package io.github.seedance4j.adapter.cli.bootstrap;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where a platform wants programs to keep what outlives a run, and where settings. */
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
    return xdg(environment, "XDG_STATE_HOME", Path.of(home, ".local", "state"));
  }

  /** The same for what people set: on Windows it goes with them from machine to machine. */
  static Path ofSettings(String system, String home, Map<String, String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return of(system, home, environment);
    }
    if (name.startsWith("windows")) {
      String roaming = environment.getOrDefault("APPDATA", "");
      return roaming.isEmpty()
          ? Path.of(home, "AppData", "Roaming", OURS)
          : Path.of(roaming).resolve(OURS);
    }
    return xdg(environment, "XDG_CONFIG_HOME", Path.of(home, ".config"));
  }

  private static Path xdg(Map<String, String> environment, String variable, Path usual) {
    // relative ones are to be ignored, says the XDG Base Directory Specification
    String set = environment.getOrDefault(variable, "");
    return (set.startsWith("/") ? Path.of(set) : usual).resolve(OURS);
  }
}
