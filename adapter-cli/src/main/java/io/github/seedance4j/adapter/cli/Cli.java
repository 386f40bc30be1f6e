package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.batch.BatchCommand;
import io.github.seedance4j.adapter.cli.command.Commands;
import io.github.seedance4j.adapter.cli.command.Ending;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags;
import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.command.OutputLost;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.SeedanceCommand;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.generate.AgainCommand;
import io.github.seedance4j.adapter.cli.generate.GenerateCommand;
import io.github.seedance4j.adapter.cli.generate.ModelsCommand;
import io.github.seedance4j.adapter.cli.generate.PromptCommand;
import io.github.seedance4j.adapter.cli.generate.QuoteCommand;
import io.github.seedance4j.adapter.cli.jobs.BackupCommand;
import io.github.seedance4j.adapter.cli.jobs.BudgetCommand;
import io.github.seedance4j.adapter.cli.jobs.DownloadCommand;
import io.github.seedance4j.adapter.cli.jobs.JobIdsCommand;
import io.github.seedance4j.adapter.cli.jobs.JobsCommand;
import io.github.seedance4j.adapter.cli.jobs.OpenCommand;
import io.github.seedance4j.adapter.cli.jobs.PurgeCommand;
import io.github.seedance4j.adapter.cli.jobs.ReportCommand;
import io.github.seedance4j.adapter.cli.jobs.ResolveCommand;
import io.github.seedance4j.adapter.cli.jobs.ResumeCommand;
import io.github.seedance4j.adapter.cli.jobs.SettleCommand;
import io.github.seedance4j.adapter.cli.jobs.ShowCommand;
import io.github.seedance4j.adapter.cli.jobs.StatusCommand;
import io.github.seedance4j.adapter.cli.jobs.UsageCommand;
import io.github.seedance4j.adapter.cli.jobs.WaitCommand;
import io.github.seedance4j.adapter.cli.manual.Completion;
import io.github.seedance4j.adapter.cli.manual.Gist;
import io.github.seedance4j.adapter.cli.serve.ServeCommand;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.settings.UnusableSetting;
import io.github.seedance4j.adapter.cli.setup.ConfigCommand;
import io.github.seedance4j.adapter.cli.setup.DoctorCommand;
import io.github.seedance4j.adapter.cli.setup.LoginCommand;
import io.github.seedance4j.adapter.cli.setup.LogoutCommand;
import io.github.seedance4j.adapter.cli.text.Paragraph;
import io.github.seedance4j.adapter.cli.text.Shell;
import io.github.seedance4j.error.SeedanceException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command as a whole: picks a subcommand and turns whatever happens into an exit code. */
public final class Cli {

  private static final int HELP_WIDTH = 80;

  /** The list of flags can't be squeezed into less. */
  private static final int NARROWEST_HELP = 55;

  private static final int LONGEST_NAME = 12;

  /** For those who typed nothing but the name. */
  private static final String BEGINNING =
      """
      Make videos with ByteDance Seedance 2.0 through TokenHub, at a known price.

      Try it, without a key and at no cost:
        %1$s generate "A golden retriever running on a sunny beach" --sandbox

      Then:
        %1$s login            keep your API key
        %1$s quote "a cat"    see what a clip will cost
        %1$s generate "a cat" make it: shows the price, and asks
        %1$s jobs             see what was made, and what it cost
        %1$s resume           go on with what was interrupted

      All commands: %1$s --help
      """;

