package io.github.seedance4j.tenant;

/**
 * Whose jobs, budget and answers: every key belongs to one tenant, and no tenant sees another's
 * anything. It is the label of its jobs, and so what caps are set for. Lower-case letters, digits,
 * {@code .}, {@code _} and {@code -}, 63 at most, beginning with a letter or digit.
 */
public record TenantId(String value) {

  public TenantId {
    if (!value.matches("[a-z0-9][a-z0-9._-]{0,62}")) {
      throw new IllegalArgumentException(
          "tenant: 1 to 63 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit: '"
              + value
              + "'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
