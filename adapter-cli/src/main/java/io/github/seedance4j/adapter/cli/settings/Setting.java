package io.github.seedance4j.adapter.cli.settings;

import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Resolution;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** What a person can set once instead of with every command. */
public enum Setting {
  /** The model of clips whose flags name none. */
  MODEL("model", "SEEDANCE_MODEL") {
    @Override
    public void require(String value, ModelCatalog catalog) {
      Set<String> names = new LinkedHashSet<>();
      catalog.models().stream().map(ModelSpec::alias).forEach(names::add);
      catalog.models().stream().map(ModelSpec::id).forEach(names::add);
      requireOneOf(names, value);
    }
  },
  /** The resolution of clips whose flags name none. */
  RESOLUTION("resolution", "SEEDANCE_RESOLUTION") {
    @Override
    public void require(String value, ModelCatalog catalog) {
      requireOneOf(
          catalog.models().stream()
              .flatMap(model -> model.resolutions().stream())
              .map(Resolution::value)
              .collect(Collectors.toCollection(TreeSet::new)),
          value);
    }
  },
  /** The directory that clips without {@code -o} go to. */
  OUTPUT("output", "SEEDANCE_OUTPUT") {
    @Override
    public void require(String value, ModelCatalog catalog) {
      requirePath(value);
    }
  },
  /** What a clip may cost; above it nothing is sent. No consent: the price is asked for still. */
  MAX_COST("max-cost", "SEEDANCE_MAX_COST") {
    @Override
    public void require(String value, ModelCatalog catalog) {
      try {
        new Values.Amount().convert(value);
      } catch (TypeConversionException e) {
        throw wanted(value, "an amount such as 3.00");
      }
    }
  },
  /** The program that puts files of the user's own on the web. */
  STAGE("stage", "SEEDANCE_STAGE") {
    @Override
    public void require(String value, ModelCatalog catalog) {
      if (!value.contains("{}")) {
        throw wanted(value, "a command with {} where the file goes, such as: upload.sh {}");
      }
    }
  },
  /** A file of prices, in the place of those that come with the program. */
  PRICES("prices", "SEEDANCE_PRICES") {
    @Override
    public void require(String value, ModelCatalog catalog) {
      requirePath(value);
    }
  },
  /** Where the provider is. */
  BASE_URL("base-url", Access.BASE_URL) {
    @Override
    public void require(String value, ModelCatalog catalog) {
      Access.requireAddress(key(), value);
    }
  };

  private static final String HOME = "~/";

  private final String key;
  private final String variable;

  Setting(String key, String variable) {
    this.key = key;
    this.variable = variable;
  }

  /** What it is called in the file. */
  public String key() {
    return key;
  }

  /** What it is called in the environment. */
  public String variable() {
    return variable;
  }

  /**
   * Makes sure that it can be used.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  public abstract void require(String value, ModelCatalog catalog);

  /** Whether it names a file or a directory. */
  public boolean isPath() {
    return this == OUTPUT || this == PRICES;
  }

  public static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** All of them, as they are told to people. */
  static String keys() {
    return Arrays.stream(values()).map(Setting::key).collect(Collectors.joining(", "));
  }

  /** Whether a path is the same wherever the command is called. */
  public static boolean isFixed(String path) {
    return path.startsWith(HOME) || Path.of(path).isAbsolute();
  }

  /** That path from there, {@code ~} being the home directory. */
  public static Path path(String text, Path from, @Nullable String home) {
    return text.startsWith(HOME) && home != null
        ? Path.of(home).resolve(text.substring(HOME.length())).normalize()
        : from.resolve(text).normalize();
  }

  /** A value as a message may repeat it: no key that went astray. */
  public static String shown(String value) {
    return "'" + Access.withoutKeys(value) + "'";
  }

  final IllegalArgumentException wanted(String value, String wanted) {
    return new IllegalArgumentException(key + " = " + shown(value) + ", wanted " + wanted);
  }

  final void requireOneOf(Set<String> words, String value) {
    if (!words.contains(value.toLowerCase(Locale.ROOT))) {
      throw wanted(value, String.join(", ", words));
    }
  }

  final void requirePath(String value) {
    try {
      if (!value.isBlank() && !Path.of(value).toString().isEmpty()) {
        return;
      }
    } catch (InvalidPathException e) {
      // as below
    }
    throw wanted(value, "the name of a file or a directory");
  }
}
