package io.github.seedance4j.adapter.cli.serve;

import io.github.seedance4j.adapter.cli.command.Gateways.Secret;
import io.github.seedance4j.adapter.cli.settings.PrivateFile;
import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a gateway signs its links with: 32 bytes as hex, in a file for its owner alone, made when it
 * is missing. Gateways on the same jobs need the same file, or a copy of it.
 */
final class LinkSecret {

  private static final int BYTES = 32;

  private LinkSecret() {}

  /**
   * Reads it, or makes it.
   *
   * @throws IllegalArgumentException if it can't be used, or others can read it
   */
  static Secret at(Path file) {
    try {
      if (!Files.exists(file)) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        PrivateFile.write(file, HexFormat.of().formatHex(bytes) + "\n");
      }
      if (!PrivateFile.forOthers(file).isEmpty()) {
        throw new IllegalArgumentException(
            "--secret-file: others can read " + file + ": " + PrivateFile.chmod(file));
      }
      // not with the exception's own words: they may repeat what is in it
      String text = Files.readString(file).strip();
      if (!text.matches("(?:[0-9a-f]{2}){" + BYTES + ",256}")) {
        throw new IllegalArgumentException(
            "--secret-file: "
                + file
                + " holds no secret: 64 hex digits or more, in lower case; without the file a new"
                + " one is made");
      }
      return new Secret(HexFormat.of().parseHex(text));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--secret-file: can't use " + file + ": " + DiskTrouble.reason(e), e);
    }
  }
}
