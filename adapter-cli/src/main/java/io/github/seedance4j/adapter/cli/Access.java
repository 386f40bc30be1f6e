package io.github.seedance4j.adapter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Whom to call, and with which key: from the environment, never from a flag. */
public final class Access {

  static final String KEY = "TOKENHUB_API_KEY";
  static final String KEY_FILE = "TOKENHUB_API_KEY_FILE";
  static final String BASE_URL = "TOKENHUB_BASE_URL";
  static final String ALLOW_LOOPBACK = "SEEDANCE_ALLOW_LOOPBACK";

  /** What the sandbox is called with; any key that begins like that will do. */
  public static final String SANDBOX_KEY = "th-sandbox";

  private static final String USUAL_BEGINNING = "th-";
  private static final URI TOKENHUB = URI.create("https://tokenhub.store/api/v1");
  private static final int LONGEST_KEY_FILE = 8_192;

  private final String key;
  private final URI baseUrl;
  private final boolean allowLoopback;

  private Access(String key, URI baseUrl, boolean allowLoopback) {
    this.key = key;
    this.baseUrl = baseUrl;
    this.allowLoopback = allowLoopback;
  }

  public String key() {
    return key;
  }

  public URI baseUrl() {
    return baseUrl;
  }

  /** Whether clips may come from this very machine, as those of a sandbox do. */
  public boolean allowLoopback() {
    return allowLoopback;
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "Access[" + baseUrl + "]";
  }

  /**
   * Reads the environment.
   *
   * @param warning told what is unwise
   * @throws IllegalArgumentException whose message names what is missing or wrong and the ways out
   */
  static Access of(Surroundings around, Consumer<String> warning) {
    String key = around.variable(KEY).strip();
    if (key.isEmpty() && around.isSet(KEY_FILE)) {
      key = keyFrom(around.directory().resolve(around.variable(KEY_FILE)), warning);
    }
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          "no API key. Ways out:\n"
              + "  export "
              + KEY
              + "=th-…              the key itself, from TokenHub's dashboard\n"
              + "  export "
              + KEY_FILE
              + "=FILE         a file that holds it (chmod 600)\n"
              + "  "
              + around.program()
              + " generate … --sandbox      try it without a key, at no cost");
    }
    if (!key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException(
          "the API key holds a space, a line break or an odd character; copy it again");
    }
    if (!key.startsWith(USUAL_BEGINNING)) {
      warning.accept("the key doesn't begin with " + USUAL_BEGINNING + ", as TokenHub's keys do");
    }
    return new Access(key, baseUrl(around), allowsLoopback(around));
  }

  /**
   * The same, for those who are going to fetch a clip: said before it is paid for.
   *
   * @throws IllegalArgumentException if the clip will be where none is fetched from
   */
  Access forClips() {
    if (isThisMachine(baseUrl.getHost()) && !allowLoopback) {
      throw new IllegalArgumentException(
          BASE_URL
              + " is on this machine, so its clips are too: export "
              + ALLOW_LOOPBACK
              + "=true");
    }
    return this;
  }

  /** The address that the environment asks for; the provider's own where it asks for none. */
  static String address(Surroundings around) {
    return around.isSet(BASE_URL) ? around.variable(BASE_URL).strip() : TOKENHUB.toString();
  }

  private static boolean allowsLoopback(Surroundings around) {
    String text = around.variable(ALLOW_LOOPBACK).strip();
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0", "" -> false;
      default ->
          throw new IllegalArgumentException(
              ALLOW_LOOPBACK + ": '" + text + "' is neither true nor false");
    };
  }

  static boolean isThisMachine(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  private static String keyFrom(Path file, Consumer<String> warning) {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(KEY_FILE + ": " + file + " is a directory, not a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST_KEY_FILE + 1);
      if (bytes.length > LONGEST_KEY_FILE) {
        throw new IllegalArgumentException(KEY_FILE + ": " + file + " is too large for a key");
      }
      PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (view != null && Files.isRegularFile(file)) {
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (permissions.contains(PosixFilePermission.GROUP_READ)
            || permissions.contains(PosixFilePermission.OTHERS_READ)) {
          warning.accept(
              "others can read the key in " + file + ": chmod 600 " + Shell.quote(file.toString()));
        }
      }
      String key = new String(bytes, StandardCharsets.UTF_8).strip();
      if (key.isEmpty()) {
        throw new IllegalArgumentException(KEY_FILE + ": " + file + " is empty");
      }
      return key;
    } catch (IOException e) {
      // not the exception's own words: a decoder may quote what it read
      String why = Files.exists(file) ? "can't be read" : "is not there";
      throw new IllegalArgumentException(KEY_FILE + ": " + file + " " + why, e);
    }
  }

  private static URI baseUrl(Surroundings around) {
    if (!around.isSet(BASE_URL)) {
      return TOKENHUB;
    }
    String text = around.variable(BASE_URL).strip();
    try {
      URI url = new URI(text);
      if (url.getHost() != null
          && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
        requireSafe(url);
        return url;
      }
    } catch (URISyntaxException e) {
      // said below, with the same way out
    }
    throw new IllegalArgumentException(
        BASE_URL + ": '" + text + "' is no http(s) address; the provider's is " + TOKENHUB);
  }

  private static void requireSafe(URI url) {
    if (url.getScheme().equals("http") && !isThisMachine(url.getHost())) {
      throw new IllegalArgumentException(
          BASE_URL
              + ": "
              + url.getHost()
              + ": a key is sent over https only; http is for this very machine alone");
    }
  }
}
