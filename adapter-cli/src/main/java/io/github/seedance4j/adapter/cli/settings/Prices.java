package io.github.seedance4j.adapter.cli.settings;

import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import io.github.seedance4j.pricing.Tariff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The prices that the user keeps in a file, in the place of those that come with the program. */
public final class Prices {

  private Prices() {}

  /**
   * What the setting names; empty where there is none.
   *
   * @throws UnusableSetting if the file can't be read, or says what can't be
   */
  public static Optional<Tariff> ofUser(Surroundings around) {
    return around.path(Setting.PRICES).map(Prices::load);
  }

  public static Tariff load(Path file) {
    try {
      return Tariff.load(file);
    } catch (IOException e) {
      throw new UnusableSetting("prices: can't read " + file + ": " + DiskTrouble.reason(e));
    } catch (IllegalArgumentException e) {
      throw new UnusableSetting("prices: " + e.getMessage());
    }
  }
}
