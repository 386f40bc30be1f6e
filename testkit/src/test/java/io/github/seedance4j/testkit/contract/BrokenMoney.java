package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Journals that count wrongly. */
final class BrokenMoney {

  private BrokenMoney() {}

  static void rows(BrokenJournals.Table table) {
    table.row("J19", "lets go of the hold of an unknown outcome", LetsGoOfUnknown::new);
    table.row("J19", "counts the bill beside the hold", BillBesideHold::new);
    table.row("J20", "never takes a bill back", NeverTakesABillBack::new);
    table.row("J21", "holds one price for two charges", HoldsOnePrice::new);
    table.row("J22", "counts no more of a bill than its hold", BillUpToItsHold::new);
    table.row("J23", "adds one currency to another", AddsCurrencies::new);
    table.row("J23", "counts since ever, whatever is asked", SinceEver::new);
    table.row("J42", "calls computed what nobody confirms", ConfirmsAll::new);
    table.row("J42", "calls the most that it can be unconfirmed", MostIsUnconfirmed::new);
    table.row("J43", "counts all labels alike", CountsEveryLabel::new);
    table.row("J43", "trims labels", TrimsLabels::new);
    table.row("J24", "counts in the period of the first charge", InThePeriodOfTheFirst::new);
  }

  private static final class LetsGoOfUnknown extends CountingJournal {
    @Override
    boolean counts(Job job) {
      return job.bill().isPresent() || job.state() != JobState.UNKNOWN;
    }
  }

  private static final class BillBesideHold extends CountingJournal {
    @Override
    Optional<Money> held(Job job) {
      return job.quote().map(Quote::hold).map(hold -> hold.times(job.authorisations()));
    }
  }

  private static final class NeverTakesABillBack extends SoundJournal {
    @Override
    public Replaced replace(Job next) {
      Job billed =
          find(next.id())
              .flatMap(Job::bill)
              .filter(bill -> next.bill().isEmpty())
              .map(bill -> next.change().version(next.version()).bill(bill).done())
              .orElse(next);
      return super.replace(billed);
    }
  }

  private static final class HoldsOnePrice extends CountingJournal {
    @Override
    Optional<Money> held(Job job) {
      return super.held(job).flatMap(held -> job.quote().map(Quote::hold));
    }
  }

  private static final class BillUpToItsHold extends CountingJournal {
    @Override
    Optional<Money> settled(Job job) {
      Money most = job.quote().map(Quote::hold).orElse(null);
      return super.settled(job).map(bill -> most != null && bill.isMoreThan(most) ? most : bill);
    }
  }

  private static final class AddsCurrencies extends CountingJournal {
    @Override
    boolean isIn(Money amount, Currency currency) {
      return true;
    }
  }

  private static final class SinceEver extends SoundJournal {
    @Override
    public Spend spend(Instant since, Currency currency, @Nullable String label) {
      return super.spend(Instant.EPOCH, currency, label);
    }
  }

  private static final class InThePeriodOfTheFirst extends CountingJournal {
    @Override
    Instant since(Job job) {
      return job.createdAt();
    }
  }

  private static final class ConfirmsAll extends CountingJournal {
    @Override
    Bill.Basis basis(Bill bill) {
      return bill.basis() == Bill.Basis.UNCONFIRMED ? Bill.Basis.COMPUTED : bill.basis();
    }
  }

  private static final class MostIsUnconfirmed extends CountingJournal {
    @Override
    Bill.Basis basis(Bill bill) {
      return bill.basis() == Bill.Basis.AT_MOST ? Bill.Basis.UNCONFIRMED : bill.basis();
    }
  }

  private static final class CountsEveryLabel extends SoundJournal {
    @Override
    public Spend spend(Instant since, Currency currency, @Nullable String label) {
      return super.spend(since, currency, null);
    }
  }

  private static final class TrimsLabels extends CountingJournal {
    @Override
    boolean isOf(Job job, @Nullable String label) {
      return label == null || job.label().map(String::strip).equals(Optional.of(label));
    }
  }
}
