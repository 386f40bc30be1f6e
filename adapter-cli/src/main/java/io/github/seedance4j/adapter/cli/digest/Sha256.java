package io.github.seedance4j.adapter.cli.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts and files; texts as UTF-8. */
public final class Sha256 {

  private static final int BUFFER = 1 << 16;

  private Sha256() {}

  /** The digest itself. */
  public static byte[] bytes(String text) {
    return begin().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** In lower-case hex. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(bytes(text));
  }

  /**
   * That of what is in a file, in lower-case hex.
   *
   * @throws IOException if it can't be read
   */
  public static String hex(Path file) throws IOException {
    MessageDigest digest = begin();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
