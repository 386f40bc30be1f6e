package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the jobs are remembered: {@code --journal}, else SEEDANCE_JOURNAL, else the platform's
 * place. What is made by {@code --sandbox}, or sent to any address on this machine, is kept apart:
 * in a file of its own beside the other, unless {@code --journal} names one.
 */
public final class JournalPlace {

  public static final String VARIABLE = "SEEDANCE_JOURNAL";

  private static final String USUAL = "journal.db";
  private static final String SANDBOX = "sandbox.db";

  private static final String FLAG = "--sandbox";

  private final Surroundings around;
  private final Flag<String> flag;
  private final Flag<Boolean> sandbox;

  public JournalPlace(Surroundings around, Flags flags) {
    this.around = around;
    this.sandbox =
        flags.common(
            "Use the provider inside this command, and the journal of what it made: no key, no"
                + " cost.",
            FLAG);
    this.flag =
        flags.late(
            "FILE", "Where jobs are kept. Default: the user's state directory.", "--journal");
  }

  /** Whether all is played by the provider inside the command: certainly nothing is charged. */
  public boolean isOwnSandbox() {
    return sandbox.or(false);
  }

  /** What to know about the sums in this journal; empty where they are real money. */
  public Optional<String> money() {
    if (isOwnSandbox()) {
      return Optional.of("(sandbox: no real money)");
    }
    return flag.value() == null && isOnThisMachine() // which may be a gateway to a real provider
        ? Optional.of("(sent to this very machine: no real money if that is a sandbox)")
        : Optional.empty();
  }

  /**
   * The journal's file; may not be there yet.
   *
   * @throws IllegalArgumentException if no file can be there; the message says why
   */
  public Path file() {
    String named = flag.value();
    if (named != null) {
      return at("--journal", named);
    }
    Path usual = usual();
    return isOwnSandbox() || isOnThisMachine() ? usual.resolveSibling(SANDBOX) : usual;
  }

  private Path usual() {
    if (around.isSet(VARIABLE)) {
      return at(VARIABLE, around.variable(VARIABLE));
    }
    Path state = around.state();
    if (state == null) {
      throw new IllegalArgumentException(
          "there is no home directory to keep jobs in: set HOME or " + VARIABLE);
    }
    return state.resolve(USUAL);
  }

  /**
   * Where a job is that isn't in this journal, and what to type to get at it; empty if it isn't in
   * the other one either.
   *
   * @param name what the user typed for it
   */
  Optional<String> elsewhere(Workshop workshop, String name) {
    if (flag.value() != null || isOnThisMachine()) {
      return Optional.empty();
    }
    Path other = isOwnSandbox() ? usual() : usual().resolveSibling(SANDBOX);
    if (!Files.exists(other) || !isIn(other, workshop, name)) {
      return Optional.empty();
    }
    return Optional.of(
        isOwnSandbox()
            ? "it is in the journal of what costs money: leave out " + FLAG
            : "it is in the sandbox's journal: add " + FLAG);
  }

  /** Where to look for a job that isn't in this journal: the end of a sentence. */
  public String whereToLook(Workshop workshop, String name) {
    return elsewhere(workshop, name).orElseGet(() -> "list them: " + around.command(again("jobs")));
  }

  private static boolean isIn(Path journal, Workshop workshop, String name) {
    try (Workshop.Bench bench = workshop.look(journal, false)) {
      return JobNames.find(bench.videos(), name).isPresent();
    } catch (IllegalArgumentException several) {
      return true;
    } catch (UncheckedIOException unusable) {
      return false; // whoever asks for it will be told
    }
  }

  /** How the user says it again: nothing where the usual file is meant. */
  public String[] again(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    if (isOwnSandbox() && !words.contains(FLAG)) {
      words.add(FLAG);
    }
    String named = flag.value();
    if (named != null) {
      words.addAll(List.of("--journal", named));
    }
    return words.toArray(String[]::new);
  }

  private boolean isOnThisMachine() {
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
