package io.github.seedance4j.testkit.ledger;

import io.github.seedance4j.testkit.json.JsonWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one fully received create cost, in USD; written before the fake decides how to misbehave, so
 * a client that never got an answer is charged all the same. A refused create costs 0 and has no
 * task.
 *
 * @param taskId the task that was booked, null if none was
 * @param cost USD, not negative, kept with at least two decimals
 * @param digest SHA-256 of the body's bytes as received, lower-case hexadecimal
 */
public record Charge(@Nullable String taskId, BigDecimal cost, String digest, Instant at)
    implements LedgerEntry {

  public Charge {
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(at, "at");
    if (cost.signum() < 0) {
      throw new IllegalArgumentException("cost: zero or more, not " + cost);
    }
    cost = money(cost);
  }

  /** The same amount, as short as it can be with two decimals. */
  static BigDecimal money(BigDecimal amount) {
    BigDecimal shortest = amount.stripTrailingZeros();
    return shortest.setScale(Math.max(2, shortest.scale()));
  }

  @Override
  public Optional<String> task() {
    return Optional.ofNullable(taskId);
  }

  @Override
  public BigDecimal amount() {
    return cost;
  }

  @Override
  public String toJson() {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("kind", "charge");
    line.put("task", taskId);
    line.put("cost", cost.toPlainString());
    line.put("digest", digest);
    line.put("at", at.toString());
    return JsonWriter.write(line);
  }
}
