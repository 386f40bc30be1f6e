package io.github.seedance4j.testkit.ledger;

import io.github.seedance4j.testkit.json.JsonWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What was charged more, or given back, once a task had ended: its line comes after the charge's,
 * one at most for each task.
 *
 * @param amount USD, never zero, negative for what is given back; kept with at least two decimals
 * @param digest SHA-256 of the body of the task's create, lower-case hexadecimal
 */
public record Adjust(String taskId, BigDecimal amount, Reason reason, String digest, Instant at)
    implements LedgerEntry {

  /** Why. */
  public enum Reason {
    /** The task didn't succeed, and its charge is given back. */
    REFUND("refund"),
    /** The clip's real length is billed, not the whole seconds that were asked for. */
    REAL_LENGTH("real-length");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** As it stands in the line. */
    public String word() {
      return word;
    }

    static Reason of(String word) {
      return Arrays.stream(values())
          .filter(reason -> reason.word.equals(word))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("reason: refund or real-length, not " + word));
    }
  }

  public Adjust {
    Objects.requireNonNull(taskId, "taskId");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(at, "at");
    if (amount.signum() == 0) {
      throw new IllegalArgumentException("amount: more or less than zero, not " + amount);
    }
    amount = Charge.money(amount);
  }

  @Override
  public Optional<String> task() {
    return Optional.of(taskId);
  }

  @Override
  public String toJson() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", "adjust");
    line.put("task", taskId);
    line.put("amount", amount.toPlainString());
    line.put("reason", reason.word());
    line.put("digest", digest);
    line.put("at", at.toString());
    return JsonWriter.write(line);
  }
}
