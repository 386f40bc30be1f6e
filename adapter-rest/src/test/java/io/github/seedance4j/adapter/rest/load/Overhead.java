package io.github.seedance4j.adapter.rest.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the gateway adds to a status read and to a submission, over calling the provider directly:
 * one connection to each, in turns, medians; then how many status reads a second it serves to 16
 * connections. Arguments: the gateway's API, a key for it, the provider's API, rounds.
 */
final class Overhead {

  private static final String GENERATIONS = "/videos/generations";
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final int BLOCK = 50;
  private static final int WARM_READS = 20_000;
  private static final int WARM_SUBMISSIONS = 600;
  private static final int CONNECTIONS = 16;
  private static final int READS = 40_000;

  private final URI gateway;
  private final String key;
  private final URI hub;
  private int prompts;

  private Overhead(URI gateway, String key, URI hub) {
    this.gateway = gateway;
    this.key = key;
    this.hub = hub;
  }

  public static void main(String[] args) throws Exception {
    new Overhead(URI.create(args[0]), args[1], URI.create(args[2])).run(Integer.parseInt(args[3]));
  }

  private void run(int rounds) throws Exception {
    try (RawClient ours = new RawClient(gateway, key);
        RawClient theirs = new RawClient(hub, "th-direct")) {
      String our = GENERATIONS + "/" + id(submit(ours));
      String their = GENERATIONS + "/" + id(submit(theirs));
      for (int i = 0; i < WARM_READS; i++) {
        ours.get(our);
        theirs.get(their);
      }
      report("status read", rounds, () -> theirs.get(their), () -> ours.get(our));
      for (int i = 0; i < WARM_READS; i++) {
        ours.post("/videos/quotes", request("a quote"));
      }
      for (int i = 0; i < WARM_SUBMISSIONS; i++) {
        submit(ours);
        submit(theirs);
      }
      report("submission", rounds, () -> submit(theirs), () -> submit(ours));
      double[] perSecond = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        perSecond[round] = reads(our);
      }
      Arrays.sort(perSecond);
      say("status reads a second, %d connections: %.0f", CONNECTIONS, perSecond[rounds / 2]);
    }
  }

  private static void report(
      String what, int rounds, Callable<String> direct, Callable<String> through) throws Exception {
    double[] added = new double[rounds];
    double[] base = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      base[round] = median(direct);
      added[round] = median(through) - base[round];
    }
    Arrays.sort(added);
    Arrays.sort(base);
    say(
        "%s: directly %.3f ms, the gateway adds %.3f ms",
        what, base[rounds / 2], added[rounds / 2]);
  }

  /** Milliseconds. */
  private static double median(Callable<String> call) throws Exception {
    long[] nanos = new long[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      long begin = System.nanoTime();
      call.call();
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    return nanos[BLOCK / 2] / 1e6;
  }

  private double reads(String path) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      long begin = System.nanoTime();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(
            threads.submit(
                () -> {
                  try (RawClient client = new RawClient(gateway, key)) {
                    for (int n = 0; n < READS / CONNECTIONS; n++) {
                      client.get(path);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      return READS / ((System.nanoTime() - begin) / 1e9);
    } finally {
      threads.shutdown();
    }
  }

  private String submit(RawClient client) throws IOException {
    return client.post(GENERATIONS, request("A golden retriever, take " + ++prompts));
  }

  private static String request(String prompt) {
    return "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\""
        + prompt
        + "\",\"duration\":5,\"resolution\":\"720p\"}";
  }

  private static String id(String answer) {
    Matcher id = ID.matcher(answer);
    if (!id.find()) {
      throw new IllegalStateException(answer);
    }
    return id.group(1);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
