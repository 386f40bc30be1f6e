package io.github.seedance4j.testkit.fault;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Strikes a task that was booked, or the polls that ask for it. A task can have several. */
public sealed interface TaskFault extends Fault {

  /**
   * How many polls it strikes, where it strikes but some: faults of this kind strike one after
   * another, in the order in which they were scripted. {@code Integer.MAX_VALUE}: it has no end.
   */
  default int turns() {
    return Integer.MAX_VALUE;
  }

  /**
   * The task ends as failed.
   *
   * @param charged whether the charge stands, or is given back by an {@code adjust} line
   */
  record Fails(String code, String message, boolean charged, ErrorShape shape)
      implements TaskFault {
    public Fails {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(message, "message");
      if (shape == ErrorShape.HTML || shape == ErrorShape.EMPTY) {
        throw new IllegalArgumentException(
            "shape: one that a task can have, not \""
                + shape.name().toLowerCase(Locale.ROOT)
                + "\"");
      }
    }

    public Fails() {
      this("InternalServiceError", "The service encountered an unexpected error.", false);
    }

    public Fails(String code, String message, boolean charged) {
      this(code, message, charged, ErrorShape.FULL);
    }
  }

  /** The task runs for ever. */
  record NeverEnds() implements TaskFault {}

  /**
   * The task ends in a word that the guide doesn't have; {@code cancelled} and {@code expired} are
   * upstream's.
   *
   * @param charged whether the charge stands, or is given back by an {@code adjust} line
   */
  record EndsAs(String word, boolean charged) implements TaskFault {
    public EndsAs {
      Objects.requireNonNull(word, "word");
    }

    public EndsAs() {
      this("expired", false);
    }
  }

  /** That many polls are told a status that nobody has listed; then all goes on. */
  record SaysOddStatus(String word, int polls) implements TaskFault {
    public SaysOddStatus {
      Objects.requireNonNull(word, "word");
      requirePolls(polls);
    }

    public SaysOddStatus() {
      this("archiving", 2);
    }

    @Override
    public int turns() {
      return polls;
    }
  }

  /** Polls are told running, queued, running, queued, and only then how things are. */
  record GoesBackwards() implements TaskFault {
    @Override
    public int turns() {
      return 4;
    }
  }

  /** That many polls of the new task are answered with 404. */
  record NotFoundAtFirst(int polls) implements TaskFault {
    public NotFoundAtFirst {
      requirePolls(polls);
    }

    public NotFoundAtFirst() {
      this(2);
    }

    @Override
    public int turns() {
      return polls;
    }
  }

  /**
   * That many polls are answered with an error status.
   *
   * @param retryAfter the header's value as it is; null for none
   */
  record RefusesPolls(int status, int polls, ErrorShape shape, @Nullable String retryAfter)
      implements TaskFault {
    public RefusesPolls {
      Objects.requireNonNull(shape, "shape");
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("status: 200 to 599, not " + status);
      }
      requirePolls(polls);
    }

    public RefusesPolls() {
      this(503, 2);
    }

    public RefusesPolls(int status, int polls) {
      this(status, polls, ErrorShape.FULL, null);
    }

    @Override
    public int turns() {
      return polls;
    }
  }

  /** That many polls are answered with a reset. */
  record ResetsPolls(int polls) implements TaskFault {
    public ResetsPolls {
      requirePolls(polls);
    }

    public ResetsPolls() {
      this(2);
    }

    @Override
    public int turns() {
      return polls;
    }
  }

  /** That many polls are never answered. */
  record HangsPolls(int polls) implements TaskFault {
    public HangsPolls {
      requirePolls(polls);
    }

    public HangsPolls() {
      this(1);
    }

    @Override
    public int turns() {
      return polls;
    }
  }

  /** Succeeded, but there is no {@code data}. */
  record LeavesOutData() implements TaskFault {}

  /** Succeeded, but {@code data} is an empty list. */
  record EmptiesData() implements TaskFault {}

  /** Succeeded, with a link that leads nowhere good. */
  record GivesBadLink(BadLink link) implements TaskFault {
    public GivesBadLink {
      Objects.requireNonNull(link, "link");
    }

    public GivesBadLink() {
      this(BadLink.NULL);
    }
  }

  /** What a bad link is. */
  enum BadLink {
    /** {@code "video_url": null}. */
    NULL,
    /** No {@code video_url} in {@code data[0]}. */
    ABSENT,
    /** A file of the client's own machine. */
    FILE,
    /** An address of a private network, as of a cloud's metadata service. */
    PRIVATE,
    /** A redirect of the fake's that leads to itself. */
    LOOP,
    /** A redirect of the fake's that leads to an address of a private network. */
    REDIRECT_TO_PRIVATE,
    /** Not a web address. */
    NONSENSE
  }

  /** {@code created} is off by that much, in all answers. */
  record SkewsCreated(Duration by) implements TaskFault {
    public SkewsCreated() {
      this(Duration.ofDays(-30));
    }
  }

  /** There is no {@code created} in any answer. */
  record LeavesOutCreated() implements TaskFault {}

  /** There is no {@code usage} when it succeeded. */
  record LeavesOutUsage() implements TaskFault {}

  /** Every answer has more fields than the guide knows, at every depth. */
  record AddsFields() implements TaskFault {}

  /**
   * The clip gets another length than asked; under {@code Billing.REAL_LENGTH} it is billed for.
   *
   * @param seconds 1 to 60
   */
  record MakesOtherLength(BigDecimal seconds) implements TaskFault {
    public MakesOtherLength {
      if (seconds.compareTo(BigDecimal.ONE) < 0 || seconds.compareTo(new BigDecimal(60)) > 0) {
        throw new IllegalArgumentException("seconds: 1 to 60, not " + seconds);
      }
    }

    public MakesOtherLength() {
      this(new BigDecimal(7));
    }
  }

  /** The tree of every status answer is changed by code; not to be had over HTTP. */
  record RewritesStatus(UnaryOperator<Map<String, Object>> rewrite) implements TaskFault {}

  private static void requirePolls(int polls) {
    if (polls < 1) {
      throw new IllegalArgumentException("polls: at least 1, not " + polls);
    }
  }
}
