package io.github.seedance4j.adapter.cli.setup;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.SeedanceCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.request.RequestFlags;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.ConfigFile;
import io.github.seedance4j.adapter.cli.settings.Prices;
import io.github.seedance4j.adapter.cli.settings.PrivateFile;
import io.github.seedance4j.adapter.cli.settings.Setting;
import io.github.seedance4j.adapter.cli.settings.Settings;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import io.github.seedance4j.adapter.cli.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows and changes what is set once for all commands. */
public final class ConfigCommand extends SeedanceCommand {

  private static final int WIDTH = 12;

  private final Flag<String> verb;
  private final Flag<String> key;
  private final Flag<List<String>> rest;
  private final Flag<Boolean> json;

  public ConfigCommand(Surroundings around, Workshop workshop) {
    super(
        "config",
        "List, get, set or unset what holds for all commands. A flag wins over the environment, that"
            + " over the profile in the file, that over the top of the file.",
        around.with(around.settings().tolerant()),
        workshop,
        "%nExamples:",
        "  seedance config list",
        "  seedance config set model fast",
        "  seedance config set max-cost 2.00 --profile client",
        "  seedance config unset model",
        "%nSettings, and their variables:",
        "  model       SEEDANCE_MODEL       of clips whose flags name none",
        "  resolution  SEEDANCE_RESOLUTION  the same",
        "  output      SEEDANCE_OUTPUT      the directory of clips without -o",
        "  max-cost    SEEDANCE_MAX_COST    refuse a clip that may cost more; unlike",
        "                                   the flag it is no consent: it asks still",
        "  stage       SEEDANCE_STAGE       the command that puts a file on the web",
        "  prices      SEEDANCE_PRICES      a file of prices",
        "  base-url    TOKENHUB_BASE_URL    where the provider is",
        "%nRequests in files (--request, --from, batch) are whole: model and resolution",
        "don't change them. The key is kept apart: 'seedance login'.");
    verb = flags.maybe(0, "WHAT", "list, get, set or unset.", "list", "get", "set", "unset");
    key =
        flags.maybe(
            1,
            "KEY",
            "The setting to get, set or unset.",
            Arrays.stream(Setting.values()).map(Setting::key).toArray(String[]::new));
    rest = flags.arguments(2, "[VALUE]", "What to set it to.");
    json = flags.common("Write the result as JSON, one object a line.", "--json");
  }

  @Override
  public Integer call() {
    List<String> said = new ArrayList<>();
    Stream.of(verb.value(), key.value()).filter(Objects::nonNull).forEach(said::add);
    said.addAll(rest.or(List.of()));
    String what = said.isEmpty() ? "list" : said.get(0);
    int wanted =
        switch (what) {
          case "list" -> 1;
          case "get", "unset" -> 2;
          case "set" -> 3;
          default -> throw usage("there are list, get, set and unset, not " + Setting.shown(what));
        };
    if (what.equals("list") && said.size() <= 1) {
      return list();
    }
    if (said.size() != wanted) {
      throw usage(
          switch (what) {
            case "set" -> "write: " + command("config", "set", "KEY", "VALUE");
            case "list" -> "write: " + command("config", "list");
            default -> "write: " + command("config", what, "KEY");
          });
    }
    String name = said.get(1);
    if (what.equals("unset")) {
      return unset(name);
    }
    Setting setting = Setting.of(name).orElseThrow(() -> usage(Settings.noSetting(name)));
    return what.equals("get")
        ? get(setting)
        : set(setting, judging(() -> usable(setting, said.get(2))));
  }

  private int list() {
    String profile = judging(() -> around.settings().profile(around));
    for (Setting setting : Setting.values()) {
      Optional<Settings.Value> value = around.setting(setting);
      row(
          setting.key(),
          value.isPresent() ? text(setting) : usual(setting),
          value.map(Settings.Value::origin).orElse("default"));
    }
    Optional<Access.Key> key = judging(() -> Access.findKey(around, talk()::note));
    row(
        "key",
        key.map(found -> "fingerprint " + fingerprint(found)).orElse(""),
        key.map(Access.Key::origin).orElse("none"));
    if (around.settings().hasPlace()) {
      talk().say("Profile " + profile + "; file: " + around.settings().file());
    }
    return faults();
  }

  /** Says which lines of the file are bad: as long as they are there, other commands refuse. */
  private int faults() {
    List<ConfigFile.Fault> faults = around.settings().faults();
    for (ConfigFile.Fault fault : faults) {
      talk().error(told(fault));
      talk().insist("  → " + mending(around, fault));
    }
    return faults.isEmpty() ? ExitCode.DONE : ExitCode.USAGE;
  }

