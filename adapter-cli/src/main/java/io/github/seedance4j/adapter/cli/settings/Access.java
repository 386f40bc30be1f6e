package io.github.seedance4j.adapter.cli.settings;

import io.github.seedance4j.adapter.cli.text.Shell;
import io.github.seedance4j.job.ProviderAccount;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whom to call, and with which key: from environment or profile, never from a flag. */
public final class Access {

  public static final String KEY = "TOKENHUB_API_KEY";
  public static final String KEY_FILE = "TOKENHUB_API_KEY_FILE";
  public static final String BASE_URL = "TOKENHUB_BASE_URL";
  public static final String ALLOW_LOOPBACK = "SEEDANCE_ALLOW_LOOPBACK";

  /** What the sandbox is called with; any key that begins like that will do. */
  public static final String SANDBOX_KEY = "th-sandbox";

  /** The address that jobs have which the provider inside the command makes. */
  public static final String OWN_SANDBOX = "sandbox:";

  /** The address of jobs that the provider beside a gateway makes. */
  public static final String GATEWAY_SANDBOX = OWN_SANDBOX + "gateway";

  private static final int WAY_WIDTH = 36;

  private static final String USUAL_BEGINNING = "th-";
  static final URI TOKENHUB = URI.create("https://tokenhub.store/api/v1");
  private static final int LONGEST_KEY_FILE = 8_192;

  /** Up to the last character that a key may end with; a host of such a name is none. */
  private static final Pattern LIKE_A_KEY = Pattern.compile("(?<![\\w.-])(?<!//)th-\\S*[\\w-]");

  private static final Pattern PASSWORD = Pattern.compile("//[^/\\s]*@");

  private final String key;
  private final URI baseUrl;
  private final String addressName;
  private final boolean allowLoopback;