  private static final String[] FOOTER = {
    "%nStart here, without a key and at no cost:",
    "  seedance generate \"A golden retriever running on a sunny beach\" --sandbox",
    "%nEnvironment:",
    "  TOKENHUB_API_KEY         the key, or",
    "  TOKENHUB_API_KEY_FILE    a file that holds it (chmod 600)",
    "  TOKENHUB_BASE_URL        another address, such as that of 'seedance sandbox'",
    "  SEEDANCE_PROFILE         whose settings and key to use; each setting has",
    "                           a variable too: 'seedance config --help'",
    "  SEEDANCE_JOURNAL         where jobs are kept; beside it sandbox.db",
    "                           keeps those of sandboxes: jobs --sandbox",
    "  SEEDANCE_ALLOW_LOOPBACK  true: let clips come from this very machine",
    "  SEEDANCE_DEBUG           1: show where an unexpected error came from",
    "  NO_COLOR                 no colours",
    "  LANG                     the rules' texts in English, French or Chinese",
    "%nExit codes:",
    "  0 done                         6 timed out or unreachable",
    "  1 unexpected                   7 outcome unknown: may be charged, don't resend",
    "  2 wrong usage                  8 over the cost limit or not agreed",
    "  3 the request breaks a rule    9 paid for but not fetched",
    "  4 refused by the provider    130 interrupted",
    "  5 the task failed"
  };

  private interface Maker {
    SeedanceCommand create(Surroundings around, Workshop workshop);
  }

