package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.Flags.Flag;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Runs the provider that costs nothing, for clients in any language. */
final class SandboxCommand extends SeedanceCommand {

  private final Flag<Integer> port;
  private final Flag<Path> ledger;
  private final Flag<Duration> taskSeconds;

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
    taskSeconds = GenerateCommand.taskSeconds(flags);
  }

  @Override
  public Integer call() {
    int number = port.or(0);
    if (number < 0 || number > 65_535) {
      throw usage("--port: 0 to 65535, not " + number);
    }
    Workshop.Sandbox sandbox = start(number);
    CountDownLatch end = new CountDownLatch(1);
    return around
        .interrupts()
        .during(
            () -> {
              show(sandbox.baseUrl());
              return untilThe(end);
            },
            () -> {
              talk().say("The sandbox has ended, and its tasks with it.");
              sandbox.close();
              end.countDown();
            });
  }

  private void show(URI baseUrl) {
    result("export TOKENHUB_BASE_URL=" + baseUrl);
    result("export TOKENHUB_API_KEY=" + Access.SANDBOX_KEY);
    result("export SEEDANCE_ALLOW_LOOPBACK=true");
    talk().say("The sandbox runs until Ctrl-C. Set the above where your client runs.");
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
          number,
          file == null ? null : around.directory().resolve(file),
          taskSeconds.or(Duration.ZERO));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof FileSystemException disk) {
        throw usage("--ledger: can't write " + file + ": " + ClipFile.reason(disk));
      }
      Exception cause = e.getCause() == null ? e : e.getCause();
      throw usage("--port " + number + ": " + cause.getMessage());
    }
  }
}
