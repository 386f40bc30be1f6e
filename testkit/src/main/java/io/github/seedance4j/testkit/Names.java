package io.github.seedance4j.testkit;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Ids of tasks and requests. With a seed they are the same on every run; without, a random prefix
 * keeps the tasks of two servers apart. Thread-safe.
 */
final class Names {

  private final String prefix;
  private final long seed;
  private final byte[] secret = new byte[32];
  private final AtomicLong tasks = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();

  Names(@Nullable Long seed) {
    Random random = seed == null ? new SecureRandom() : new Random(seed);
    this.seed = seed == null ? random.nextLong() : seed;
    this.prefix = seed == null ? "task-" + HexFormat.of().toHexDigits(random.nextInt()) : "task";
    random.nextBytes(secret);
  }

  /** {@code task-000001-9b2e}, or {@code task-3fa91c07-000001-9b2e} without a seed. */
  String task() {
    long number = tasks.incrementAndGet();
    String tail = HexFormat.of().toHexDigits((short) new Random(seed + number).nextInt());
    return prefix + "-" + padded(number, 6) + "-" + tail;
  }

  String request() {
    return "req-" + padded(requests.incrementAndGet(), 8);
  }

  /** What is drawn by lot for that task is drawn with this: the same for the same seed and id. */
  long lot(String taskId) {
    return 31 * seed + taskId.hashCode();
  }

  /** The seed in use, given or not. */
  long seed() {
    return seed;
  }

  /** What the links of this server are signed with. */
  byte[] secret() {
    return secret.clone();
  }

  private static String padded(long number, int width) {
    String digits = Long.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
