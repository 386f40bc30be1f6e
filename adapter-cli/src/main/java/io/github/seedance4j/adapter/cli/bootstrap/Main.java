package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.Cli;
import io.github.seedance4j.adapter.cli.settings.Settings;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the process begins. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("serve")) {
      QuietLogs.speak();
      System.setProperty("org.jboss.logging.provider", "slf4j"); // else it tells of its version
    }
    System.exit(run(args, process()));
  }

  /** Runs the command in those surroundings and gives its exit code. */
  public static int run(String[] args, Surroundings around) {
    return Cli.run(args, around, new TokenHubWorkshop());
  }

  /** The process itself, with what only the launcher can tell cheaply: what is a terminal. */
  private static Surroundings process() {
    String system = System.getProperty("os.name");
    Map<String, String> all = System.getenv();
    String home = StateDirectory.home(system, System.getProperty("user.home"), all);
    Path settings = StateDirectory.ofSettings(system, home, all);
    String terminals = System.getProperty("seedance.terminals", terminalsOfTheConsole());
    return new Surroundings(
        System.getProperty("seedance.program", "seedance"),
        new Surroundings.Terminal(
            System.in,
            stream(FileDescriptor.out),
            stream(FileDescriptor.err),
            terminals.contains("in") && terminals.contains("err"),
            terminals.contains("err") && isSteered(system, all),
            terminals.contains("out"),
            Main::hidden,
            new SttyWindow()),
        new Surroundings.Machine(
            environment(),
            Path.of("").toAbsolutePath(),
            StateDirectory.of(system, home, all),
            Clock.systemUTC(),
            new ShutdownInterrupts()),
        settings == null ? Settings.none() : Settings.in(settings));
  }

  /** A console of Windows takes what steers it for text, unless it is a newer one that says so. */
  static boolean isSteered(String os, Map<String, String> environment) {
    return !os.startsWith("Windows")
        || Stream.of("WT_SESSION", "ConEmuANSI", "ANSICON", "TERM")
            .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
  }

  /** The launcher sets a locale of its own, for the characters' sake, and hands on the language. */
  private static Map<String, String> environment() {
    String language = System.getProperty("seedance.language");
    if (language == null) {
      return System.getenv();
    }
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("LC_ALL", language);
    return environment;
  }

  /** From Java 22 on there is a console without a terminal too, so it tells nothing. */
  @SuppressWarnings("SystemConsoleNull") // the version is looked at first
  private static String terminalsOfTheConsole() {
    return Runtime.version().feature() < 22 && System.console() != null ? "in,out,err" : "";
  }

  /** Needs both ends of a terminal: nothing is typed where it might be seen. */
  @SuppressWarnings("SystemConsoleNull") // newer ones without a terminal read unseen as well
  private static @Nullable String hidden(String question) {
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("%s", question);
    return typed == null ? null : new String(typed);
  }

  /** Buffered, unlike a bare file stream, and flushed by whoever writes. */
  private static PrintStream stream(FileDescriptor descriptor) {
    Charset own = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8_192),
        false,
        own.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : own);
  }
}
