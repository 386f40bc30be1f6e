package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Prices;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.settings.UnusableSetting;
import io.github.seedance4j.adapter.cli.text.FindingText;
import io.github.seedance4j.adapter.cli.text.Lines;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What all commands share: where they run, how they talk, how they refuse. */
public abstract class SeedanceCommand implements Callable<Integer> {

  /** What keeps the other rules from being looked at. */
  private static final Set<Rule> OF_READING =
      EnumSet.of(
          Rule.REQUEST_UNREADABLE,
          Rule.FIELD_REPEATED,
          Rule.FIELD_UNKNOWN,
          Rule.FIELD_TYPE,
          Rule.NUMBER_UNUSABLE);

  /** Read before anything else is: what else is read depends on it. */
  public static final String PROFILE = "--profile";

  protected final Surroundings around;
  protected final Workshop workshop;

  protected final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  protected final Flags flags = new Flags(spec);
  protected final Flag<Boolean> quiet;

  private @Nullable Talk talk;

  protected SeedanceCommand(
      String name, String description, Surroundings around, Workshop workshop, String... footer) {
    this.around = around;
    this.workshop = workshop;
    spec.name(name);
    spec.usageMessage()
        .description(description)
        .footer(footer)
        .abbreviateSynopsis(true)
        .sortOptions(false);
    quiet = flags.common("Say nothing but errors and the result.", "-q", "--quiet");
    flags.late("NAME", "Whose settings and key to use. Default: $SEEDANCE_PROFILE.", PROFILE);
    flags.help();
  }

  /** How it is called, and with what. */
  public final CommandSpec spec() {
    return spec;
  }

  /** The command's voice; only to be used once the flags are read. */
  public final Talk talk() {
    if (talk == null) {
      talk = new Talk(around, quiet.or(false));
    }
    return talk;
  }

  /**
   * The prices that hold: the user's own, else those that come with the program.
   *
   * @throws UnusableSetting if the user's can't be had, or lack one
   */
  public final Tariff tariff() {
    Optional<Tariff> own = Prices.ofUser(around);
    try {
      own.ifPresent(tariff -> tariff.requirePricesFor(workshop.catalog()));
    } catch (IllegalArgumentException e) {
      throw new UnusableSetting("prices: " + e.getMessage());
    }
    return own.orElseGet(workshop::tariff);
  }

  /** A refusal of what was typed: exit 2, with a pointer to the help. */
  protected final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Runs what judges the user's input, and takes its refusal for what it is. */
  protected final <T> T judging(Supplier<T> input) {
    try {
      return input.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** The same of what gives nothing. */
  protected final void judging(Runnable input) {
    judging(
        () -> {
          input.run();
          return true;
        });
  }

  /**
   * Makes a way to the provider; an address or a key that won't do is the user's to mend. Whichever
   * clip comes through it gets its sidecar.
   */
  public final Workshop.Bench open(Workshop.Setup setup) {
    Consumer<JobEvent> events = setup.events();
    Workshop.Setup keeping =
        setup.telling(
            event -> {
              sidecar(event); // before anybody is told that the clip is there
              events.accept(event);
            });
    return judging(
        () -> {
          try {
            return workshop.open(keeping);
          } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                message.replaceFirst("^baseUrl:", Access.addressName(around) + ":"), e);
          }
        });
  }

  /** Writes what belongs beside a clip that came just now. */
  protected void sidecar(JobEvent event) {
    Sidecar.keep(event, null, talk());
  }

  /** The result, and nothing else, goes here. */
  public final void result(String line) {
    write(line + System.lineSeparator());
  }

  /**
   * The same as it is.
   *
   * @throws OutputLost if nobody takes it
   */
  protected final void write(CharSequence text) {
    talk()
        .beside(
            () -> {
              around.out().append(text);
              if (around.out().checkError()) { // flushes too
                throw new OutputLost();
              }
            });
  }

  /** Such as {@code seedance wait TASK}, as the user can type it. */
  public final String command(String... words) {
    return around.command(words);
  }

  /**
   * Asks, and takes only a yes for one.
   *
   * @param unless what is true if the user leaves instead
   */
  protected final boolean agrees(String question, String unless) {
    String answer =
        around
            .interrupts()
            .during(
                () -> {
                  talk().ask(question);
                  String line = firstLine();
                  if (line.isEmpty()) {
                    talk().insist(""); // Ctrl-D leaves the cursor behind the question
                  }
                  return line.strip().toLowerCase(around.locale());
                },
                () -> talk().takeOver().insist("\n" + unless));
    return List.of("y", "yes", "o", "oui", "是").contains(answer);
  }

  private String firstLine() {
    try {
      Lines lines = new Lines(around.in(), 1_024);
      return lines.next() ? new String(lines.bytes(), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Every violation at once, one a line, in the user's language. */
  protected final void violations(List<Finding> violations, boolean wouldSend) {
    talk().error(brokenRules(violations, wouldSend) + ":");
    violations.forEach(violation -> talk().insist("  " + line(violation)));
    if (violations.stream().allMatch(violation -> OF_READING.contains(violation.rule()))) {
      talk().insist("  More may follow once these are corrected.");
    }
  }

  /** Says the short names too, which only this command takes, and says them first. */
  private Finding withAliases(Finding finding) {
    if (finding.rule() != Rule.MODEL_UNKNOWN) {
      return finding;
    }
    String names =
        workshop.catalog().models().stream()
            .map(ModelSpec::alias)
            .collect(Collectors.joining(", ", "", ", " + finding.allowed()));
    return new Finding(finding.rule(), finding.path(), finding.given(), names);
  }

  /** Code, path, message, for those who may name files and use short names. */
  protected final String line(Finding finding) {
    return "[" + finding.rule().code() + "] " + words(finding);
  }

  /** The same without the code. */
  public final String words(Finding finding) {
    String written = written(finding);
    String where = written.isEmpty() ? finding.field() : written;
    return LocalFile.missing(finding)
        .map(missing -> (where.isEmpty() ? "" : where + ": ") + missing)
        .orElseGet(() -> FindingText.words(withAliases(finding), written, around.locale()));
  }

  protected static String brokenRules(List<Finding> violations, boolean wouldSend) {
    return "the request breaks "
        + (violations.size() == 1 ? "a rule" : violations.size() + " rules")
        + (wouldSend ? "; nothing was sent" : "");
  }

  protected final void advice(List<Finding> advice) {
    advice.forEach(finding -> talk().note(line(finding)));
  }

  /** The flag that a finding is about, as it was typed; empty where it is about none. */
  protected String written(Finding finding) {
    return "";
  }

  /** Code, path, message, of a request as it is sent. */
  protected static String line(Finding finding, Locale locale) {
    return "[" + finding.rule().code() + "] " + words(finding, locale);
  }

  /** Path and message. */
  static String words(Finding finding, Locale locale) {
    return FindingText.words(finding, "", locale);
  }
}
