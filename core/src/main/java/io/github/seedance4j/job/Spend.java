package io.github.seedance4j.job;

import io.github.seedance4j.pricing.Money;
import java.util.Currency;

/**
 * What a journal's jobs cost since a moment, by how sure that is.
 *
 * @param computed by the tariff, of jobs that ended; the most it can be where a length is unknown
 * @param unconfirmed of jobs that ended, where nobody says whether the provider charged
 * @param stated looked up by somebody in the provider's own account
 * @param held of jobs whose bill is not known yet, unknown outcomes among them
 */
public record Spend(Money computed, Money unconfirmed, Money stated, Money held) {

  public static Spend none(Currency currency) {
    Money zero = Money.zero(currency);
    return new Spend(zero, zero, zero, zero);
  }

  /** Of jobs that ended. */
  public Money settled() {
    return computed.plus(unconfirmed).plus(stated);
  }

  /** What counts against a cap. */
  public Money total() {
    return settled().plus(held);
  }

  /** This and what that job counts, if anything in this currency. */
  public Spend plus(Job job) {
    Money counted = job.counted().orElse(null);
    if (counted == null || !counted.currency().equals(held.currency())) {
      return this;
    }
    if (job.bill().isEmpty()) {
      return new Spend(computed, unconfirmed, stated, held.plus(counted));
    }
    return switch (job.bill().get().basis()) {
      case COMPUTED, AT_MOST -> new Spend(computed.plus(counted), unconfirmed, stated, held);
      case UNCONFIRMED -> new Spend(computed, unconfirmed.plus(counted), stated, held);
      case STATED -> new Spend(computed, unconfirmed, stated.plus(counted), held);
    };
  }
}
