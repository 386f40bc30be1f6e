package io.github.seedance4j.testkit.ledger;

import io.github.seedance4j.testkit.json.JsonReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a fake provider charged, in the order in which it happened. One charge for each fully
 * received create, of 0.00 for a refused one (but none for a body over 64 MiB, which is answered
 * 413 and not kept); one adjust at most for each task, after its charge, once its end was seen.
 * Immutable: a snapshot of the moment it was asked for.
 */
public record Ledger(List<LedgerEntry> entries) {

  private static final int LONGEST_SHOWN = 80;

  public Ledger {
    entries = List.copyOf(entries);
  }

  /**
   * Reads the file that a fake appends to, also while it does: a last line without its end isn't
   * counted yet.
   *
   * @throws IOException if the file can't be read
   * @throws IllegalArgumentException if a finished line is no ledger line; the message says which
   */
  public static Ledger read(Path file) throws IOException {
    return parse(Files.readString(file, StandardCharsets.UTF_8));
  }

  static Ledger parse(String text) {
    List<LedgerEntry> entries = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      try {
        entries.add(entry(line));
      } catch (IllegalArgumentException
          | NullPointerException
          | ClassCastException
          | DateTimeException e) {
        throw new IllegalArgumentException(
            "line " + (entries.size() + 1) + " is no ledger line: " + shortened(line), e);
      }
    }
    return new Ledger(entries);
  }

  private static String shortened(String line) {
    return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line;
  }

  private static LedgerEntry entry(String line) {
    if (JsonReader.read(line).tree() instanceof Map<?, ?> fields) {
      if ("charge".equals(fields.get("kind"))) {
        return new Charge(
            (String) fields.get("task"),
            new BigDecimal(text(fields, "cost")),
            text(fields, "digest"),
            Instant.parse(text(fields, "at")));
      }
      if ("adjust".equals(fields.get("kind"))) {
        return new Adjust(
            text(fields, "task"),
            new BigDecimal(text(fields, "amount")),
            Adjust.Reason.of(text(fields, "reason")),
            text(fields, "digest"),
            Instant.parse(text(fields, "at")));
      }
    }
    throw new IllegalArgumentException("kind: charge or adjust");
  }

  private static String text(Map<?, ?> fields, String name) {
    return (String) Objects.requireNonNull(fields.get(name), name);
  }

  public List<Charge> charges() {
    return entries.stream().filter(Charge.class::isInstance).map(Charge.class::cast).toList();
  }

  public List<Adjust> adjustments() {
    return entries.stream().filter(Adjust.class::isInstance).map(Adjust.class::cast).toList();
  }

  public List<Charge> chargesForTask(String taskId) {
    return charges().stream().filter(charge -> taskId.equals(charge.taskId())).toList();
  }

  /** The charges for a body of which only its digest is known: how a lost answer is judged. */
  public List<Charge> chargesForDigest(String sha256) {
    return charges().stream().filter(charge -> charge.digest().equals(sha256)).toList();
  }

  /** All that was charged, less what was given back, in USD. */
  public BigDecimal total() {
    return sum(entries);
  }

  /** What a task cost up to now, adjusts counted, in USD; zero for one that isn't known. */
  public BigDecimal costOfTask(String taskId) {
    return sum(
        entries.stream().filter(entry -> entry.task().filter(taskId::equals).isPresent()).toList());
  }

  /** What all creates with a body of that digest cost up to now, adjusts counted, in USD. */
  public BigDecimal costOfDigest(String sha256) {
    return sum(entries.stream().filter(entry -> entry.digest().equals(sha256)).toList());
  }

  private static BigDecimal sum(List<LedgerEntry> entries) {
    return entries.stream().map(LedgerEntry::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
