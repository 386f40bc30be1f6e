package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.text.Csv;
import io.github.seedance4j.adapter.cli.text.Json;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelSpec;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds up what jobs cost, by something that they have in common, each currency for itself. */
final class UsageTable {

  private static final String TOTAL = "total";
  private static final int NAME = 17;

  private final String by;
  private final Currency usual;
  private final ModelCatalog catalog;
  private final Map<Group, Sum> sums = new HashMap<>();

  /**
   * @param by {@code day}, {@code month}, {@code label} or {@code model}
   * @param usual the currency of what never had a price
   */
  UsageTable(String by, Currency usual, ModelCatalog catalog) {
    this.catalog = catalog;
    this.by = by;
    this.usual = usual;
  }

  /** What a line is about; the empty name where a job has no label or model. */
  private record Group(String name, Currency currency) {}

  private static final class Sum {
    private int jobs;
    private int clips;
    private Spend spend;

    Sum(Currency currency) {
      spend = Spend.none(currency);
    }

    Sum add(Job job) {
      jobs++;
      clips += job.clip().isPresent() ? 1 : 0;
      spend = spend.plus(job);
      return this;
    }

    Sum add(Sum other) {
      jobs += other.jobs;
      clips += other.clips;
      spend =
          new Spend(
              spend.computed().plus(other.spend.computed()),
              spend.unconfirmed().plus(other.spend.unconfirmed()),
              spend.stated().plus(other.spend.stated()),
              spend.held().plus(other.spend.held()));
      return this;
    }
  }

  private record Line(Group group, Sum sum) {
    Money total() {
      return sum.spend.total();
    }
  }

  void add(Job job) {
    Currency currency = job.counted().map(Money::currency).orElse(usual);
    sums.computeIfAbsent(new Group(name(job), currency), group -> new Sum(currency)).add(job);
  }

  boolean isEmpty() {
    return sums.isEmpty();
  }

  private String name(Job job) {
    return switch (by) {
      case "label" -> job.label().orElse("");
      case "model" -> job.draft().model().or(() -> job.task().map(task -> task.model())).orElse("");
      case "month" -> YearMonth.from(job.authorisedAt().atOffset(ZoneOffset.UTC)).toString();
      default -> LocalDate.ofInstant(job.authorisedAt(), ZoneOffset.UTC).toString();
    };
  }

  /** Days in their order, else what cost most comes first; a currency after the other. */
  private List<Line> sorted() {
    Comparator<Line> order =
        by.equals("day") || by.equals("month")
            ? Comparator.comparing(line -> line.group.name)
            : Comparator.comparing(Line::total).reversed().thenComparing(line -> line.group.name);
    List<Line> sorted = new ArrayList<>();
    currencies()
        .forEach(
            currency ->
                sums.entrySet().stream()
                    .filter(entry -> entry.getKey().currency.equals(currency))
                    .map(entry -> new Line(entry.getKey(), entry.getValue()))
                    .sorted(order)
                    .forEach(sorted::add));
    return sorted;
  }

  private List<Currency> currencies() {
    return sums.keySet().stream()
        .map(Group::currency)
        .distinct()
        .sorted(Comparator.comparing(Currency::getCurrencyCode))
        .toList();
  }

  private Sum total(Currency currency) {
    Sum total = new Sum(currency);
    sums.forEach(
        (group, sum) -> total.add(group.currency.equals(currency) ? sum : new Sum(currency)));
    return total;
  }

  /** RFC 4180 with a header, exact, without a total: whoever adds it up has it twice otherwise. */
  String csv() {
    StringBuilder csv = new StringBuilder();
    csv.append(
        Csv.record(
            List.of(
                by,
                "jobs",
                "clips",
                "computed",
                "unconfirmed",
                "stated",
                "held",
                "total",
                "currency")));
    for (Line line : sorted()) {
      Spend spend = line.sum.spend;
      csv.append(
          Csv.record(
              List.of(
                  Csv.harmless(line.group.name),
                  String.valueOf(line.sum.jobs),
                  String.valueOf(line.sum.clips),
                  spend.computed().plain(),
                  spend.unconfirmed().plain(),
                  spend.stated().plain(),
                  spend.held().plain(),
                  spend.total().plain(),
                  line.group.currency.getCurrencyCode())));
    }
    return csv.toString();
  }

  /** An object for each line, and one for each currency's total. */
  List<String> json() {
    List<String> lines = new ArrayList<>();
    sorted().forEach(line -> lines.add(json(line.group.name, line.sum)));
    currencies().forEach(currency -> lines.add(json(null, total(currency))));
    return lines;
  }

  private String json(@Nullable String name, Sum sum) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", name == null ? TOTAL : by);
    if (name != null) {
      json.put(by, Optional.of(name).filter(it -> !it.isEmpty()).orElse(null));
    }
    json.put("jobs", (long) sum.jobs);
    json.put("clips", (long) sum.clips);
    json.put("computed", sum.spend.computed().plain());
    json.put("unconfirmed", sum.spend.unconfirmed().plain());
    json.put("stated", sum.spend.stated().plain());
    json.put("held", sum.spend.held().plain());
    json.put("total", sum.spend.total().plain());
    json.put("currency", sum.spend.held().currency().getCurrencyCode());
    return Json.write(json);
  }

  /** A table of 80 characters for people, to the cent. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Currency currency : currencies()) {
      lines.add(
          row(
              by.toUpperCase(Locale.ROOT),
              "JOBS",
              "CLIPS",
              "COMPUTED",
              "UNCONFIRMED",
              "LOOKED UP",
              "HELD",
              "TOTAL " + currency));
      sorted().stream()
          .filter(line -> line.group.currency.equals(currency))
          .forEach(line -> lines.add(row(shown(line.group.name), line.sum)));
      lines.add(row(TOTAL, total(currency)));
    }
    return lines;
  }

  /** Models as the flags call them; programs get their ids. */
  private String shown(String name) {
    return by.equals("model") ? catalog.find(name).map(ModelSpec::alias).orElse(name) : name;
  }

  private String row(String name, Sum sum) {
    SpendText.Cents cents = SpendText.cents(sum.spend);
    return row(
        name.isEmpty() ? "(no " + by + ")" : name,
        String.valueOf(sum.jobs),
        String.valueOf(sum.clips),
        cents.computed().toPlainString(),
        cents.unconfirmed().toPlainString(),
        cents.stated().toPlainString(),
        cents.held().toPlainString(),
        cents.total().toPlainString());
  }

  private static String row(
      String name,
      String jobs,
      String clips,
      String computed,
      String unconfirmed,
      String stated,
      String held,
      String total) {
    return JobTable.pad(JobTable.cut(name, NAME), NAME)
        + right(jobs, 6)
        + right(clips, 6)
        + right(computed, 10)
        + right(unconfirmed, 12)
        + right(stated, 11)
        + right(held, 8)
        + right(total, 10);
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(1, width - text.length())) + text;
  }
}
