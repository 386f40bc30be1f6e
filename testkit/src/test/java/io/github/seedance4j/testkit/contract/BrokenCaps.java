package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Journals that go wrong with the caps of their own. */
final class BrokenCaps {

  private BrokenCaps() {}

  static void rows(BrokenJournals.Table table) {
    table.row("J32", "has one cap for a period, whatever the label", OneForAPeriod::new);
    table.row("J32", "has one cap for a label, whatever the period", OneForALabel::new);
    table.row("J32", "keeps a cap beside the one it is to replace", ReplacesNone::new);
    table.row("J32", "keeps a cap that is taken back", RemovesNone::new);
    table.row("J33", "ignores its own caps", IgnoresItsOwn::new);
    table.row("J33", "ignores its own caps where others are given", GivenInsteadOfOwn::new);
    table.row("J33", "names the first cap", NamesTheFirst::new);
    table.row("J33", "leaves never less than nothing", NeverBelowZero::new);
    table.row("J34", "counts all jobs against a label's cap", CountsAll::new);
    table.row("J34", "tells labels apart by no case", FoldsLabels::new);
    table.row("J34", "counts no label's jobs against a cap for all", LabelsApart::new);
    table.row("J35", "counts all time against its own caps", ForEver::new);
    table.row("J69", "lets pass what a cap can't be compared with", OfItsCurrencyAlone::new);
    table.row("J69", "lets pass what a given cap can't be compared with", OwnAlone::new);
    table.row("J36", "looks at its own cap, then admits", BrokenAdmissions.LooksThenAdmits::new);
  }

  private static final class OneForAPeriod extends CountingJournal {
    @Override
    public synchronized void setBudget(Budget budget) {
      own.removeIf(known -> known.period() == budget.period());
      own.add(budget);
    }
  }

  private static final class OneForALabel extends CountingJournal {
    @Override
    public synchronized void setBudget(Budget budget) {
      own.removeIf(
          known -> Optional.ofNullable(known.label()).equals(Optional.ofNullable(budget.label())));
      own.add(budget);
    }
  }

  private static final class ReplacesNone extends CountingJournal {
    @Override
    public synchronized void setBudget(Budget budget) {
      own.add(budget);
    }
  }

  private static final class RemovesNone extends CountingJournal {
    @Override
    public synchronized boolean removeBudget(Budget.Period period, @Nullable String label) {
      return own.stream().anyMatch(known -> known.replaces(new Budget(known.cap(), period, label)));
    }
  }

  private static final class OfItsCurrencyAlone extends CountingJournal {
    @Override
    boolean bites(Budget cap, Currency currency) {
      return cap.cap().currency().equals(currency);
    }
  }

  private static final class OwnAlone extends CountingJournal {
    @Override
    boolean bites(Budget cap, Currency currency) {
      return cap.cap().currency().equals(currency) || own.contains(cap);
    }
  }

  private static final class IgnoresItsOwn extends CountingJournal {
    @Override
    Stream<Budget> caps(List<Budget> given) {
      return given.stream();
    }
  }

  private static final class GivenInsteadOfOwn extends CountingJournal {
    @Override
    Stream<Budget> caps(List<Budget> given) {
      return given.isEmpty() ? own.stream() : given.stream();
    }
  }

  private static final class NamesTheFirst extends CountingJournal {
    @Override
    public synchronized Admission admit(Job intended, List<Budget> budgets, String owner) {
      Admission answer = super.admit(intended, budgets, owner);
      return answer instanceof Admission.OverCap over
          ? new Admission.OverCap(caps(budgets).findFirst().orElseThrow(), over.left())
          : answer;
    }
  }

  private static final class NeverBelowZero extends CountingJournal {
    @Override
    public synchronized Admission admit(Job intended, List<Budget> budgets, String owner) {
      Admission answer = super.admit(intended, budgets, owner);
      return answer instanceof Admission.OverCap over
          ? new Admission.OverCap(
              over.budget(), Money.max(over.left(), Money.zero(over.left().currency())))
          : answer;
    }
  }

  private static final class CountsAll extends CountingJournal {
    @Override
    public synchronized Spend spend(Instant since, Currency currency, @Nullable String label) {
      return super.spend(since, currency, null);
    }
  }

  private static final class FoldsLabels extends CountingJournal {
    @Override
    boolean isOf(Job job, @Nullable String label) {
      return label == null
          || job.label()
              .map(own -> own.toLowerCase(Locale.ROOT).equals(label.toLowerCase(Locale.ROOT)))
              .orElse(false);
    }
  }

  private static final class LabelsApart extends CountingJournal {
    @Override
    boolean isOf(Job job, @Nullable String label) {
      return job.label().equals(Optional.ofNullable(label));
    }
  }

  private static final class ForEver extends CountingJournal {
    @Override
    Stream<Budget> caps(List<Budget> given) {
      return Stream.concat(
          own.stream().map(cap -> new Budget(cap.cap(), Budget.Period.EVER, cap.label())),
          given.stream());
    }
  }
}
