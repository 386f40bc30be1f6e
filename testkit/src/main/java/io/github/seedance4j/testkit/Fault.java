package io.github.seedance4j.testkit;

import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * One way in which the fake provider misbehaves; the named scenarios of {@link NextCreate} are made
 * of these. Faults are grouped by the moment they strike: the create, the task as it is asked for,
 * the file.
 */
public sealed interface Fault {

  /** Strikes the create itself. A create can have one of these. */
  sealed interface OnCreate extends Fault {}

  /** Strikes a task that was booked. */
  sealed interface OnTask extends Fault {}

  /** Strikes the download of a clip. */
  sealed interface OnFile extends Fault {}

  /** Refuses the create in the provider's error shape; no task, no charge. */
  record Refuses(int status, String code, String message, Map<String, String> headers)
      implements OnCreate {
    public Refuses {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Answers the create with just this.
   *
   * @param charged whether a task is booked and charged all the same
   */
  record Answers(int status, Map<String, String> headers, String body, boolean charged)
      implements OnCreate {
    public Answers {
      headers = Map.copyOf(headers);
      Objects.requireNonNull(body, "body");
    }
  }

  /**
   * Reads the whole create, books and charges the task, then resets the connection without a byte
   * of an answer.
   */
  record ResetsAfterCharge() implements OnCreate {}

  /** Books and charges the task, and changes the answer's tree. */
  record RewritesCreate(UnaryOperator<Map<String, Object>> rewrite) implements OnCreate {}

  /**
   * Lets the task end as failed.
   *
   * @param charged whether the create is charged in full, or with 0.00
   */
  record FailsTask(String code, String message, boolean charged) implements OnTask {}

  /** Lets the task run for ever. */
  record NeverEnds() implements OnTask {}

  /** Changes the tree of every status answer. */
  record RewritesStatus(UnaryOperator<Map<String, Object>> rewrite) implements OnTask {}

  /**
   * The first link that somebody uses is dead, and stays so; asking for the status again gives
   * another, which lives.
   */
  record KillsFirstLink() implements OnFile {}
}
