package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.port.out.MediaStage;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets a program of the user's put a file on the web. It is run without a shell: whatever a file is
 * called, its name is one argument. The last line that it prints is the address.
 */
final class CommandStage implements MediaStage {

  private static final String FILE = "{}";
  private static final long MOST_MINUTES = 30;
  private static final int MOST_WORDS = 300;

  private final List<String> words;
  private final Path directory;

  /**
   * @param command words, of which quotes hold together those with spaces; {@code {}} is the file,
   *     which comes last if it is missing
   * @throws IllegalArgumentException if a quote is not closed, or there is no word
   */
  CommandStage(String command, Path directory) {
    this.words = words(command);
    this.directory = directory;
  }

  @Override
  public String stage(Path file) throws IOException {
    Path said = Files.createTempFile("seedance-stage", ".txt");
    try {
      Process process =
          new ProcessBuilder(command(file))
              .directory(directory.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(nothing()))
              .redirectError(said.toFile())
              .start();
      String printed;
      try {
        printed = new String(process.getInputStream().readNBytes(1 << 20), StandardCharsets.UTF_8);
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
          throw failure(file, "did not end within " + MOST_MINUTES + " minutes", said);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while " + words.get(0) + " ran");
      } finally {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
      }
      if (process.exitValue() != 0) {
        throw failure(file, "ended with " + process.exitValue(), said);
      }
      return address(file, printed, said);
    } finally {
      Files.deleteIfExists(said);
    }
  }

  private static File nothing() {
    boolean windows = File.separatorChar == '\\';
    return new File(windows ? "NUL" : "/dev/null");
  }

  private List<String> command(Path file) {
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

  private String address(Path file, String printed, Path said) throws IOException {
    String last =
        printed.lines().map(String::strip).filter(line -> !line.isEmpty()).reduce("", (a, b) -> b);
    try {
      URI uri = new URI(last);
      String scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
        return last;
      }
    } catch (URISyntaxException e) {
      // as below
    }
    throw failure(file, "printed no address last" + (last.isEmpty() ? "" : ": " + last), said);
  }

  private IOException failure(Path file, String what, Path said) throws IOException {
    String words = Files.readString(said, StandardCharsets.ISO_8859_1).strip();
    String tail = words.substring(Math.max(0, words.length() - MOST_WORDS));
    return new IOException(
        file.getFileName()
            + " could not be staged: "
            + this.words.get(0)
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
