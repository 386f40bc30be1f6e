package io.github.seedance4j.request;

/** How sure a rule is for a model; data of the {@link ModelCatalog}, so it can differ by model. */
public enum Certainty {
  /** The provider says it, or it can't make sense otherwise: always rejected. */
  STATED,
  /** Only the model's maker says it: rejected under {@link Strictness#STRICT}, else advice. */
  ASSUMED,
  /** Worth saying, never rejected. */
  ADVICE,
  /** Does not hold for this model: neither rejected nor said. */
  WAIVED
}
