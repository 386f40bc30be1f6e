package io.github.seedance4j.adapter.cli.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a config file: {@code key = value} lines, those of a profile below {@code [profile]}.
 * What stands above the first profile holds for all. Lines that begin with # are remarks, and stay
 * where they are when a value is changed. Immutable.
 */
public final class ConfigFile {

  private static final Pattern SECTION = Pattern.compile("\\[\\s*([^]]*?)\\s*]");
  private static final Pattern PAIR = Pattern.compile("([^=\\s]+)\\s*=\\s*(.*?)");

  private final List<String> lines;
  private final List<Entry> entries;
  private final Set<String> profiles;

  /**
   * A value, and where it stands.
   *
   * @param line counted from 1
   */
  record Entry(int line, String profile, String key, String value) {}

  /**
   * A line that can't be used.
   *
   * @param key null where it is none
   * @param what what is wrong with it; never the line, which may hold a secret
   */
  public record Fault(int line, String profile, @Nullable String key, String what) {}

  private ConfigFile(List<String> lines, List<Entry> entries, Set<String> profiles) {
    this.lines = lines;
    this.entries = entries;
    this.profiles = profiles;
  }

  /**
   * Reads a file's text; whether keys and values make sense is for others to say.
   *
   * @param name how messages call the file; they don't repeat a line, which may hold a secret
   * @throws UnusableSetting naming the line that can't be read, or that names a key again
   */
  static ConfigFile parse(String name, String text) {
    return parse(
        text,
        fault -> {
          throw new UnusableSetting(name + ", line " + fault.line() + ": " + fault.what());
        });
  }

  /** The same without the lines that can't be read; what is below a heading that can't be, too. */
  static ConfigFile parse(String text, Consumer<Fault> faults) {
    List<String> lines = text.replaceFirst("^\uFEFF", "").lines().toList();
    List<Entry> entries = new ArrayList<>();
    Set<String> profiles = new LinkedHashSet<>();
    String profile = Settings.USUAL_PROFILE;
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher section = SECTION.matcher(line);
      Matcher pair = PAIR.matcher(line);
      if (section.matches()) {
        profile = section.group(1);
        if (Settings.isProfile(profile)) {
          profiles.add(profile);
        } else {
          faults.accept(new Fault(number, profile, null, Settings.noName(profile)));
        }
      } else if (pair.matches()) {
        Entry entry = new Entry(number, profile, pair.group(1), pair.group(2));
        Optional<Entry> first = find(entries, entry.profile(), entry.key());
        if (first.isPresent()) {
          String again = entry.key() + " is in line " + first.get().line() + " already";
          faults.accept(new Fault(number, profile, entry.key(), again));
        } else {
          entries.add(entry);
        }
      } else {
        String wanted = "wanted key = value, [profile], or # and a remark";
        faults.accept(new Fault(number, profile, null, wanted));
      }
    }
    return new ConfigFile(lines, List.copyOf(entries), Set.copyOf(profiles));
  }

  /** The same without some of its entries, whose lines stay. */
  ConfigFile without(Predicate<Entry> bad) {
    List<Entry> good = entries.stream().filter(bad.negate()).toList();
    return new ConfigFile(lines, good, profiles);
  }

  List<Entry> entries() {
    return entries;
  }

  /** Those that have a heading of their own. */
  Set<String> profiles() {
    return profiles;
  }

  /** What that very profile says. */
  public Optional<Entry> find(String profile, String key) {
    return find(entries, profile, key);
  }

  /** The text with that value, in the place of the old one if there is one. */
  public String with(String profile, String key, String value) {
    List<String> changed = new ArrayList<>(lines);
    String line = key + " = " + value;
    Optional<Entry> before = find(profile, key);
    if (before.isPresent()) {
      changed.set(before.get().line() - 1, line);
    } else {
      int end = end(profile);
      if (end < 0) {
        if (!changed.isEmpty()) {
          changed.add("");
        }
        changed.add("[" + profile + "]");
        changed.add(line);
      } else {
        changed.add(end, line);
      }
    }
    return text(changed);
  }

  /** The text without that value. */
  public String without(String profile, String key) {
    List<String> changed = new ArrayList<>(lines);
    find(profile, key).ifPresent(entry -> changed.remove(entry.line() - 1));
    return text(changed);
  }

  /** How many lines stand before the end of that profile; below zero if it has no place yet. */
  private int end(String profile) {
    int end = profile.equals(Settings.USUAL_PROFILE) ? 0 : -1;
    String at = Settings.USUAL_PROFILE;
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      Matcher section = SECTION.matcher(line);
      at = section.matches() ? section.group(1) : at;
      if (at.equals(profile) && !line.isEmpty()) {
        end = number;
      }
    }
    return end;
  }

  private static Optional<Entry> find(List<Entry> entries, String profile, String key) {
    return entries.stream()
        .filter(entry -> entry.profile().equals(profile) && entry.key().equals(key))
        .findFirst();
  }

  private static String text(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
