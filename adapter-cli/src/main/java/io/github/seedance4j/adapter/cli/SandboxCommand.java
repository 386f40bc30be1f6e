package io.github.seedance4j.adapter.cli;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the provider that costs nothing, for clients in any language. */
@Command(
    name = "sandbox",
    description = {
      "Play the provider on this machine, at no cost, until Ctrl-C. Any key that begins with th- will do."
    },
    footer = {
      "%nExample:",
      "  seedance sandbox --port 8787 --ledger ledger.jsonl",
      "%nThen, in another terminal, with what it printed:",
      "  export TOKENHUB_BASE_URL=http://127.0.0.1:8787/api/v1",
      "  export TOKENHUB_API_KEY=th-sandbox",
      "  export SEEDANCE_ALLOW_LOOPBACK=true"
    })
final class SandboxCommand extends SeedanceCommand {

  static final String KEY = "th-sandbox";

  @Option(
      names = {"-p", "--port"},
      paramLabel = "N",
      description = "The port on 127.0.0.1. Default: any that is free.")
  int port;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "Append what would have been charged to FILE, as JSON lines.")
  @Nullable Path ledger;

  SandboxCommand(Surroundings around, Workshop workshop) {
    super(around, workshop);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw usage("--port: 0 to 65535, not " + port);
    }
    CountDownLatch end = new CountDownLatch(1);
    try (Workshop.Sandbox sandbox = start();
        Interrupts.Watch watch =
            around
                .interrupts()
                .onInterrupt(
                    () -> {
                      sandbox.close();
                      end.countDown();
                    })) {
      result("export TOKENHUB_BASE_URL=" + sandbox.baseUrl());
      result("export TOKENHUB_API_KEY=" + KEY);
      result("export SEEDANCE_ALLOW_LOOPBACK=true");
      talk().say("The sandbox runs until Ctrl-C. Set the above where your client runs.");
      end.await();
    }
    return ExitCode.DONE;
  }

  private Workshop.Sandbox start() {
    try {
      return workshop.sandbox(port, ledger == null ? null : around.directory().resolve(ledger));
    } catch (UncheckedIOException e) {
      throw usage(
          e.getMessage() + "; choose another --port" + (ledger == null ? "" : " or --ledger"));
    }
  }
}
