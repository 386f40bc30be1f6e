package io.github.seedance4j.testkit.live;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a live run ended, what it found wrong, and where it wrote what it learnt. */
public final class LiveEnd {

  private final Kind kind;
  private final String what;
  private final List<String> breaches;
  private final @Nullable Path facts;

  LiveEnd(Kind kind, String what, List<String> breaches, @Nullable Path facts) {
    this.kind = kind;
    this.what = what;
    this.breaches = List.copyOf(breaches);
    this.facts = facts;
  }

  /** How far a run came. But for the first two a create was sent, exactly one. */
  public enum Kind {
    /** Refused before anything was sent: it might have cost more than the cap leaves. */
    OVER_CAP,
    /** A free check failed, so nothing was paid for. */
    CHECK_FAILED,
    /** No byte of the create left. */
    NOT_SENT,
    /** The service asked to come back later. */
    THROTTLED,
    /** The service refused the create, with a reason. */
    REJECTED,
    /** Nobody knows whether the create was taken: its hold stays spent until a person decides. */
    UNKNOWN,
    /** There is a task, but its end was not seen: its hold stays spent. */
    UNFINISHED,
    /** The task ended without a clip. */
    NO_CLIP,
    /** The clip was made and is paid for, but could not be fetched. */
    CLIP_NOT_FETCHED,
    /** The clip is there, and was judged. */
    COMPLETE
  }

  public Kind kind() {
    return kind;
  }

  /** What happened and what to do now, for people. */
  public String what() {
    return what;
  }

  /** Every rule that did not hold. */
  public List<String> breaches() {
    return breaches;
  }

  /** The {@code live-facts.json} of this run; none where no create was sent. */
  public Optional<Path> facts() {
    return Optional.ofNullable(facts);
  }

  /** Whether the clip was made and every rule held. */
  public boolean isGood() {
    return kind == Kind.COMPLETE && breaches.isEmpty();
  }

  @Override
  public String toString() {
    return kind + ": " + what + (breaches.isEmpty() ? "" : "; broken: " + breaches);
  }
}
