package io.github.seedance4j.testkit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    int rounds = Integer.getInteger("bench.rounds", 7);
    Duration warmUp = Duration.ofSeconds(Integer.getInteger("bench.warmup", 10));
    Duration round = Duration.ofSeconds(Integer.getInteger("bench.seconds", 4));
    double limit = Double.parseDouble(System.getProperty("bench.limit", "4"));
    Path file = Files.createTempFile("ledger", ".jsonl");
    try (Child fake = Child.start(FakeMain.class, file.toString());
        Child wireMock = Child.start(WireMockMain.class);
        Child inMemory = Child.start(FakeMain.class)) {
      Map<String, Load> servers = new LinkedHashMap<>();
      servers.put("fake, ledger on a file", load(fake));
      servers.put("WireMock", load(wireMock));
      servers.put("fake, ledger in memory", load(inMemory));
      Map<String, List<Double>> measured = new LinkedHashMap<>();
      for (Map.Entry<String, Load> server : servers.entrySet()) {
        server.getValue().run(warmUp);
        measured.put(server.getKey(), new ArrayList<>());
      }
      for (int i = 0; i < rounds; i++) {
        for (Map.Entry<String, Load> server : servers.entrySet()) {
          measured.get(server.getKey()).add(server.getValue().run(round));
        }
      }
      double mock = median(measured.get("WireMock"));
      measured.forEach(
          (name, figures) ->
              System.out.printf(
                  "%-24s %,8.0f requests a second, %.2f times WireMock (%s)%n",
                  name, median(figures), median(figures) / mock, shown(figures)));
      long lines;
      try (var text = Files.lines(file)) {
        lines = text.count();
      }
      System.out.printf("ledger: %,d lines on the file%n", lines);
      starts();
      System.out.printf("limit: %.1f times WireMock%n", limit);
      return median(measured.get("fake, ledger on a file")) >= limit * mock;
    } finally {
      Files.deleteIfExists(file);
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

  private static Load load(Child server) {
    return new Load(Integer.parseInt(server.line()), CONNECTIONS);
  }

  private static double median(List<Double> figures) {
    List<Double> sorted = new ArrayList<>(figures);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static String shown(List<Double> figures) {
    return String.join(", ", figures.stream().map(each -> "%.0f".formatted(each)).toList());
  }
}
