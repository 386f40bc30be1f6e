package io.github.seedance4j.testkit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

  private static final Instant AT = Instant.parse("2026-11-02T12:00:00Z");

  private final Charge paid = new Charge("task-1", new BigDecimal("1"), "aa", AT);
  private final Charge refused = new Charge(null, BigDecimal.ZERO, "bb", AT);
  private final Adjust back =
      new Adjust("task-1", new BigDecimal("-1.000"), Adjust.Reason.REFUND, "aa", AT);
  private final Adjust longer =
      new Adjust("task-2", new BigDecimal("0.008334"), Adjust.Reason.REAL_LENGTH, "aa", AT);
  private final Charge again = new Charge("task-2", new BigDecimal("0.6660"), "aa", AT);

  @Test
  void writesLinesThatAnyoneCanRead() {
    assertThat(paid.toJson())
        .isEqualTo(
            "{\"kind\":\"charge\",\"task\":\"task-1\",\"cost\":\"1.00\",\"digest\":\"aa\",\"at\":\"2026-11-02T12:00:00Z\"}");
    assertThat(refused.toJson()).contains("\"task\":null,\"cost\":\"0.00\"");
    assertThat(again.toJson()).contains("\"cost\":\"0.666\"");
  }

  @Test
  void appendsToItsFileAtOnceAndContinuesIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("ledger.jsonl");
    try (LedgerBook book = LedgerBook.onFile(file)) {
      book.append(paid);
      assertThat(Ledger.read(file).entries()).hasSize(1);
      book.append(refused);
    }
    try (LedgerBook book = LedgerBook.onFile(file)) {
      book.append(again);
      assertThat(book.read().entries()).containsExactly(again);
    }

    assertThat(Files.readString(file))
        .isEqualTo(paid.toJson() + "\n" + refused.toJson() + "\n" + again.toJson() + "\n");
    assertThat(Ledger.read(file).total()).isEqualByComparingTo("1.666");
  }

  @Test
  void leavesOutALineThatIsStillBeingWritten(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("ledger.jsonl");
    Files.writeString(file, paid.toJson() + "\n{\"kind\":\"cha");

    assertThat(Ledger.read(file).entries()).containsExactly(paid);
    Files.writeString(file, "\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> Ledger.read(file)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answersByTaskAndByDigest() {
    LedgerBook book = LedgerBook.inMemory();
    book.append(paid);
    book.append(refused);
    book.append(again);
    Ledger ledger = book.read();

    assertThat(ledger.chargesForTask("task-1")).containsExactly(paid);
    assertThat(ledger.chargesForDigest("aa")).containsExactly(paid, again);
    assertThat(ledger.chargesForDigest("cc")).isEmpty();
    assertThat(ledger.total()).isEqualByComparingTo("1.666");
    assertThat(refused.task()).isEmpty();
  }

  @Test
  void refusesANegativeCharge() {
    assertThatThrownBy(() -> new Charge("t", new BigDecimal("-0.01"), "aa", AT))
        .hasMessage("cost: zero or more, not -0.01");
  }

  @Test
  void writesAndReadsWhatChangedLater(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("ledger.jsonl");
    try (LedgerBook book = LedgerBook.onFile(file)) {
      List.of(paid, again, back, longer).forEach(book::append);
    }
    Ledger ledger = Ledger.read(file);

    assertThat(back.toJson())
        .isEqualTo(
            "{\"kind\":\"adjust\",\"task\":\"task-1\",\"amount\":\"-1.00\",\"reason\":\"refund\",\"digest\":\"aa\",\"at\":\"2026-11-02T12:00:00Z\"}");
    assertThat(longer.toJson()).contains("\"0.008334\",\"reason\":\"real-length\"");
    assertThat(ledger.entries()).containsExactly(paid, again, back, longer);
    assertThat(ledger.adjustments()).containsExactly(back, longer);
    assertThat(ledger.charges()).containsExactly(paid, again);
    assertThat(ledger.total()).isEqualByComparingTo("0.674334");
    assertThat(ledger.costOfTask("task-1")).isZero();
    assertThat(ledger.costOfTask("task-2")).isEqualByComparingTo("0.674334");
    assertThat(ledger.costOfDigest("aa")).isEqualByComparingTo("0.674334");
    assertThat(ledger.costOfDigest("bb")).isZero();
  }

  @Test
  void refusesWhatIsNoAdjust(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("ledger.jsonl");
    Files.writeString(file, back.toJson().replace("refund", "whim") + "\n");

    assertThatThrownBy(() -> Ledger.read(file))
        .hasMessageStartingWith("line 1 is no ledger line: {")
        .hasRootCauseMessage("reason: refund or real-length, not whim");
    assertThatThrownBy(
            () -> new Adjust("t", new BigDecimal("0.00"), Adjust.Reason.REFUND, "aa", AT))
        .hasMessage("amount: more or less than zero, not 0.00");
  }
}
