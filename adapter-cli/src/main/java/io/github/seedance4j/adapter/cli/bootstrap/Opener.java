package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Hands a file to the desktop: {@code open}, {@code xdg-open}, or what Windows has for it. */
final class Opener {

  private Opener() {}

  private static boolean open(Path file, String system, Map<String, String> environment) {
    List<String> command = command(system, environment);
    if (command.isEmpty()) {
      return false;
    }
    command.add(file.toAbsolutePath().toString());
    // in its own time, and without our terminal: a player may stay for hours and talk a lot
    ProcessBuilder player =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Access.hideKey(player.environment());
    try {
      player.start().getOutputStream().close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** False if there is nothing to hand it to; what becomes of it then is the desktop's business. */
  static boolean open(Path file, Surroundings around) {
    return open(file, System.getProperty("os.name", ""), around.environment());
  }

  /** What takes a file as its last word, without a shell, which would read its name; or nothing. */
  static List<String> command(String system, Map<String, String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      String root = environment.getOrDefault("SystemRoot", "");
      // by its whole name: a bare one is looked for in the working directory first
      String program = (root.isEmpty() ? "" : root + "\\System32\\") + "rundll32.exe";
      return new ArrayList<>(List.of(program, "url.dll,FileProtocolHandler"));
    }
    boolean mac = name.startsWith("mac");
    boolean window =
        mac
            || !environment.getOrDefault("DISPLAY", "").isEmpty()
            || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    List<String> command = new ArrayList<>();
    if (window) { // elsewhere xdg-open would try browsers for the terminal
      program(mac ? "open" : "xdg-open", environment.getOrDefault("PATH", ""))
          .ifPresent(command::add);
    }
    return command;
  }

  private static Optional<String> program(String name, String path) {
    for (String directory : path.split(File.pathSeparator)) {
      try {
        Path program = Path.of(directory).resolve(name);
        if (!directory.isEmpty() && Files.isRegularFile(program) && Files.isExecutable(program)) {
          return Optional.of(program.toString());
        }
      } catch (InvalidPathException e) {
        // no directory either
      }
    }
    return Optional.empty();
  }
}
