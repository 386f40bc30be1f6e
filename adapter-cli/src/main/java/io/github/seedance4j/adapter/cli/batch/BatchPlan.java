package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.command.ClipName;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.media.InputMedia;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Strictness;
import io.github.seedance4j.request.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A whole file judged, priced and named, before anything of it is sent.
 *
 * @param items every take of every line, in the order of the file; those of valid lines
 * @param problems all that is wrong with any line, in the order of the file
 * @param advice what is unwise, once for all lines
 */
record BatchPlan(List<BatchItem> items, List<BatchLine.Problem> problems, List<String> advice) {

  /**
   * Judges a file's lines by the rules, and among each other.
   *
   * @param address where they are to be sent
   * @param words says a finding to the user
   * @param judged a request as it is to be judged and priced
   */
  static BatchPlan of(
      BatchFile.Contents file,
      RequestRules rules,
      Strictness strictness,
      Tariff tariff,
      int takes,
      String address,
      Function<Finding, String> words,
      Function<InputMedia, GenerationDraft> judged) {
    List<BatchItem> items = new ArrayList<>();
    List<BatchLine.Problem> problems = new ArrayList<>(file.problems());
    Set<String> advice = new LinkedHashSet<>();
    BatchKeys keys = new BatchKeys(address);
    Map<String, Integer> ids = new HashMap<>();
    Map<String, Integer> outs = new HashMap<>();
    for (BatchLine line : file.lines()) {
      int number = line.number();
      once(ids, line.id(), number, "id", problems);
      String out = line.out();
      // file systems differ on whether A.mp4 is a.mp4
      once(outs, out == null ? null : out.toLowerCase(Locale.ROOT), number, "out", problems);
      Verdict verdict = rules.judge(judged.apply(line.media()), strictness);
      line.media().advice(verdict).forEach(finding -> advice.add(words.apply(finding)));
      for (Finding finding : line.media().named(verdict.violations())) {
        problems.add(new BatchLine.Problem(number, finding.rule().code(), words.apply(finding)));
      }
      GenerationRequest request = verdict.request().orElse(null);
      String key = request == null ? null : key(keys, line, problems);
      if (request != null && key != null) {
        Quote quote = tariff.quote(request);
        for (int take = 1; take <= takes; take++) {
          items.add(
              new BatchItem(
                  line,
                  take,
                  takes,
                  request,
                  quote,
                  BatchKeys.take(key, take),
                  clip(line, request, take, takes)));
        }
      }
    }
    problems.sort(Comparator.comparingInt(BatchLine.Problem::number));
    return new BatchPlan(List.copyOf(items), List.copyOf(problems), List.copyOf(advice));
  }

  /** What one of their jobs is made of; null if it is no job of theirs. */
  @Nullable InputMedia media(Job job) {
    String take = job.idempotencyKey().map(BatchKeys::takeOf).orElse("");
    return items.stream()
        .filter(item -> item.key().equals(take))
        .map(item -> item.line().media())
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String key(
      BatchKeys keys, BatchLine line, List<BatchLine.Problem> problems) {
    try {
      return keys.of(line);
    } catch (IllegalArgumentException e) {
      problems.add(
          new BatchLine.Problem(line.number(), "media-unreadable", String.valueOf(e.getMessage())));
      return null;
    }
  }

  /** What they may cost together, and what is set aside for them: the budget for all of them. */
  Sum sum() {
    return Sum.of(items.stream().map(BatchItem::quote).toList());
  }

  /** Prices added up. */
  record Sum(Money low, Money high, Money hold) {

    /** Of one quote or more. */
    static Sum of(List<Quote> quotes) {
      Money zero = Money.zero(quotes.get(0).high().currency());
      Money low = zero;
      Money high = zero;
      Money hold = zero;
      for (Quote quote : quotes) {
        low = low.plus(quote.low());
        high = high.plus(quote.high());
        hold = hold.plus(quote.hold());
      }
      return new Sum(low, high, hold);
    }

    @Override
    public String toString() {
      return low.equals(high)
          ? QuoteText.cents(high)
          : QuoteText.plainCents(low) + "–" + QuoteText.cents(high);
    }
  }

  private static void once(
      Map<String, Integer> seen,
      @Nullable String name,
      int number,
      String field,
      List<BatchLine.Problem> problems) {
    Integer before = name == null ? null : seen.putIfAbsent(name, number);
    if (before != null) {
      problems.add(
          new BatchLine.Problem(
              number,
              field + "-repeated",
              field + ": '" + name + "' is that of line " + before + " too"));
    }
  }

  private static String clip(BatchLine line, GenerationRequest request, int take, int takes) {
    String out = line.out();
    String name =
        out != null
            ? out.substring(0, out.length() - ".mp4".length())
            : line.id() != null
                ? ClipName.ofId(line.id())
                : String.format(
                    Locale.ROOT, "%03d-%s", line.number(), ClipName.of(request.prompt()));
    return name + (takes == 1 ? "" : "-" + take) + ".mp4";
  }
}
