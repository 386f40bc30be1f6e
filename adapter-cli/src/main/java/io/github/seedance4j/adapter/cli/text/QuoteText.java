package io.github.seedance4j.adapter.cli.text;

import io.github.seedance4j.pricing.Assumption;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes quotes, for people and for programs. */
public final class QuoteText {

  private QuoteText() {}

  /**
   * What it is for and of, its lines, its sum, and what it takes for granted.
   *
   * @param count how many of it are made
   * @param inputs the lines of the files that go into it
   * @param isMeasured whether the lengths of these were read, and not told
   */
  public static List<String> lines(
      GenerationRequest request, Quote quote, int count, List<String> inputs, boolean isMeasured) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.join(
            ", ",
            model(request.model()),
            request.resolution().value(),
            request.aspectRatio().value(),
            seconds(request.duration()) + " s",
            request.generateAudio() ? "with sound" : "silent"));
    lines.addAll(inputs);
    for (Quote.Line line : quote.lines()) {
      String low = line.low().plain();
      lines.add(
          row(
              line.item(),
              interval(seconds(line.lowSeconds()), seconds(line.highSeconds())) + " s",
              interval(low, line.high().plain()) + " " + line.high().currency()));
    }
    lines.add(row("price", "", price(quote) + "  (prices of " + quote.tariffDate() + ")"));
    if (count > 1) {
      lines.add(row(count + " takes", "", price(times(quote, count))));
    }
    assumptions(quote, isMeasured).forEach(assumption -> lines.add("  " + assumption));
    return lines;
  }

  /** What a price takes for granted, in a few words each. */
  public static List<String> assumptions(Quote quote, boolean isMeasured) {
    List<String> texts = new ArrayList<>();
    for (Assumption assumption : quote.assumptions()) {
      switch (assumption) {
        case OUTPUT_AS_ASKED -> texts.add("Clips come out a frame longer, and are billed so.");
        case INPUT_LENGTH_DECLARED -> {
          if (!isMeasured) {
            texts.add("The lengths of the reference videos are yours.");
          }
        }
        default -> texts.add(assumption.text());
      }
    }
    return texts;
  }

  /** The same clip so many times. */
  public static Quote times(Quote quote, int count) {
    return count == 1
        ? quote
        : new Quote(
            quote.low().times(count),
            quote.high().times(count),
            quote.hold().times(count),
            quote.lines(),
            quote.assumptions(),
            quote.tariffDate(),
            quote.terms());
  }

  /** The price as a question has it. */
  public static String spending(Quote quote) {
    return quote.isExact() || mayGrow(quote)
        ? price(quote)
        : "up to " + quote.high() + " (" + quote + ")";
  }

  /** The price: an interval, and just its end where the prompt may ask for another clip. */
  public static String price(Quote quote) {
    return mayGrow(quote) ? "up to " + cents(quote.hold()) : quote.toString();
  }

  /** What a limit is compared with: the high end, or what is held where the prompt decides. */
  public static Money dearest(Quote quote) {
    return mayGrow(quote) ? quote.hold() : quote.high();
  }

  /** To the cent, rounded up: {@code 2.01 USD}. */
  public static String cents(Money money) {
    return plainCents(money) + " " + money.currency().getCurrencyCode();
  }

  /** To the cent, rounded down, so that what is left is never said to be more than it is. */
  public static String centsLeft(Money money) {
    return money.amount().setScale(2, RoundingMode.FLOOR).toPlainString()
        + " "
        + money.currency().getCurrencyCode();
  }

  /** Such as {@code 0.48 USD left}, or {@code 0.52 USD over it}. */
  public static String leftOrOver(Money money) {
    return money.amount().signum() < 0
        ? cents(new Money(money.amount().negate(), money.currency())) + " over it"
        : centsLeft(money) + " left";
  }

  public static String plainCents(Money money) {
    return money.amount().setScale(2, RoundingMode.CEILING).toPlainString();
  }

  /** What it cost, and how that is known. */
  public static String cost(Bill bill) {
    String amount = cents(bill.amount());
    return switch (bill.basis()) {
      case COMPUTED -> amount + " as computed from its length";
      case AT_MOST, UNCONFIRMED -> "at most " + amount;
      case STATED -> amount;
    };
  }

  private static boolean mayGrow(Quote quote) {
    return quote.assumptions().contains(Assumption.PROMPT_MAY_CHANGE_LENGTH);
  }

  /** The object that stands for one judged request. */
  public static Map<String, @Nullable Object> json(
      int line, List<Finding> violations, List<Finding> advice, @Nullable Quote quote) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("line", line);
    json.put("violations", entries(violations));
    json.put("advice", entries(advice));
    json.put("quote", quote == null ? null : json(quote));
    return json;
  }

  public static Map<String, Object> json(Quote quote) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("low", quote.low().plain());
    json.put("high", quote.high().plain());
    json.put("currency", quote.high().currency().getCurrencyCode());
    return json;
  }

  private static List<String> entries(List<Finding> findings) {
    return findings.stream().map(Finding::entry).distinct().sorted().toList();
  }

  private static String model(ModelSpec model) {
    return model.alias().equals(model.id()) ? model.id() : model.id() + " (" + model.alias() + ")";
  }

  private static String row(String item, String seconds, String price) {
    return "  " + pad(item, 12) + pad(seconds, 10) + price;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static String interval(String low, String high) {
    return low.equals(high) ? high : low + "–" + high;
  }

  public static String seconds(BigDecimal seconds) {
    BigDecimal plain = seconds.stripTrailingZeros();
    return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString();
  }
}
