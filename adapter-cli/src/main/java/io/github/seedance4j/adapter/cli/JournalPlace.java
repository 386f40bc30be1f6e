package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.Flags.Flag;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where the jobs are remembered: {@code --journal}, else SEEDANCE_JOURNAL, else the platform's
 * place. What is sent to a sandbox, which is any address on this machine, is kept apart: in a file
 * of its own beside the other, unless {@code --journal} names one.
 */
final class JournalPlace {

  static final String VARIABLE = "SEEDANCE_JOURNAL";

  private static final String USUAL = "journal.db";
  private static final String SANDBOX = "sandbox.db";

  private final Surroundings around;
  private final Flag<String> flag;

  JournalPlace(Surroundings around, Flags flags) {
    this.around = around;
    this.flag =
        flags.late(
            "FILE", "Where jobs are kept. Default: the user's state directory.", "--journal");
  }

  /** Whether the user named the file on the command line. */
  boolean isNamed() {
    return flag.value() != null;
  }

  /**
   * The journal's file; may not be there yet.
   *
   * @throws IllegalArgumentException if no file can be there; the message says why
   */
  Path file() {
    String named = flag.value();
    if (named != null) {
      return at("--journal", named);
    }
    Path usual =
        around.isSet(VARIABLE)
            ? at(VARIABLE, around.variable(VARIABLE))
            : around.state().resolve(USUAL);
    return isSandbox() ? usual.resolveSibling(SANDBOX) : usual;
  }

  /** How the user says it again: nothing where the usual file is meant. */
  String[] again(String... command) {
    String named = flag.value();
    if (named == null) {
      return command;
    }
    String[] words = Arrays.copyOf(command, command.length + 2);
    words[command.length] = "--journal";
    words[command.length + 1] = named;
    return words;
  }

  private boolean isSandbox() {
    try {
      String host = URI.create(Access.address(around)).getHost();
      return host != null && Access.isThisMachine(host);
    } catch (IllegalArgumentException e) {
      return false; // whoever is going to call it says what is wrong with it
    }
  }

  private Path at(String name, String file) {
    Path path;
    try {
      path = around.directory().resolve(file).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          name + ": no file can be called '" + file + "' here (" + e.getReason() + ")", e);
    }
    if (file.isEmpty() || Files.isDirectory(path)) {
      throw new IllegalArgumentException(name + ": '" + file + "' is no file's name");
    }
    Path directory = path.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          name + ": there is no directory " + directory + " to keep a journal in");
    }
    return path;
  }
}
