package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.THREADS;
import static io.github.seedance4j.testkit.contract.JournalJobs.USD;
import static io.github.seedance4j.testkit.contract.JournalJobs.admit;
import static io.github.seedance4j.testkit.contract.JournalJobs.bill;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.keyed;
import static io.github.seedance4j.testkit.contract.JournalJobs.labelled;
import static io.github.seedance4j.testkit.contract.JournalJobs.spend;
import static io.github.seedance4j.testkit.contract.JournalJobs.spent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Budget.Period;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.pricing.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The caps of the journal itself hold for whoever uses it. */
interface JournalCapRules extends JournalSource {

  @Test
  @DisplayName("J32 keeps one cap for each label and period")
  default void keepsOneCapForEachLabelAndPeriod() {
    try (JobJournal journal = emptyJournal()) {
      assertThat(journal.budgets()).isEmpty();
      Budget day = Budget.perDay(Money.usd("5.00"));
      Budget month = Budget.perMonth(Money.usd("20.00"));
      Budget ever = Budget.ever(Money.usd("100.00"));
      Budget acme = Budget.perDay(Money.usd("2.00")).forLabel("acme");
      Budget upper = Budget.perDay(Money.usd("3.00")).forLabel("ACME");
      List.of(day, month, ever, acme, upper).forEach(journal::setBudget);
      assertThat(journal.budgets()).containsExactlyInAnyOrder(day, month, ever, acme, upper);

      Budget less = Budget.perDay(Money.of("4.000001", "CNY"));
      Budget acmeNow = Budget.perDay(Money.usd("0")).forLabel("acme");
      journal.setBudget(less);
      journal.setBudget(acmeNow);
      assertThat(journal.budgets()).containsExactlyInAnyOrder(less, month, ever, acmeNow, upper);

      assertThat(journal.removeBudget(Period.MONTH, "acme")).isFalse();
      assertThat(journal.removeBudget(Period.DAY, "acme")).isTrue();
      assertThat(journal.removeBudget(Period.DAY, "acme")).isFalse();
      assertThat(journal.budgets()).containsExactlyInAnyOrder(less, month, ever, upper);
      assertThat(journal.removeBudget(Period.EVER, null)).isTrue();
      assertThat(journal.budgets()).containsExactlyInAnyOrder(less, month, upper);
    }
  }

  @Test
  @DisplayName("J33 holds everybody to its own caps, and names the one that bites")
  default void holdsEverybodyToItsOwnCapsAndNamesTheOneThatBites() {
    try (JobJournal journal = emptyJournal()) {
      Budget own = Budget.ever(Money.usd("3.00"));
      Budget wide = Budget.ever(Money.usd("50.00"));
      Budget narrow = Budget.perDay(Money.usd("0.50"));
      admit(journal, holding(Money.usd("2.00"))); // before there was a cap
      journal.setBudget(own);
      Job tooMuch = keyed("order-1", "1.01");

      assertThat(admit(journal, tooMuch)).isEqualTo(new Admission.OverCap(own, Money.usd("1.00")));
      assertThat(admit(journal, tooMuch, wide))
          .isEqualTo(new Admission.OverCap(own, Money.usd("1.00")));
      assertThat(admit(journal, holding(Money.usd("0.60")), wide, narrow))
          .isEqualTo(new Admission.OverCap(narrow, Money.usd("-1.50")));
      assertThat(journal.find(tooMuch.id())).isEmpty();
      assertThat(journal.findByKey("order-1")).isEmpty();
      Job last = holding(Money.usd("1.00"));
      assertThat(admit(journal, last, wide)).isEqualTo(new Admission.Admitted(last));
      assertThat(spent(journal)).isEqualTo(spend("0", "3.00"));

      journal.replace(last.change().bill(bill("1.25")).done());
      assertThat(admit(journal, holding(Money.usd("0.01"))))
          .isEqualTo(new Admission.OverCap(own, Money.usd("-0.25")));
      assertThat(admit(journal, JournalJobs.adopted("task-1")))
          .isInstanceOf(Admission.Admitted.class); // it costs nothing that we know of
      journal.removeBudget(Period.EVER, null);
      assertThat(admit(journal, tooMuch)).isEqualTo(new Admission.Admitted(tooMuch));
    }
  }