  static String told(ConfigFile.Fault fault) {
    return Settings.origin(fault.profile()) + ", line " + fault.line() + ": " + fault.what();
  }

  /** What removes a bad line. */
  static String mending(Surroundings around, ConfigFile.Fault fault) {
    if (fault.key() == null || fault.key().startsWith("th-")) { // a key that went astray
      return "correct line " + fault.line() + " of " + around.settings().file();
    }
    return fault.profile().equals(Settings.USUAL_PROFILE)
        ? around.command("config", "unset", fault.key())
        : around.command("config", "unset", fault.key(), "--profile", fault.profile());
  }

  private String fingerprint(Access.Key key) {
    return judging(() -> workshop.fingerprint(key.text()));
  }

  private void row(String key, String value, String origin) {
    if (json.or(false)) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("setting", key);
      row.put("value", value.isEmpty() ? null : value);
      row.put("from", origin);
      result(Json.write(row));
    } else {
      result(
          key
              + " ".repeat(WIDTH - key.length())
              + (value.isEmpty() ? "-" : value)
              + "  ("
              + origin
              + ")");
    }
  }

  /** What is set, without a password that went astray. */
  private String text(Setting setting) {
    return setting == Setting.BASE_URL
        ? Access.address(around)
        : around.setting(setting).map(Settings.Value::text).orElse("");
  }

  /** What holds where nothing is set; the empty string where that is nothing. */
  private String usual(Setting setting) {
    return switch (setting) {
      case MODEL -> RequestFlags.USUAL_MODEL;
      case RESOLUTION -> RequestFlags.USUAL_RESOLUTION;
      case OUTPUT -> around.directory().toString();
      case BASE_URL -> Access.address(around);
      case PRICES -> "built in, of " + workshop.tariff().date();
      case MAX_COST, STAGE -> "";
    };
  }

  private int get(Setting setting) {
    String value = around.setting(setting).isPresent() ? text(setting) : usual(setting);
    if (json.or(false)) {
      row(
          setting.key(),
          value,
          around.setting(setting).map(Settings.Value::origin).orElse("default"));
    } else {
      result(value);
    }
    return ExitCode.DONE;
  }

  /** The value as it is written: a path is made whole, so that it means the same anywhere. */
  private String usable(Setting setting, String given) {
    String value = given.strip();
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(setting.key() + ": a value is one line of text");
    }
    setting.require(value, workshop.catalog());
    if (setting.isPath()) {
      Path path = Setting.path(value, around.directory(), around.home());
      requirePath(setting, path);
      return Setting.isFixed(value) ? value : path.toString();
    }
    if (setting == Setting.STAGE) {
      workshop.stage(value, around); // only whoever runs it can tell whether it can be read
    }
    return value;
  }

  private void requirePath(Setting setting, Path path) {
    if (setting == Setting.PRICES) {
      Prices.load(path).requirePricesFor(workshop.catalog());
    } else if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new IllegalArgumentException(setting.key() + ": " + path + " is no directory");
    }
  }

  private int set(Setting setting, String value) {
    Settings settings = around.settings();
    String profile = judging(() -> settings.named(around));
    ConfigFile file = judging(settings::raw);
    keep(file.with(profile, setting.key(), value));
    talk().say(setting.key() + " = " + value + " in " + Settings.origin(profile) + ".");
    return done(setting, setting.key(), value, profile);
  }

  /** Removes also what is no setting, if it is there. */
  private int unset(String key) {
    Settings settings = around.settings();
    String profile = judging(() -> settings.profile(around));
    ConfigFile file = judging(() -> settings.readable(fault -> {}));
    Setting setting = Setting.of(key).orElse(null);
    boolean was = file.find(profile, key).isPresent();
    if (setting == null && !was) {
      throw usage(Settings.noSetting(key));
    }
    if (was) {
      keep(file.without(profile, key));
    }
    String origin = Settings.origin(profile);
    talk()
        .say(was ? "Unset " + key + " in " + origin + "." : key + " is not set in " + origin + ".");
    return done(setting, key, "", profile);
  }

  private void keep(String text) {
    try {
      PrivateFile.write(around.settings().file(), text);
    } catch (IOException e) {
      throw usage("can't write " + around.settings().file() + ": " + DiskTrouble.reason(e));
    }
  }

  private int done(@Nullable Setting setting, String key, String value, String profile) {
    if (setting != null && around.isSet(setting.variable())) {
      talk().note(setting.variable() + " is set, and wins over it");
    }
    if (json.or(false)) {
      row(key, value, Settings.origin(profile));
    }
    return ExitCode.DONE;
  }
}
