package io.github.seedance4j.adapter.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The key that {@code login} keeps, in a file of its own for its owner alone. */
final class StoredKey {

  private StoredKey() {}

  /**
   * The key of that profile.
   *
   * @throws UnusableSetting if others can get at it, saying what to type; or if it can't be read
   */
  static Optional<Access.Key> read(Settings settings, String profile) {
    Path file = settings.keyFile(profile);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (!PrivateFile.forOthers(file).isEmpty()) {
        throw new UnusableSetting(
            "others can get at the key in "
                + file
                + ", so it isn't used: "
                + PrivateFile.chmod(file));
      }
      String key = PrivateFile.read(file).orElse("").strip();
      if (key.isEmpty()) {
        throw new UnusableSetting(file + " is empty: log in again");
      }
      return Optional.of(new Access.Key(key, "login, profile " + profile));
    } catch (IOException e) {
      throw new UnusableSetting("can't read " + file + ": " + ClipFile.reason(e));
    }
  }

  static void write(Settings settings, String profile, String key) throws IOException {
    PrivateFile.write(settings.keyFile(profile), key + "\n");
  }

  /** Whether there was one. */
  static boolean delete(Settings settings, String profile) throws IOException {
    return Files.deleteIfExists(settings.keyFile(profile));
  }
}
