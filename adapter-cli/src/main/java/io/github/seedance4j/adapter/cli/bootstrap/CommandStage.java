package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.media.InputMedia;
import io.github.seedance4j.port.out.MediaStage;
import io.github.seedance4j.request.GenerationDraft;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets a program of the user's put a file on the web. It is run without a shell: whatever a file is
 * called, its name is one argument, and never part of a program. The last line that it prints is
 * the address. Thread-safe.
 */
final class CommandStage implements MediaStage, Workshop.Stage {

  private static final String FILE = "{}";
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final int MOST_WORDS = 300;

  /** Where execvp looks without a PATH. */
  private static final String USUAL_PATH = "/usr/bin:/bin";

  /** Around the file, what no shell and no language would run: {@code --file={}}. */
  private static final Pattern HARMLESS =
      Pattern.compile("[A-Za-z0-9_@%+=:,./-]*\\{}[A-Za-z0-9_@%+=:,./-]*");

  private static final Pattern SHELL =
      Pattern.compile("(?i)(?:(?:a|ba|c|da|fi|k|mk|po|pw|tc|z)?sh|cmd|powershell)(?:\\.exe)?");

  /** Run by a shell of their own, which reads these characters however they are quoted. */
  private static final Pattern BATCH_FILE = Pattern.compile("(?i)cmd(?:\\.exe)?|.*\\.(?:bat|cmd)");

  private static final Pattern READ_BY_CMD = Pattern.compile("(?s).*[&|<>^%!\"].*");
  private static final Pattern RUN = Pattern.compile("(?i)-[a-z]*c|-command|/[ck]");

  private final List<String> words;
  private final Path directory;
  private final String path;
  private final Duration longest;
  private final Set<RunningProgram> running = new HashSet<>();
  private boolean stopped;

  /**
   * As below, with half an hour for each file.
   *
   * @param path where programs are; empty for where the system looks by itself
   */
  CommandStage(String command, Path directory, String path) {
    this(command, directory, path, LONGEST);
  }

  /**
   * Reads the command.
   *
   * @param command words, of which quotes hold together those with spaces; {@code {}} is the file,
   *     which comes last if it is missing
   * @throws IllegalArgumentException if a quote is not closed, there is no word, or a file's name
   *     would be part of a program
   */
  CommandStage(String command, Path directory, String path, Duration longest) {
    this.words = words(command);
    this.directory = directory;
    this.path = path;
    this.longest = longest;
    requireSafe();
  }

  private void requireSafe() {
    boolean shell = false;
    String before = "";
    for (String word : words) {
      boolean script = shell && RUN.matcher(before).matches();
      if (word.contains(FILE) && (script || !HARMLESS.matcher(word).matches())) {
        throw new IllegalArgumentException(
            "--stage: in '"
                + word
                + "' a file's name would be part of a program, and might be run; let {} stand"
                + " alone, such as: sh -c '… \"$1\"' sh {}");
      }
      shell |=
          SHELL.matcher(word.substring(word.replace('\\', '/').lastIndexOf('/') + 1)).matches();
      before = word;
    }
  }

  @Override
  public void requireProgram() {
    String program = words.get(0);
    if (File.separatorChar == '\\') {
      return; // which endings are programs there, only the system knows
    }
    try {
      if (program.contains("/")) {
        requireProgram(program, directory.resolve(program));
      } else if (onPath(program).noneMatch(CommandStage::isProgram)) {
        throw new IllegalArgumentException(
            "--stage: there is no program "
                + program
                + " on your PATH; nothing was sent"
                + (Files.isRegularFile(directory.resolve(program))
                    ? ". The one in this directory is ./" + program
                    : ""));
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--stage: no program is called " + program, e);
    }
  }

  private static void requireProgram(String name, Path file) {
    if (!isProgram(file)) {
      throw new IllegalArgumentException(
          "--stage: "
              + (Files.isRegularFile(file)
                  ? name + " can't be run (chmod +x)"
                  : "there is no program " + name)
              + "; nothing was sent");
    }
  }

  private Stream<Path> onPath(String program) {
    return Stream.of((path.isEmpty() ? USUAL_PATH : path).split(File.pathSeparator, -1))
        .map(place -> directory.resolve(place).resolve(program));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  @Override
  public GenerationDraft staged(InputMedia media, Consumer<String> steps) throws IOException {
    return media.staged(
        file -> {
          steps.accept("Staging " + file.getFileName() + " …");
          return stage(file);
        });
  }

  @Override
  public String stage(Path file) throws IOException {
    RunningProgram program = start(file);
    try {
      if (!program.await(longest)) {
        throw failure(file, "did not end within " + minutes(), program);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + words.get(0) + " ran");
    } finally {
      program.destroy();
      synchronized (this) {
        running.remove(program);
      }
    }
    if (program.exitValue() != 0) {
      throw failure(file, "ended with " + program.exitValue(), program);
    }
    return address(file, program);
  }

  private String minutes() {
    return longest.toMinutes() > 0
        ? longest.toMinutes() + " minutes"
        : longest.toMillis() / 1_000.0 + " seconds";
  }

  private synchronized RunningProgram start(Path file) throws IOException {
    if (stopped) {
      throw new IOException(file.getFileName() + " is not staged any more");
    }
    List<String> command = command(file);
    try {
      RunningProgram program = RunningProgram.start(command, directory);
      running.add(program);
      return program;
    } catch (IOException e) {
      // such as: Cannot run program "x" (in directory "y"): error=8, Exec format error
      String why =
          String.valueOf(e.getMessage()).replaceFirst("(?s)^Cannot run .*error=\\d+, ", "");
      throw new IOException("--stage: " + words.get(0) + " can't be run: " + why, e);
    }
  }

  @Override
  public void stop() {
    List<RunningProgram> all;
    synchronized (this) {
      stopped = true;
      all = List.copyOf(running);
    }
    all.forEach(RunningProgram::destroy);
  }

  private List<String> command(Path file) throws IOException {
    if (BATCH_FILE.matcher(words.get(0)).matches()
        && READ_BY_CMD.matcher(file.toString()).matches()) {
      throw new IOException(
          file.getFileName()
              + " is not staged: "
              + words.get(0)
              + " would read a part of its name as a command; rename it");
    }
    List<String> command = new ArrayList<>();
    boolean named = false;
    for (String word : words) {
      named |= word.contains(FILE);
      command.add(word.replace(FILE, file.toString()));
    }
    if (!named) {
      command.add(file.toString());
    }
    return command;
  }

  private String address(Path file, RunningProgram program) throws IOException {
    String last =
        program
            .printed()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .reduce("", (a, b) -> b);
    try {
      URI uri = new URI(last);
      String scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
        return last;
      }
    } catch (URISyntaxException e) {
      // as below
    }
    String shown = last.substring(0, Math.min(last.length(), MOST_WORDS));
    throw failure(file, "printed no address last" + (shown.isEmpty() ? "" : ": " + shown), program);
  }

  private IOException failure(Path file, String what, RunningProgram program) {
    String said = program.said().strip();
    String tail = said.substring(Math.max(0, said.length() - MOST_WORDS));
    return new IOException(
        file.getFileName()
            + " could not be staged: "
            + words.get(0)
            + " "
            + what
            + (tail.isEmpty() ? "" : "; it said: " + tail));
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
      } else if (Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    if (quote != 0 || words.isEmpty()) {
      throw new IllegalArgumentException(
          "--stage: "
              + (words.isEmpty() ? "no command" : "a quote is not closed")
              + ": "
              + command);
    }
    return List.copyOf(words);
  }
}
