package io.github.seedance4j.adapter.cli.settings;

import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import io.github.seedance4j.adapter.cli.text.FieldNames;
import io.github.seedance4j.request.ModelCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the user set in the environment or in the config file, which is read when it is first asked
 * for, and once. A flag wins over the environment, the environment over the profile in the file,
 * the profile over what the file says for all.
 */
public final class Settings {

  static final String PROFILE = "SEEDANCE_PROFILE";
  public static final String USUAL_PROFILE = "default";

  private static final String FILE = "config.ini";
  private static final String KEY = "key-";
  // also the end of a file's name, which some systems don't tell from its capitals
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private final @Nullable Path directory;
  private final @Nullable String flag;
  private final Supplier<ModelCatalog> catalog;
  private final boolean mayBeNew;
  private final boolean isTolerant;
  private final List<ConfigFile.Fault> faults = new ArrayList<>();
  private @Nullable ConfigFile read;

  private Settings(
      @Nullable Path directory,
      @Nullable String flag,
      Supplier<ModelCatalog> catalog,
      boolean mayBeNew,
      boolean isTolerant) {
    this.mayBeNew = mayBeNew;
    this.isTolerant = isTolerant;
    this.directory = directory;
    this.flag = flag;
    this.catalog = catalog;
  }

  /**
   * A value, and where it comes from: a variable's name, or that of the file and its profile.
   *
   * @param isInFile whether it is from the file
   */
  public record Value(String text, String origin, boolean isInFile) {}

  /** Those in that directory, which may not be there. */
  public static Settings in(Path directory) {
    return new Settings(directory, null, ModelCatalog::tokenHub, false, false);
  }

  /** Those of somebody who keeps no file. */
  public static Settings none() {
    return new Settings(null, null, ModelCatalog::tokenHub, false, false);
  }

  /** The same, as a command sees them. */
  public Settings of(@Nullable String profileFlag, Supplier<ModelCatalog> models) {
    return new Settings(directory, profileFlag, models, false, false);
  }

  /** The same for a command that makes the profile if there is none. */
  public Settings beingMade() {
    return new Settings(directory, flag, catalog, true, isTolerant);
  }

  /** The same for those who tell what is wrong with the file: its bad lines count for nothing. */
  public Settings tolerant() {
    return new Settings(directory, flag, catalog, mayBeNew, true);
  }

  /** The bad lines of the file, of those that tolerate them. */
  public List<ConfigFile.Fault> faults() {
    if (directory != null) {
      text();
    }
    return List.copyOf(faults);
  }

  static boolean isProfile(String name) {
    return NAME.matcher(name).matches();
  }

  static String noName(String profile) {
    return "'"
        + profile
        + "' can't be a profile's name: small letters, digits, and after the first . _ -";
  }

  /** The config file; may not be there. */
  public Path file() {
    return directory().resolve(FILE);
  }

  /** Where a profile's key is; may not be there. */
  public Path keyFile(String profile) {
    return directory().resolve(KEY + profile);
  }

  /** Whether there is a place for a file at all. */
  public boolean hasPlace() {
    return directory != null;
  }

  /** The name that was asked for, whether or not there is such a profile. */
  public String named(Surroundings around) {
    String name = flag != null ? flag : around.variable(PROFILE).strip();
    if (name.isEmpty() && flag == null) {
      return USUAL_PROFILE;
    }
    if (!isProfile(name)) {
      throw new UnusableSetting((flag == null ? PROFILE : "--profile") + ": " + noName(name));
    }
    return name;
  }

  /** Whether the user said whose settings and key these are to be, by a flag or a variable. */
  boolean isNamed(Surroundings around) {
    return flag != null || !around.variable(PROFILE).isBlank();
  }

  /**
   * The profile that holds.
   *
   * @throws UnusableSetting if there is none of that name: a typo must not be somebody else's bill
   */
  public String profile(Surroundings around) {
    String name = named(around);
    if (!mayBeNew && !name.equals(USUAL_PROFILE) && !profiles().contains(name)) {
      throw new UnusableSetting(
          "there is no profile '"
              + name
              + "'; there are "
              + String.join(", ", profiles())
              + ". To make it: "
              + around.command("login", "--profile", name));
    }
    return name;
  }

