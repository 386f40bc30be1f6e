package io.github.seedance4j.testkit.standalone;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * The fake provider as a program of its own, which is what the runnable jar runs; {@code --help}
 * says how. Its clock goes on by itself and can be moved over the admin path.
 */
public final class SandboxServer {

  /** Of wrong usage, a taken port and a bad ledger: the command's, too. */
  private static final int USAGE = 2;

  private SandboxServer() {}

  /** Serves until Ctrl-C, or, as a child, until standard input ends. */
  public static void main(String[] args) {
    int exit = run(args, System.in, System.out, System.err);
    if (exit != 0) {
      System.exit(exit);
    }
  }

  /**
   * As {@link #main}, without an end of the process; the fake is left running if it isn't a child.
   */
  static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
    SandboxOptions options;
    try {
      options = SandboxOptions.of(args);
    } catch (IllegalArgumentException e) {
      err.println("error: " + e.getMessage());
      err.println("See: java -jar seedance4j-sandbox.jar --help");
      return USAGE;
    }
    if (options.help()) {
      out.print(SandboxOptions.HELP);
      out.flush();
      return 0;
    }
    if (options.version()) {
      String version = SandboxServer.class.getPackage().getImplementationVersion();
      out.println("seedance4j-sandbox " + (version == null ? "(not from its jar)" : version));
      out.flush();
      return 0;
    }
    FakeTokenHub hub;
    try {
      hub = start(options);
    } catch (UncheckedIOException e) {
      err.println("error: " + reason(options, e));
      return USAGE;
    }
    if (options.child()) {
      return untilTheEndOf(in, hub, out);
    }
    if (options.lease() != null) {
      Lease lease = new Lease(options.lease(), ProcessHandle.current().pid(), options.patience());
      return untilTheEndOf(lease, hub, out);
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  hub.close();
                  err.println("The sandbox has ended, and its tasks with it.");
                },
                "sandbox-end"));
    out.println("base URL  " + hub.baseUrl());
    out.println("key       th-sandbox");
    out.println("page      " + hub.page());
    out.println("The sandbox runs until Ctrl-C.");
    out.flush();
    return 0;
  }

  private static FakeTokenHub start(SandboxOptions options) {
    FakeTokenHub.Builder hub =
        FakeTokenHub.builder()
            .port(options.port())
            .clock(SettableClock.running())
            .pace(options.pace())
            .billing(options.billing())
            .enforce(options.enforcement());
    if (options.ledger() != null) {
      hub.ledger(options.ledger());
    }
    if (options.seed() != null) {
      hub.seed(options.seed());
    }
    return hub.start();
  }

  private static int untilTheEndOf(InputStream in, FakeTokenHub hub, PrintStream out) {
    try (hub) {
      out.println(hub.baseUrl());
      out.flush();
      in.transferTo(OutputStream.nullOutputStream());
      return 0;
    } catch (IOException e) {
      // whoever started us is gone, one way or the other
      return 0;
    }
  }

  private static int untilTheEndOf(Lease lease, FakeTokenHub hub, PrintStream out) {
    try (hub) {
      out.println(hub.baseUrl());
      out.flush();
      while (lease.holds()) {
        Thread.sleep(Lease.LOOK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static String reason(SandboxOptions options, UncheckedIOException e) {
    IOException cause = Objects.requireNonNull(e.getCause());
    if (cause instanceof FileSystemException disk) {
      String why =
          disk instanceof NoSuchFileException
              ? "there is no such directory"
              : Objects.requireNonNullElse(disk.getReason(), disk.getClass().getSimpleName());
      return "--ledger: can't write " + options.ledger() + ": " + why;
    }
    return "--port "
        + options.port()
        + ": "
        + cause.getMessage()
        + "; leave --port out for any that is free";
  }
}
