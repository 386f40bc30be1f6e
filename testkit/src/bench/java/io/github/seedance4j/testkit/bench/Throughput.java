package io.github.seedance4j.testkit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Create and get in turn on 32 connections: the fake and WireMock, each in a process of its own,
 * one under load at a time, after warm-up, in alternating rounds of one run. Prints the rounds,
 * medians and ratios, and how long the fake takes to start.
 */
final class Throughput {

  private static final int CONNECTIONS = 32;

  private Throughput() {}

  public static void main(String[] args) throws IOException {
    // out here, where all children are closed
    System.exit(compare() ? 0 : 1);
  }

  /** Whether the fake is fast enough. */
  private static boolean compare() throws IOException {
    int rounds = Integer.getInteger("bench.rounds", 9);
    Duration warmUp = Duration.ofSeconds(Integer.getInteger("bench.warmup", 12));
    Duration round = Duration.ofSeconds(Integer.getInteger("bench.seconds", 2));
    double limit = Double.parseDouble(System.getProperty("bench.limit", "4"));
    Path file = Files.createTempFile("ledger", ".jsonl");
    List<Contender> all = new ArrayList<>();
    try {
      Contender mock = Contender.start(all, "WireMock, journal off", WireMockMain.class);
      Contender fake =
          Contender.start(all, "fake, ledger on a file", FakeMain.class, file.toString());
      Contender.start(all, "WireMock, all off", WireMockMain.class, "all-off");
      Contender.start(all, "WireMock, an id a create", WireMockMain.class, "ids");
      Contender.start(all, "fake, ledger in memory", FakeMain.class);
      for (Contender each : all) {
        each.load.run(warmUp);
      }
      for (int i = 0; i < rounds; i++) {
        for (Contender each : all) {
          each.measure(round);
        }
      }
      all.forEach(each -> System.out.println(each.report(mock)));
      starts();
      double ratio = fake.median() / mock.median();
      System.out.printf("%.2f times WireMock with its journal off, limit %.1f%n", ratio, limit);
      return ratio >= limit;
    } finally {
      all.forEach(each -> each.server.close());
      Files.deleteIfExists(file);
    }
  }

  /** A server under test, and its figures, one a round. */
  private static final class Contender {
    private final String name;
    private final Child server;
    private final Load load;
    private final List<Double> answers = new ArrayList<>();
    private final List<Double> serverMicros = new ArrayList<>();
    private final List<Double> clientMicros = new ArrayList<>();

    private Contender(String name, Child server) {
      this.name = name;
      this.server = server;
      this.load = new Load(Integer.parseInt(server.line()), CONNECTIONS);
    }

    static Contender start(List<Contender> all, String name, Class<?> main, String... args)
        throws IOException {
      Contender contender = new Contender(name, Child.start(main, args));
      all.add(contender);
      return contender;
    }

    void measure(Duration round) throws IOException {
      double server0 = micros(server.process());
      double client0 = micros(ProcessHandle.current());
      double rate = load.run(round);
      double total = rate * round.toMillis() / 1_000;
      answers.add(rate);
      serverMicros.add((micros(server.process()) - server0) / total);
      clientMicros.add((micros(ProcessHandle.current()) - client0) / total);
    }

    private static double micros(ProcessHandle process) {
      return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e3;
    }

    double median() {
      return Throughput.median(answers);
    }

    /** The CPU time beside the rate: on a machine that others use too, it tells more. */
    String report(Contender mock) {
      return "%-25s %,8.0f requests a second, %.2f times; CPU a request: server %.0f us, client %.0f us (%s)"
          .formatted(
              name,
              median(),
              median() / mock.median(),
              Throughput.median(serverMicros),
              Throughput.median(clientMicros),
              String.join(", ", answers.stream().map("%.0f"::formatted).toList()));
    }
  }

  private static void starts() throws IOException {
    List<Double> alone = new ArrayList<>();
    List<Double> answered = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      long begin = System.nanoTime();
      try (Child child = Child.start(StartMain.class)) {
        answered.add((System.nanoTime() - begin) / 1e6);
        alone.add(Double.parseDouble(child.line()));
      }
    }
    System.out.printf(
        "start: FakeTokenHub.start() %.0f ms, cold JVM to its first answer %.0f ms (medians of 11)%n",
        median(alone), median(answered));
  }

  private static double median(List<Double> figures) {
    List<Double> sorted = new ArrayList<>(figures);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
