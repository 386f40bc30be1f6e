package io.github.seedance4j.testkit.live;

import io.github.seedance4j.port.out.Timekeeper;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.ModelCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** All that a run was told. */
record Settings(
    Function<String, Desk> opener,
    String key,
    Money cap,
    Path spending,
    Path facts,
    Path clips,
    Tariff tariff,
    ModelCatalog catalog,
    Consumer<String> out,
    Timekeeper time,
    Duration patience) {

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "Settings[cap " + cap + ", " + spending + "]";
  }
}