  @Test
  @DisplayName("J69 admits nothing under a cap in another currency")
  default void admitsNothingUnderACapInAnotherCurrency() {
    try (JobJournal journal = emptyJournal()) {
      Budget dollars = Budget.ever(Money.usd("50.00"));
      Budget euros = Budget.perDay(Money.of("50.00", "EUR"));
      journal.setBudget(dollars);
      journal.setBudget(euros.forLabel("acme"));
      Money yuan = Money.of("0.01", "CNY");

      assertThat(admit(journal, holding(yuan)))
          .isEqualTo(new Admission.OverCap(dollars, Money.zero(yuan.currency())));
      assertThat(admit(journal, holding(Money.usd("1.00")), euros))
          .isEqualTo(new Admission.OverCap(euros, Money.usd("0")));
      assertThat(admit(journal, holding(Money.usd("1.00")))).isInstanceOf(Admission.Admitted.class);
      assertThat(admit(journal, JournalJobs.adopted("task-1")))
          .isInstanceOf(Admission.Admitted.class); // it costs nothing that we know of

      journal.removeBudget(Period.EVER, null);
      assertThat(admit(journal, holding(yuan))).isInstanceOf(Admission.Admitted.class);
    }
  }

  @Test
  @DisplayName("J34 counts a label's jobs alone against its caps, and all against the others")
  default void countsALabelsJobsAloneAgainstItsCapsAndAllAgainstTheOthers() {
    try (JobJournal journal = emptyJournal()) {
      Budget acme = Budget.ever(Money.usd("2.00")).forLabel("acme");
      Budget other = Budget.ever(Money.usd("3.00")).forLabel("Acme");
      Budget all = Budget.ever(Money.usd("6.00"));
      journal.setBudget(acme);
      journal.setBudget(all);
      admit(journal, holding(Money.usd("1.50")), other);
      admit(journal, labelled("Acme", "1.50"), other);
      assertThat(admit(journal, labelled("acme", "1.50"), other))
          .isInstanceOf(Admission.Admitted.class);

      assertThat(admit(journal, labelled("acme", "0.51"), other))
          .isEqualTo(new Admission.OverCap(acme, Money.usd("0.50")));
      assertThat(admit(journal, labelled("Acme", "1.51")))
          .isEqualTo(new Admission.OverCap(all, Money.usd("1.50")));
      Budget given = Budget.perMonth(Money.usd("2.75")).forLabel("Acme");
      assertThat(admit(journal, labelled("Acme", "1.50"), given))
          .isEqualTo(new Admission.OverCap(given, Money.usd("1.25")));
      assertThat(admit(journal, labelled("Acme", "1.50"), other))
          .isInstanceOf(Admission.Admitted.class);
      assertThat(admit(journal, holding(Money.usd("0.01"))))
          .isEqualTo(new Admission.OverCap(all, Money.usd("0")));
    }
  }

  @Test
  @DisplayName("J35 counts the day, the month and all time of its own caps apart")
  default void countsTheDayTheMonthAndAllTimeOfItsOwnCapsApart() {
    try (JobJournal journal = emptyJournal()) {
      Budget day = Budget.perDay(Money.usd("1.00"));
      Budget month = Budget.perMonth(Money.usd("2.00"));
      Budget ever = Budget.ever(Money.usd("2.50"));
      List.of(day, month, ever).forEach(journal::setBudget);
      Instant tomorrow = NOON.plus(Duration.ofDays(1));
      Instant december = Instant.parse("2026-12-01T00:00:00Z");
      admit(journal, holding(Money.usd("1.00")));

      assertThat(admit(journal, holding(Money.usd("0.20"))))
          .isEqualTo(new Admission.OverCap(day, Money.usd("0")));
      assertThat(admit(journal, holding(Money.usd("0.90"), tomorrow)))
          .isInstanceOf(Admission.Admitted.class);
      Instant dayAfter = tomorrow.plus(Duration.ofDays(1));
      assertThat(admit(journal, holding(Money.usd("0.20"), dayAfter)))
          .isEqualTo(new Admission.OverCap(month, Money.usd("0.10")));
      assertThat(admit(journal, holding(Money.usd("0.20"), december)))
          .isInstanceOf(Admission.Admitted.class);
      assertThat(admit(journal, holding(Money.usd("0.41"), december)))
          .isEqualTo(new Admission.OverCap(ever, Money.usd("0.40")));
    }
  }

  @Test
  @DisplayName("J36 gives the last money under its own cap to one of many that race for it")
  default void givesTheLastMoneyUnderItsOwnCapToOneOfManyThatRaceForIt() throws Exception {
    try (JobJournal journal = emptyJournal()) {
      Budget own = Budget.ever(Money.usd("1.00")).forLabel("acme");
      journal.setBudget(own);
      Race.Line line = new Race.Line(THREADS);
      List<Money> most =
          Race.of(
              THREADS,
              thread -> {
                Money held = Money.zero(USD);
                for (int i = 0; i < turns(); i++) {
                  Job job = labelled("acme", "1.00");
                  line.together();
                  Admission answer = admit(journal, job);
                  line.together(); // whoever was let in holds the money still
                  held = Money.max(held, spent(journal).held());
                  line.together();
                  if (answer instanceof Admission.Admitted) {
                    journal.replace(job.change().bill(bill("0")).done()); // for the next turn
                  }
                }
                return held;
              });

      assertThat(most).containsOnly(own.cap());
    }
  }
}