  private static final Map<String, Maker> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("generate", GenerateCommand::new);
    COMMANDS.put("again", AgainCommand::new);
    COMMANDS.put("batch", BatchCommand::new);
    COMMANDS.put("quote", QuoteCommand::new);
    COMMANDS.put("status", StatusCommand::new);
    COMMANDS.put("wait", WaitCommand::new);
    COMMANDS.put("download", DownloadCommand::new);
    COMMANDS.put("resume", ResumeCommand::new);
    COMMANDS.put("jobs", JobsCommand::new);
    COMMANDS.put("show", ShowCommand::new);
    COMMANDS.put("resolve", ResolveCommand::new);
    COMMANDS.put("settle", SettleCommand::new);
    COMMANDS.put("budget", BudgetCommand::new);
    COMMANDS.put("usage", UsageCommand::new);
    COMMANDS.put("report", ReportCommand::new);
    COMMANDS.put("backup", BackupCommand::new);
    COMMANDS.put("purge", PurgeCommand::new);
    COMMANDS.put("open", OpenCommand::new);
    COMMANDS.put("prompt", PromptCommand::new);
    COMMANDS.put("models", ModelsCommand::new);
    COMMANDS.put("sandbox", SandboxCommand::new);
    COMMANDS.put("serve", ServeCommand::new);
    COMMANDS.put("completion", CompletionCommand::new);
    COMMANDS.put("man", ManCommand::new);
    COMMANDS.put(Completion.JOBS, JobIdsCommand::new);
    COMMANDS.put("login", LoginCommand::new);
    COMMANDS.put("logout", LogoutCommand::new);
    COMMANDS.put("config", ConfigCommand::new);
    COMMANDS.put("doctor", DoctorCommand::new);
  }

  private Cli() {}

  /** Runs the command to its end and gives its exit code; never exits the process. */
  public static int run(String[] args, Surroundings process, Workshop workshop) {
    Surroundings around = process.with(process.settings().of(profile(args), workshop::catalog));
    CommandLine root = new CommandLine(root());
    // one command's flags take as long to set up as all the rest of a quote: only what is needed
    boolean named = args.length > 0 && COMMANDS.containsKey(args[0]);
    COMMANDS.forEach(
        (name, command) -> {
          if (!named || name.equals(args[0])) {
            root.addSubcommand(name, airy(command.create(around, workshop).spec()));
          }
        });
    if (!named) {
      root.addSubcommand(new CommandLine.HelpCommand());
    }
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(around.helpInColour() ? Ansi.ON : Ansi.OFF));
    int columns = columns(around, args);
    root.setUsageHelpWidth(Math.max(NARROWEST_HELP, columns));
    Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>(root.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, Cli::footer);
    root.setHelpSectionMap(sections); // for all commands
    root.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> commandList(help, columns));
    root.setOut(writer(around.out()));
    root.setErr(writer(around.err()));
    root.setParameterExceptionHandler((e, rest) -> misused(e, around, rest));
    root.setExecutionExceptionHandler((e, command, parsed) -> failed(e, around, isJson(args)));
    root.setExecutionStrategy(
        parsed -> {
          if (!parsed.hasSubcommand()
              && !parsed.isUsageHelpRequested()
              && !parsed.isVersionHelpRequested()) {
            around.err().print(BEGINNING.formatted(Shell.quote(around.program())));
            around.err().flush();
            return ExitCode.USAGE;
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    try {
      return root.execute(args);
    } catch (OutOfMemoryError e) {
      return exhausted(around, isJson(args));
    }
  }

  /** The window is asked for its width only where help is. */
  private static int columns(Surroundings around, String... args) {
    boolean asked = Stream.of(args).anyMatch(word -> word.matches("--help|-h|help"));
    int columns = asked && around.outLive() ? around.window().columns() : 0;
    return columns == 0 ? HELP_WIDTH : Math.min(HELP_WIDTH, columns);
  }

  /** As it stands: what is to be copied is broken nowhere. */
  private static String footer(Help help) {
    StringBuilder lines = new StringBuilder();
    for (String line : help.commandSpec().usageMessage().footer()) {
      lines.append(String.format(Locale.ROOT, line)).append(System.lineSeparator());
    }
    return lines.toString();
  }

  /** What each is for, in a line; more is in its own help. */
  private static String commandList(Help help, int columns) {
    StringBuilder lines = new StringBuilder();
    help.subcommands()
        .forEach(
            (name, command) -> {
              UsageMessageSpec message = command.commandSpec().usageMessage();
              String[] text = // picocli's own command has a header instead
                  message.header().length == 0 ? message.description() : message.header();
              String line =
                  "  " + JobTable.pad(name, LONGEST_NAME) + Gist.of(String.join(" ", text));
              lines
                  .append(Paragraph.wrapped(line, columns, LONGEST_NAME, "seedance"))
                  .append(System.lineSeparator());
            });
    return lines.toString();
  }

  /** With a line between what the command is for and what it takes. */
  private static CommandSpec airy(CommandSpec command) {
    if (command.positionalParameters().isEmpty()) {
      command.usageMessage().optionListHeading("%n");
    } else {
      command.usageMessage().parameterListHeading("%n");
    }
    return command;
  }

  /** The command with all its subcommands, for those who describe it. */
  static CommandSpec whole(Surroundings around, Workshop workshop) {
    CommandLine root = new CommandLine(root());
    COMMANDS.forEach(
        (name, command) -> root.addSubcommand(name, command.create(around, workshop).spec()));
    return root.getCommandSpec();
  }

  static String[] version() {
    String version = Cli.class.getPackage().getImplementationVersion();
    return new String[] {"seedance4j " + (version == null ? "(not from a jar)" : version)};
  }

  private static CommandSpec root() {
    CommandSpec spec = CommandSpec.create().name("seedance").versionProvider(Cli::version);
    spec.usageMessage()
        .description("Make videos with ByteDance Seedance 2.0 through TokenHub, at a known price.")
        .synopsisSubcommandLabel("COMMAND")
        .optionListHeading("%n")
        .commandListHeading("%nCommands:%n")
        .footer(FOOTER);
    Flags flags = new Flags(spec);
    flags.help();
    flags.version();
    return spec;
  }

  /** Leaves the encoding to the stream, which knows the terminal's. */
  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) {
            stream.print(new String(text, offset, length));
          }

          @Override
          public void flush() {
            stream.flush();
          }

          @Override
          public void close() {}
        },
        true);
  }

  /** Where it stands doesn't matter, but what is after {@code --} is no flag. */
  private static @Nullable String profile(String... args) {
    String flag = SeedanceCommand.PROFILE;
    for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
      if (args[i].startsWith(flag + "=")) {
        return args[i].substring(flag.length() + 1);
      }
      if (args[i].equals(flag) && i + 1 < args.length) {
        return args[i + 1];
      }
    }
    return null;
  }

  private static boolean isJson(String... args) {
    return List.of(args).contains("--json");
  }

  /** For programs, what was said to people. */
  private static void report(Surroundings around, Ending ending) {
    around.out().println(new Report().ending(ending).put("exit", ending.exit()).line());
    around.out().flush();
  }

  private static int misused(ParameterException e, Surroundings around, String... args) {
    Talk talk = new Talk(around, false);
    String message =
        Access.withoutKeys(String.valueOf(e.getMessage()))
            .replaceFirst("^Invalid value for option '([^']+)': ", "$1: ")
            .replaceFirst("^Unknown option: ", "there is no flag ");
    if (e instanceof UnmatchedArgumentException unmatched) {
      Suggestions suggestions = suggestions(unmatched, around, message, args);
      talk.error(suggestions.what()); // without keys, as all that is said
      suggestions.next().forEach(talk::insist);
    } else {
      talk.error(message);
    }
    if (e.getCause() instanceof UnusableSetting) {
      talk.insist(whatIsSet(around));
    }
    List<String> words =
        new ArrayList<>(List.of(e.getCommandLine().getCommandSpec().qualifiedName(" ").split(" ")));
    words.remove(0);
    words.add("--help");
    String help = "See: " + around.command(words.toArray(String[]::new));
    boolean judged = e.getCause() instanceof IllegalArgumentException;
    if (!judged || !message.contains(around.program() + " ")) { // else it told the way out
      talk.insist(help);
    }
    if (isJson(args)) {
      report(around, new Ending(ExitCode.USAGE, "usage", message, List.of(help)));
    }
    return ExitCode.USAGE;
  }

  private static Suggestions suggestions(
      UnmatchedArgumentException e, Surroundings around, String message, String... args) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    return command.parent() == null
        ? Suggestions.ofLine(around, COMMANDS.keySet(), e.getSuggestions(), message, args)
        : Suggestions.ofFlag(
            command.optionsMap().keySet(), e.getSuggestions(), message, e.getUnmatched().get(0));
  }

  private static String whatIsSet(Surroundings around) {
    return "What is set, and where: " + around.command("config", "list");
  }

  /** By now whatever filled the memory is let go of. */
  private static int exhausted(Surroundings around, boolean json) {
    String what =
        "there was not enough memory (" + (Runtime.getRuntime().maxMemory() >> 20) + " MB)";
    List<String> next =
        List.of(
            "Whatever was sent is kept in the journal. To go on with it: "
                + around.command("resume"));
    Talk talk = new Talk(around, false);
    talk.error(what);
    next.forEach(line -> talk.insist("  " + line));
    if (json) {
      report(around, new Ending(ExitCode.UNEXPECTED, "out-of-memory", what, next));
    }
    return ExitCode.UNEXPECTED;
  }

  private static int failed(Exception e, Surroundings around, boolean json) {
    Talk talk = new Talk(around, false);
    boolean debug = around.isDebugged();
    if (debug) {
      e.printStackTrace(around.err());
    }
    if (e instanceof SeedanceException known) {
      Ending ending = Ending.of(known, new Commands(around, null, around.program() + " …", null));
      talk.error(ending.what());
      ending.next().forEach(next -> talk.insist("  " + next));
      if (json) {
        report(around, ending);
      }
      return ending.exit();
    }
    if (e instanceof UncheckedIOException
        && e.getCause() instanceof FileSystemException unusable) { // by the workshop
      Ending ending =
          new Ending(ExitCode.USAGE, "journal", String.valueOf(unusable.getReason()), List.of());
      talk.error(ending.what());
      if (json) {
        report(around, ending);
      }
      return ending.exit();
    }
    if (e instanceof UnusableSetting) {
      String what = String.valueOf(e.getMessage());
      talk.error(what);
      talk.insist(whatIsSet(around));
      if (json) {
        report(around, new Ending(ExitCode.USAGE, "settings", what, List.of()));
      }
      return ExitCode.USAGE;
    }
    if (e instanceof OutputLost) {
      talk.error(String.valueOf(e.getMessage()));
      return ExitCode.UNEXPECTED;
    }
    String what =
        "unexpected: "
            + e.getClass().getSimpleName()
            + (e.getMessage() == null ? "" : ": " + e.getMessage().lines().findFirst().orElse(""));
    talk.error(what);
    if (json) {
      report(around, new Ending(ExitCode.UNEXPECTED, "unexpected", what, List.of()));
    }
    if (!debug) {
      talk.insist("  To see where it came from, run it again with SEEDANCE_DEBUG=1.");
    }
    return ExitCode.UNEXPECTED;
  }
}
