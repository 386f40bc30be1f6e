package io.github.seedance4j.adapter.rest.exchange;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.tenant.AccessKey;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who makes a request, as far as a key tells. */
public final class Caller {

  private static final Caller NOBODY = new Caller(null);

  private final @Nullable AccessKey key;

  private Caller(@Nullable AccessKey key) {
    this.key = key;
  }

  public static Caller of(AccessKey key) {
    return new Caller(key);
  }

  /** Without a key. */
  public static Caller nobody() {
    return NOBODY;
  }

  /** Whether a key was shown: without one, a link that was signed stands for it. */
  public boolean hasKey() {
    return key != null;
  }

  /**
   * The key.
   *
   * @throws Refusal if there is none
   */
  public AccessKey key() {
    if (key == null) {
      throw Problem.of(ProblemType.KEY_REQUIRED, "This needs a key: Authorization: Bearer sgw_…")
          .refusal();
    }
    return key;
  }

  /** Whose jobs these are: their label. */
  public String tenant() {
    return key().tenant().value();
  }

  public boolean isAdmin() {
    return key != null && key.isAdmin();
  }

  /** The label that lists and sums are kept to; empty for an admin, who sees all. */
  public Optional<String> only() {
    return isAdmin() ? Optional.empty() : Optional.of(tenant());
  }

  /** Whether that job may be seen: what may not be, does not exist. */
  public boolean sees(Job job) {
    return isAdmin() || job.label().equals(Optional.of(tenant()));
  }

  /** Fields outside the guide that requests may hold. */
  public Set<String> extraFields() {
    return key == null ? Set.of() : key.extraFields();
  }
}