  private Access(String key, URI baseUrl, String addressName, boolean allowLoopback) {
    this.key = key;
    this.baseUrl = baseUrl;
    this.addressName = addressName;
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

  /**
   * Takes the key out of the environment of a program that we start: it is none of its business.
   */
  public static void hideKey(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(name -> name.equalsIgnoreCase(KEY) || name.equalsIgnoreCase(KEY_FILE));
  }

  /** A text that repeats what was typed, without the keys and passwords that went astray in it. */
  public static String withoutKeys(String text) {
    String shown = text.contains("th-") ? LIKE_A_KEY.matcher(text).replaceAll("th-…") : text;
    return shown.contains("@") ? PASSWORD.matcher(shown).replaceAll("//…@") : shown;
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "Access[" + baseUrl + "]";
  }

  /**
   * Reads the environment, and what the user keeps.
   *
   * @param warning told what is unwise
   * @throws IllegalArgumentException whose message names what is missing or wrong and the ways out
   */
  public static Access of(Surroundings around, Consumer<String> warning) {
    Optional<Key> found = findKey(around, warning);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "no API key. Ways out:\n"
              + wayOut(around.program() + " login", "asks for it, keeps it for you alone")
              + wayOut("export " + KEY + "=th-…", "from TokenHub's dashboard")
              + wayOut("export " + KEY_FILE + "=FILE", "a file with it (chmod 600)")
              + wayOut(around.program() + " generate … --sandbox", "without a key, at no cost")
                  .stripTrailing());
    }
    requireItsAddress(found.get(), around);
    return with(found.get().text(), around, warning);
  }

  /** A key that was tried at one address is not shown to another: that may be anybody's. */
  private static void requireItsAddress(Key key, Surroundings around) {
    String there = key.address();
    String here = baseUrl(around).toString();
    if (there != null && !plain(there).equals(plain(here))) {
      throw new IllegalArgumentException(
          "the key of this login is for "
              + there
              + ", and "
              + addressName(around)
              + " is "
              + here
              + ": nothing was sent there. If that is right, "
              + around.command("login", "--profile", profileOf(around))
              + " with a key for it, or set "
              + KEY);
    }
  }

  private static String profileOf(Surroundings around) {
    return around.settings().profile(around);
  }

  /**
   * An address in one of its spellings: a host has no case, and its usual port needs no mention.
   */
  public static String plain(String address) {
    String text = address.strip().replaceFirst("/+$", "");
    try {
      URI url = new URI(text);
      if (url.getScheme() == null || url.getHost() == null) {
        return text;
      }
      String scheme = url.getScheme().toLowerCase(Locale.ROOT);
      boolean usual = url.getPort() == (scheme.equals("https") ? 443 : 80);
      String port = url.getPort() < 0 || usual ? "" : ":" + url.getPort();
      String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
      String host = url.getHost().toLowerCase(Locale.ROOT);
      return scheme + "://" + host + port + url.getRawPath() + query;
    } catch (URISyntaxException e) {
      return text; // whoever is going to call it says what is wrong with it
    }
  }

  private static String wayOut(String command, String why) {
    return "  " + command + " ".repeat(Math.max(1, WAY_WIDTH + 1 - command.length())) + why + "\n";
  }

  /** The same with a key that was just told. */
  public static Access with(String key, Surroundings around, Consumer<String> warning) {
    requireKey(key);
    if (!key.startsWith(USUAL_BEGINNING)) {
      warning.accept("the key doesn't begin with " + USUAL_BEGINNING + ", as TokenHub's keys do");
    }
    return new Access(key, baseUrl(around), addressName(around), allowsLoopback(around));
  }

  /** The same address with another key. */
  public Access as(String other) {
    return new Access(other, baseUrl, addressName, allowLoopback);
  }

  private static void requireKey(String key) {
    if (!key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException(
          "the API key holds a space, a line break or an odd character; copy it again");
    }
  }

  /**
   * A key, and where it comes from, as people are told.
   *
   * @param text the secret itself
   * @param address where it was tried; null if it may go wherever the user says
   */
  public record Key(String text, String origin, @Nullable String address) {
    @Override
    public String toString() {
      return "Key[" + origin + "]";
    }
  }

  /**
   * The key of the environment, else that of the profile.
   *
   * @throws IllegalArgumentException if there is one that can't be used
   */
  public static Optional<Key> findKey(Surroundings around, Consumer<String> warning) {
    String key = around.variable(KEY).strip();
    String origin = KEY;
    if (key.isEmpty() && around.isSet(KEY_FILE)) {
      key = keyFrom(around.directory().resolve(around.variable(KEY_FILE)), warning);
      origin = KEY_FILE;
    }
    Settings settings = around.settings();
    if (!key.isEmpty() && !settings.isNamed(around)) {
      return Optional.of(new Key(key, origin, null));
    }
    Optional<Key> stored =
        settings.hasPlace() ? StoredKey.read(settings, settings.profile(around)) : Optional.empty();
    if (key.isEmpty()) {
      return stored;
    }
    if (stored.isPresent() && !stored.get().text().equals(key)) {
      warning.accept(origin + " wins over the key of profile " + settings.profile(around));
    }
    return Optional.of(new Key(key, origin, null));
  }

  /** Which setting the user looks into when the key is not accepted. */
  public static String keyName(Surroundings around) {
    return !around.isSet(KEY) && around.isSet(KEY_FILE)
        ? KEY_FILE
        : !around.isSet(KEY) && around.settings().hasPlace() && hasStored(around)
            ? "the key of '" + around.command("login") + "'"
            : KEY;
  }

  private static boolean hasStored(Surroundings around) {
    return Files.exists(around.settings().keyFile(around.settings().named(around)));
  }

  /**
   * The same, for those who are going to fetch a clip: said before it is paid for.
   *
   * @throws IllegalArgumentException if the clip will be where none is fetched from
   */
  public Access forClips() {
    if (isThisMachine(baseUrl.getHost()) && !allowLoopback) {
      throw new IllegalArgumentException(
          addressName
              + " is on this machine, so its clips are too: export "
              + ALLOW_LOOPBACK
              + "=true");
    }
    return this;
  }

  /** The address that was set; the provider's own where none was. */
  public static String address(Surroundings around) {
    return around
        .setting(Setting.BASE_URL)
        .map(value -> PASSWORD.matcher(value.text()).replaceAll("//…@"))
        .orElseGet(TOKENHUB::toString);
  }

  /** Where that address was set, as people are told. */
  public static String addressName(Surroundings around) {
    return around
        .setting(Setting.BASE_URL)
        .filter(Settings.Value::isInFile)
        .map(value -> Setting.BASE_URL.key() + " in " + value.origin())
        .orElse(BASE_URL);
  }

  public static boolean allowsLoopback(Surroundings around) {
    String text = around.variable(ALLOW_LOOPBACK).strip();
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0", "" -> false;
      default ->
          throw new IllegalArgumentException(
              ALLOW_LOOPBACK + ": '" + text + "' is neither true nor false");
    };
  }

  public static boolean isThisMachine(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /** Whether that is the provider inside the command, which never charges anything. */
  public static boolean isOwnSandbox(ProviderAccount account) {
    return account.baseUrl().equals(OWN_SANDBOX);
  }

  /** Whether that, as far as an address tells, is no provider who is paid. */
  public static boolean isSandbox(ProviderAccount account) {
    if (account.baseUrl().startsWith(OWN_SANDBOX)) {
      return true;
    }
    try {
      String host = new URI(account.baseUrl()).getHost();
      return host != null && isThisMachine(host);
    } catch (URISyntaxException e) {
      return false;
    }
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
      String key = keys(new String(bytes, StandardCharsets.UTF_8)).stream().findFirst().orElse("");
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

  /** The keys in a file, one a line, the one that counts first; older ones are a gateway's. */
  public static List<String> keys(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private static URI baseUrl(Surroundings around) {
    return around
        .setting(Setting.BASE_URL)
        .map(value -> requireAddress(addressName(around), value.text()))
        .orElse(TOKENHUB);
  }

  /**
   * An address that a key may be sent to.
   *
   * @param name how messages call it
   * @throws IllegalArgumentException if it is none, saying what is
   */
  public static URI requireAddress(String name, String text) {
    try {
      URI url = new URI(text);
      if (url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
        throw new IllegalArgumentException(
            name
                + ": leave out what is before the @: the key is all that is sent, and a password in"
                + " an address is seen by others");
      }
      if (url.getHost() != null
          && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
        requireSafe(name, url);
        return url;
      }
    } catch (URISyntaxException e) {
      // said below, with the same way out
    }
    throw new IllegalArgumentException(
        name
            + ": '"
            + withoutKeys(text).replaceAll("//.*@", "//…@")
            + "' is no http(s) address; the provider's is "
            + TOKENHUB);
  }

  private static void requireSafe(String name, URI url) {
    if (url.getScheme().equals("http") && !isThisMachine(url.getHost())) {
      throw new IllegalArgumentException(
          name
              + ": "
              + url.getHost()
              + ": a key is sent over https only; http is for this very machine alone");
    }
  }
}
