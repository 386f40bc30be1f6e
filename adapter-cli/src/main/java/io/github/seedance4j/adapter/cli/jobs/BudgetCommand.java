package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.command.JournalCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.Json;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.BudgetUse;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Money;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows the caps, what counts against them and what holds them; sets and removes caps. */
public final class BudgetCommand extends JournalCommand {

  private static final int MOST_HOLDERS = 20;

  private final Flag<BigDecimal> set;
  private final Flag<Boolean> remove;
  private final Flag<String> per;
  private final Flag<String> label;

  public BudgetCommand(Surroundings around, Workshop workshop) {
    super(
        "budget",
        "Show what was spent, what is held, and what the caps leave. A cap holds for every command"
            + " on the journal; periods begin at midnight UTC.",
        around,
        workshop,
        "%nExample:",
        "  seedance budget --set 200 --per month");
    set =
        flags.converted(
            BigDecimal.class,
            new Values.Amount(),
            "AMOUNT",
            "Set a cap, in place of the one for the same period and label.",
            "--set");
    remove = flags.toggle("Take a cap back.", "--remove");
    per =
        flags.converted(
            String.class,
            new Values.Word("day", "month", "ever"),
            "PERIOD",
            "Which cap: day, month or ever.",
            "--per");
    label =
        flags.converted(
            String.class,
            new Values.Label(),
            "NAME",
            "Which cap: that of the jobs of this label.",
            "--label");
  }

  @Override
  public Integer call() {
    boolean sets = set.value() != null;
    boolean removes = remove.or(false);
    if (sets && removes) {
      throw usage("--set and --remove contradict each other");
    }
    if ((sets || removes) && per.value() == null) {
      throw usage("say over what time it counts: --per day, month or ever");
    }
    if (!sets && !removes && (per.value() != null || label.value() != null)) {
      throw usage("--per and --label go with --set or --remove");
    }
    try (Workshop.Bench journal = workshop.look(journal(), sets, tariff())) {
      VideoGeneration videos = journal.videos();
      sayWhatMoneyItIs(!json.or(false));
      if (sets || removes) {
        Budget budget =
            new Budget(
                new Money(set.or(BigDecimal.ZERO), tariff().currency()),
                Budget.Period.valueOf(per.or("").toUpperCase(Locale.ROOT)),
                label.value());
        if (sets) {
          videos.setBudget(budget);
          talk().say("From now on " + budget + " holds." + forWhom());
        } else if (!videos.removeBudget(budget.period(), budget.label())) {
          throw usage("there is no such cap; see: " + kept("budget"));
        }
      }
      show(videos);
      remind(videos, Set.of());
      return ExitCode.DONE;
    }
  }

  /** A cap in one journal is none in the other. */
  private String forWhom() {
    return place.isOwnSandbox()
        ? " This cap is for the sandbox only."
        : place.money().isPresent() ? " This cap is for what goes to this machine only." : "";
  }

  private void show(VideoGeneration videos) {
    List<BudgetUse> uses = videos.budgets();
    if (json.or(false)) {
      result(Json.write(entry("total", null, null, null, videos.spend(), null)));
      for (BudgetUse use : uses) {
        Budget budget = use.budget();
        result(
            Json.write(
                entry(
                    "cap",
                    budget.period().name().toLowerCase(Locale.ROOT),
                    budget.label(),
                    budget.cap(),
                    use.spend(),
                    use.left())));
      }
      return;
    }
    for (BudgetUse use : uses) {
      String name = use.budget().toString().replaceFirst("^the ", "");
      result(name + ": " + QuoteText.leftOrOver(use.left()));
      result("  " + SpendText.of(use.spend()));
    }
    if (uses.isEmpty()) {
      result("no cap; set one: " + kept("budget", "--set", "200", "--per", "month"));
    }
    result("all that the journal knows");
    result("  " + SpendText.of(videos.spend()));
    holders(videos);
  }

  private void holders(VideoGeneration videos) {
    List<Job> holding = videos.list(JobQuery.all().holdingMoney().limit(MOST_HOLDERS + 1));
    if (holding.isEmpty()) {
      return;
    }
    result("");
    result("what holds it:");
    List<Job> shown = holding.stream().limit(MOST_HOLDERS).toList();
    JobTable.lines(shown, around.directory(), around.columns()).forEach(this::result);
    if (holding.size() > MOST_HOLDERS) {
      talk().say("There are more: " + kept("jobs", "--holding", "--limit", "1000"));
    }
    String unknown =
        shown.stream()
            .filter(job -> !job.state().isUnfinished())
            .map(Job::id)
            .map(JobId::value)
            .limit(1)
            .collect(Collectors.joining());
    if (!unknown.isEmpty()) {
      talk()
          .say(
              "An unknown outcome holds its price until you say what it was: "
                  + kept("show", unknown));
    }
  }

  private static Map<String, @Nullable Object> entry(
      String kind,
      @Nullable String period,
      @Nullable String label,
      @Nullable Money cap,
      Spend spend,
      @Nullable Money left) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("kind", kind);
    if (cap != null) {
      entry.put("period", period);
      entry.put("label", label);
      entry.put("cap", cap.plain());
    }
    entry.put("computed", spend.computed().plain());
    entry.put("unconfirmed", spend.unconfirmed().plain());
    entry.put("stated", spend.stated().plain());
    entry.put("held", spend.held().plain());
    if (left != null) {
      entry.put("left", left.plain());
    }
    entry.put("currency", spend.held().currency().getCurrencyCode());
    return entry;
  }
}
