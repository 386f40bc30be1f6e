package io.github.seedance4j.adapter.cli.settings;

import io.github.seedance4j.adapter.cli.text.Shell;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a run of the command sees of the process it runs in, so that tests can run many at once.
 *
 * @param program how the user called it, for the commands that messages suggest
 * @param settings what the user set once for all commands
 */
public record Surroundings(String program, Terminal terminal, Machine machine, Settings settings) {

  private static final String DEBUG = "SEEDANCE_DEBUG";
  private static final int USUAL_COLUMNS = 80;

  /**
   * How it speaks with whoever called it.
   *
   * @param out the result, and nothing else
   * @param err everything that is said to a person
   * @param canAsk whether somebody sits at the other end of {@code in} and {@code err}
   * @param live whether {@code err} is a terminal that can rewrite its last line
   * @param outLive whether {@code out} is a terminal, too
   * @param hidden asks for what nobody may see
   * @param window the terminal's, if there is one
   */
  public record Terminal(
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean canAsk,
      boolean live,
      boolean outLive,
      HiddenLine hidden,
      Window window) {}

  /**
   * What it runs on.
   *
   * @param directory what relative file names start from
   * @param state where the platform wants us to keep what outlives a run; may not be there yet;
   *     null where the user has no home
   */
  public record Machine(
      Map<String, String> environment,
      Path directory,
      @Nullable Path state,
      Clock clock,
      Interrupts interrupts) {

    public Machine {
      environment = Map.copyOf(environment);
    }
  }

  /** The same with the settings as a command sees them. */
  public Surroundings with(Settings others) {
    return new Surroundings(program, terminal, machine, others);
  }

  public InputStream in() {
    return terminal.in();
  }

  public PrintStream out() {
    return terminal.out();
  }

  public PrintStream err() {
    return terminal.err();
  }

  public boolean canAsk() {
    return terminal.canAsk();
  }

  public boolean live() {
    return terminal.live();
  }

  public boolean outLive() {
    return terminal.outLive();
  }

  public HiddenLine hidden() {
    return terminal.hidden();
  }

  public Window window() {
    return terminal.window();
  }

  public Map<String, String> environment() {
    return machine.environment();
  }

  public Path directory() {
    return machine.directory();
  }

  public @Nullable Path state() {
    return machine.state();
  }

  public Clock clock() {
    return machine.clock();
  }

  public Interrupts interrupts() {
    return machine.interrupts();
  }

  /** What is set in the environment or in the config file. */
  public Optional<Settings.Value> setting(Setting setting) {
    return settings.find(setting, this);
  }

  /** The file or directory that a setting names. */
  public Optional<Path> path(Setting setting) {
    return setting(setting).map(value -> Setting.path(value.text(), directory(), home()));
  }

  /** What {@code ~} stands for; null where nobody says. */
  public @Nullable String home() {
    String home = isSet("HOME") ? variable("HOME") : variable("USERPROFILE");
    return home.isEmpty() ? null : home;
  }

  /** A variable's value; the empty string where it is not set. */
  public String variable(String name) {
    return environment().getOrDefault(name, "");
  }

  /** Whether that variable is set to anything. */
  public boolean isSet(String name) {
    return !variable(name).isEmpty();
  }

  /** Whether somebody wants to know where an unexpected error came from. */
  public boolean isDebugged() {
    return isSet(DEBUG);
  }

  /** Such as {@code seedance wait TASK}, as the user can type it. */
  public String command(String... words) {
    StringBuilder command = new StringBuilder(Shell.quote(program));
    for (String word : words) {
      command.append(' ').append(Shell.quote(word));
    }
    return command.toString();
  }

  /** How much room a line of the result has: 80 characters where nobody says otherwise. */
  public int columns() {
    if (!outLive()) {
      return USUAL_COLUMNS;
    }
    String set = variable("COLUMNS");
    int columns = set.matches("[1-9]\\d{1,3}") ? Integer.parseInt(set) : window().columns();
    return columns == 0 ? USUAL_COLUMNS : columns;
  }

  /** Colour is for terminals, and not for people who set NO_COLOR. */
  public boolean inColour() {
    return live() && !isSet("NO_COLOR");
  }

  /** Help that was asked for goes to {@code out}, which may be a pager or a file. */
  public boolean helpInColour() {
    return outLive() && inColour();
  }

  /** The user's language, as POSIX says it: {@code fr_FR.UTF-8}. */
  public Locale locale() {
    for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      if (isSet(name)) {
        String tag = variable(name).replaceAll("[.@].*", "").replace('_', '-');
        return tag.equals("C") || tag.equals("POSIX") ? Locale.ROOT : Locale.forLanguageTag(tag);
      }
    }
    return Locale.ROOT;
  }
}
