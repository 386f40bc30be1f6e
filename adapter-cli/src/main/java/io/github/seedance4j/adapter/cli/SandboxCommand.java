package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.SeedanceCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import io.github.seedance4j.adapter.cli.text.Values;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Runs the provider that costs nothing, for clients in any language. */
final class SandboxCommand extends SeedanceCommand {

  private static final String REAL = "real";

  private final Flag<Integer> port;
  private final Flag<Path> ledger;
  private final Flag<Duration> taskSeconds;
  private final Flag<String> pace;
  private final Flag<String> billing;
  private final Flag<String> enforce;
  private final Flag<Long> seed;

  SandboxCommand(Surroundings around, Workshop workshop) {
    super(
        "sandbox",
        "Play the provider on this machine, at no cost, until Ctrl-C. Any key that begins with th-"
            + " will do.",
        around,
        workshop,
        "%nExample:",
        "  seedance sandbox --port 8787 --ledger ledger.jsonl",
        "%nThen, where your client runs, what it printed:",
        "  export TOKENHUB_BASE_URL=http://127.0.0.1:8787/api/v1",
        "  export TOKENHUB_API_KEY=" + Access.SANDBOX_KEY,
        "  export SEEDANCE_ALLOW_LOOPBACK=true");
    port =
        flags.option(
            Integer.class,
            "N",
            "The port on 127.0.0.1. Default: any that is free.",
            "-p",
            "--port");
    ledger =
        flags.option(
            Path.class,
            "FILE",
            "Append what would have been charged to FILE, as JSON lines.",
            "--ledger");
    taskSeconds = flags.taskSeconds();
    pace =
        flags.converted(
            String.class,
            new Values.Word("published"),
            "WORD",
            "published: tasks take as long as users have published, 2 to 8 minutes.",
            "--pace");
    billing =
        flags.converted(
            String.class,
            new Values.Word("whole-seconds", REAL),
            "WORD",
            "real: charge the clip's real length, a frame more than was asked for. Default:"
                + " whole-seconds.",
            "--billing");
    enforce =
        flags.converted(
            String.class,
            new Values.Word("all", "stated", "nothing"),
            "WHAT",
            "Refuse requests for nothing, for what is stated in the guide, or for all, which is"
                + " also what only the model's maker says. Default: stated.",
            "--enforce");
    seed =
        flags.converted(
            Long.class,
            new Values.Seed(),
            "N",
            "Make task ids, and faults by chance, the same on every run.",
            "--seed");
  }

  @Override
  public Integer call() {
    int number = port.or(0);
    if (number < 0 || number > 65_535) {
      throw usage("--port: 0 to 65535, not " + number);
    }
    if (pace.value() != null && taskSeconds.value() != null) {
      throw usage("--pace and --task-seconds contradict each other");
    }
    Workshop.Sandbox sandbox = start(number);
    CountDownLatch end = new CountDownLatch(1);
    return around
        .interrupts()
        .during(
            () -> {
              show(sandbox);
              return untilThe(end);
            },
            () -> {
              talk().say("The sandbox has ended, and its tasks with it.");
              sandbox.close();
              end.countDown();
            });
  }

  private void show(Workshop.Sandbox sandbox) {
    result("export TOKENHUB_BASE_URL=" + sandbox.baseUrl());
    result("export TOKENHUB_API_KEY=" + Access.SANDBOX_KEY);
    result("export SEEDANCE_ALLOW_LOOPBACK=true");
    talk().say("The sandbox runs until Ctrl-C. Set the above where your client runs.");
    talk().say("Its tasks, charges and faults, in a browser: " + sandbox.page());
  }

  private static int untilThe(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.DONE;
  }

  private Workshop.Sandbox start(int number) {
    Path file = ledger.value();
    try {
      return workshop.sandbox(
          new Workshop.SandboxSetup(
              number,
              file == null ? null : around.directory().resolve(file),
              pace.value() == null ? taskSeconds.or(Duration.ZERO) : null,
              billing.or("").equals(REAL),
              Workshop.Enforcing.valueOf(enforce.or("stated").toUpperCase(Locale.ROOT)),
              seed.value()));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof FileSystemException disk) {
        throw usage("--ledger: can't write " + file + ": " + DiskTrouble.reason(disk));
      }
      Exception cause = e.getCause() == null ? e : e.getCause();
      throw usage(
          "--port "
              + number
              + ": "
              + cause.getMessage()
              + "; leave --port out for any that is free");
    }
  }
}
