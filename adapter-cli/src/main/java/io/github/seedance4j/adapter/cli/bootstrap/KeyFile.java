package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.service.SeveralAccounts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The file of the provider's keys, one a line: the first creates, the others are older ones that
 * still ask for their jobs. It is looked at every few seconds; what can't be used changes nothing,
 * and is said once. No key is ever repeated.
 */
final class KeyFile implements AutoCloseable {

  private static final int LONGEST = 8_192;
  private static final int MOST_KEYS = 16;

  private final Path file;
  private final Function<String, VideoProvider> providers;
  private final Consumer<String> warning;
  private List<String> known;
  private @Nullable String said;
  private @Nullable ScheduledExecutorService timer;

  /**
   * Reads it for the first time.
   *
   * @param providers makes one for a key
   * @param warning told what is wrong later on, and of a change
   * @throws IllegalArgumentException if it holds no key that can be used
   */
  KeyFile(Path file, Function<String, VideoProvider> providers, Consumer<String> warning) {
    this.file = file;
    this.providers = providers;
    this.warning = warning;
    this.known = read();
  }

  /** What speaks for each key. */
  List<VideoProvider> open() {
    return known.stream().map(providers).toList();
  }

  /** Looks at it again and again, on a thread of its own. */
  void follow(SeveralAccounts accounts, Duration interval) {
    ScheduledExecutorService every =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "seedance-key-file");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        every.scheduleWithFixedDelay(
            () -> look(accounts), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    timer = every;
  }

  /** Takes up what is new in it, and lets go what is done with. */
  void look(SeveralAccounts accounts) {
    try {
      List<String> keys = read();
      said = null;
      if (!keys.equals(known)) {
        accounts.use(keys.stream().map(providers).toList());
        known = keys;
        warning.accept(
            "the provider's key was replaced: new work goes to the first of "
                + keys.size()
                + " in "
                + file);
      }
      accounts.letGo();
    } catch (RuntimeException e) { // of the journal, too: the next look comes
      String trouble = String.valueOf(e.getMessage());
      if (!trouble.equals(said)) {
        said = trouble;
        warning.accept(trouble + "; the keys before stay in use");
      }
    }
  }

  private List<String> read() {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST + 1);
    } catch (IOException e) {
      throw unusable(Files.exists(file) ? "can't be read" : "is not there");
    }
    List<String> keys = Access.keys(new String(bytes, StandardCharsets.UTF_8));
    if (bytes.length > LONGEST || keys.size() > MOST_KEYS) {
      throw unusable("is too large for a few keys");
    }
    if (keys.isEmpty()) {
      throw unusable("holds no key");
    }
    for (int i = 0; i < keys.size(); i++) {
      if (!keys.get(i).chars().allMatch(c -> c > ' ' && c < 0x7F)) {
        throw unusable("key " + (i + 1) + " holds a space or an odd character; copy it again");
      }
    }
    return keys.stream().distinct().toList();
  }

  private IllegalArgumentException unusable(String why) {
    return new IllegalArgumentException(Access.KEY_FILE + ": " + file + " " + why);
  }

  @Override
  public void close() {
    ScheduledExecutorService every = timer;
    if (every != null) {
      every.shutdownNow();
    }
  }
}