  /** Every profile with settings or a key. */
  Set<String> profiles() {
    Set<String> names = new TreeSet<>(Set.of(USUAL_PROFILE));
    if (directory != null && Files.isDirectory(directory)) {
      names.addAll(text().profiles());
      try (Stream<Path> files = Files.list(directory)) {
        files
            .map(file -> String.valueOf(file.getFileName()))
            .filter(name -> name.startsWith(KEY) && isProfile(name.substring(KEY.length())))
            .map(name -> name.substring(KEY.length()))
            .forEach(names::add);
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    return names;
  }

  /**
   * What is set, wherever that is.
   *
   * @throws UnusableSetting if it, or anything in the file, can't be used
   */
  Optional<Value> find(Setting setting, Surroundings around) {
    if (around.isSet(setting.variable())) {
      String text = around.variable(setting.variable()).strip();
      if (setting != Setting.BASE_URL) { // whoever is going to call it says what is wrong with it
        try {
          setting.require(text, catalog.get());
        } catch (IllegalArgumentException e) {
          throw new UnusableSetting(setting.variable() + ": " + e.getMessage());
        }
      }
      return Optional.of(new Value(text, setting.variable(), false));
    }
    if (directory == null) {
      return Optional.empty();
    }
    String profile = profile(around);
    ConfigFile file = text();
    return file.find(profile, setting.key())
        .or(() -> file.find(USUAL_PROFILE, setting.key()))
        .map(entry -> new Value(entry.value(), origin(entry.profile()), true));
  }

  /** How people are told that something is in the file. */
  public static String origin(String profile) {
    return profile.equals(USUAL_PROFILE) ? FILE : FILE + " [" + profile + "]";
  }

  /** The file as it is, for those who change it: its keys and values may be wrong. */
  public ConfigFile raw() {
    try {
      return ConfigFile.parse(file().toString(), PrivateFile.read(file()).orElse(""));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private synchronized ConfigFile text() {
    ConfigFile known = read;
    if (known == null) {
      requireOwn();
      if (isTolerant) {
        known = mended();
      } else {
        known = raw();
        for (ConfigFile.Entry entry : known.entries()) {
          try {
            require(entry);
          } catch (UnusableSetting e) {
            throw new UnusableSetting(file() + ", line " + entry.line() + ": " + e.getMessage());
          }
        }
      }
      read = known;
    }
    return known;
  }

  /** Without the lines that can't be used, which are kept for whoever asks. */
  private ConfigFile mended() {
    ConfigFile file = readable(faults::add);
    return file.without(
        entry -> {
          try {
            require(entry);
            return false;
          } catch (UnusableSetting e) {
            faults.add(
                new ConfigFile.Fault(
                    entry.line(), entry.profile(), entry.key(), String.valueOf(e.getMessage())));
            return true;
          }
        });
  }

  /** The file as far as it can be read; its keys and values may be wrong. */
  public ConfigFile readable(Consumer<ConfigFile.Fault> bad) {
    try {
      return ConfigFile.parse(PrivateFile.read(file()).orElse(""), bad);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void require(ConfigFile.Entry entry) {
    Setting setting =
        Setting.of(entry.key()).orElseThrow(() -> new UnusableSetting(noSetting(entry.key())));
    try {
      setting.require(entry.value(), catalog.get());
      if (setting.isPath() && !Setting.isFixed(entry.value())) {
        throw setting.wanted(entry.value(), "a whole path, or one that begins with ~/");
      }
    } catch (IllegalArgumentException e) {
      throw new UnusableSetting(String.valueOf(e.getMessage()));
    }
  }

  public static String noSetting(String key) {
    Optional<String> near =
        FieldNames.near(
            key.toLowerCase(Locale.ROOT).replace('_', '-'),
            Arrays.stream(Setting.values()).map(Setting::key).toList());
    return Setting.shown(key)
        + " is no setting; "
        + near.map(name -> "did you mean " + name + "?").orElse("there are " + Setting.keys())
        + (key.contains("key") ? ". The key is kept apart: seedance login" : "");
  }

  /** The file names a program that is run: nobody else may write it. */
  private void requireOwn() {
    try {
      if (Files.exists(file())) {
        Set<PosixFilePermission> others = PrivateFile.forOthers(file());
        if (others.contains(PosixFilePermission.GROUP_WRITE)
            || others.contains(PosixFilePermission.OTHERS_WRITE)) {
          throw new UnusableSetting(
              "others can change " + file() + ": " + PrivateFile.chmod(file()));
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private UnusableSetting unreadable(IOException e) {
    return new UnusableSetting("can't read " + file() + ": " + DiskTrouble.reason(e));
  }

  private Path directory() {
    if (directory == null) {
      throw new UnusableSetting("there is no home directory to keep settings in: set HOME");
    }
    return directory;
  }
}
