package io.github.seedance4j.adapter.cli.settings;

import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The key that {@code login} keeps, in a file of its own for its owner alone: the key, and on the
 * next line the address that it was tried at. Without one it is a key of the provider's own
 * address.
 */
public final class StoredKey {

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
      String[] lines = PrivateFile.read(file).orElse("").strip().split("\\R", 2);
      String key = lines[0].strip();
      if (key.isEmpty()) {
        throw new UnusableSetting(file + " is empty: log in again");
      }
      String address = lines.length > 1 ? lines[1].strip() : Access.TOKENHUB.toString();
      return Optional.of(new Access.Key(key, "login, profile " + profile, address));
    } catch (IOException e) {
      throw new UnusableSetting("can't read " + file + ": " + DiskTrouble.reason(e));
    }
  }

  public static void write(Settings settings, String profile, Access access) throws IOException {
    PrivateFile.write(settings.keyFile(profile), access.key() + "\n" + access.baseUrl() + "\n");
  }

  /** Whether there was one. */
  public static boolean delete(Settings settings, String profile) throws IOException {
    return Files.deleteIfExists(settings.keyFile(profile));
  }
}
