package io.github.seedance4j.pricing;

/**
 * What a job cost, as far as is known.
 *
 * @param amount what counts against the budget
 * @param basis how sure that is
 */
public record Bill(Money amount, Basis basis) {

  /** Where a figure comes from. */
  public enum Basis {
    /** By the tariff, from the clip's real length. The provider itself states no sum. */
    COMPUTED,
    /** The most it can have been: the length of an input was never declared. */
    AT_MOST,
    /** The provider may have charged it, and nobody says whether it does. */
    UNCONFIRMED,
    /** Somebody looked it up in the provider's own account. */
    STATED
  }
}
