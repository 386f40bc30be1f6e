package io.github.seedance4j.testkit.bench;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.nio.file.Path;

/** The fake in a process of its own, with its ledger on the file that is named, if one is. */
final class FakeMain {

  private FakeMain() {}

  public static void main(String[] args) {
    FakeTokenHub.Builder builder = FakeTokenHub.builder();
    if (args.length > 0) {
      builder.ledger(Path.of(args[0]));
    }
    System.out.println(builder.start().baseUrl().getPort());
  }
}
