package io.github.seedance4j.request;

/** What to do about rules that are only {@link Certainty#ASSUMED}. */
public enum Strictness {
  /** Reject them: the default, since a request that the provider turns down late may cost money. */
  STRICT,
  /** Report them as advice and send the request. */
  RELAXED
}
