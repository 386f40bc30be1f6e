package io.github.seedance4j.adapter.cli.bootstrap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a platform wants programs to keep what outlives a run, and where settings. */
final class StateDirectory {

  private static final String OURS = "seedance4j";

  private StateDirectory() {}

  /**
   * The user's home directory: HOME, else what Java takes for it, which is what the password file
   * says, and nothing of use where the user isn't in there. Null where there is none.
   *
   * @param system the operating system's name, as Java says it
   * @param javas what Java takes for it
   */
  static @Nullable String home(
      String system, @Nullable String javas, Map<String, String> environment) {
    if (isWindows(system)) {
      return javas;
    }
    String set = environment.getOrDefault("HOME", "");
    if (set.startsWith("/")) {
      return set;
    }
    return javas != null && javas.startsWith("/") && canBe(Path.of(javas)) ? javas : null;
  }

  /** Whether there is such a directory, or one can be made. */
  private static boolean canBe(Path directory) {
    Path there = directory;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there != null
        && Files.isDirectory(there)
        && (there.equals(directory) || Files.isWritable(there));
  }

  /**
   * Our own directory there, whether or not it exists; null where there is no place for it.
   *
   * @param system the operating system's name, as Java says it
   * @param home the user's home directory; null for none
   */
  static @Nullable Path of(String system, @Nullable String home, Map<String, String> environment) {
    if (isMac(system)) {
      return in(home, "Library", "Application Support");
    }
    if (isWindows(system)) {
      String local = environment.getOrDefault("LOCALAPPDATA", "");
      return local.isEmpty() ? in(home, "AppData", "Local") : Path.of(local).resolve(OURS);
    }
    return xdg(environment, "XDG_STATE_HOME", in(home, ".local", "state"));
  }

  /** The same for what people set: on Windows it goes with them from machine to machine. */
  static @Nullable Path ofSettings(
      String system, @Nullable String home, Map<String, String> environment) {
    if (isMac(system)) {
      return of(system, home, environment);
    }
    if (isWindows(system)) {
      String roaming = environment.getOrDefault("APPDATA", "");
      return roaming.isEmpty() ? in(home, "AppData", "Roaming") : Path.of(roaming).resolve(OURS);
    }
    return xdg(environment, "XDG_CONFIG_HOME", in(home, ".config"));
  }

  private static boolean isMac(String system) {
    return system.toLowerCase(Locale.ROOT).startsWith("mac");
  }

  private static boolean isWindows(String system) {
    return system.toLowerCase(Locale.ROOT).startsWith("windows");
  }

  private static @Nullable Path in(@Nullable String home, String... names) {
    return home == null ? null : Path.of(home, names).resolve(OURS);
  }

  private static @Nullable Path xdg(
      Map<String, String> environment, String variable, @Nullable Path usual) {
    // relative ones are to be ignored, says the XDG Base Directory Specification
    String set = environment.getOrDefault(variable, "");
    return set.startsWith("/") ? Path.of(set, OURS) : usual;
  }
}
