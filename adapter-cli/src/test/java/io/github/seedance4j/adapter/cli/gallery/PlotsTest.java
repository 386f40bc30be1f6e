package io.github.seedance4j.adapter.cli.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.cli.gallery.Gallery.Wait;
import io.github.seedance4j.adapter.cli.gallery.SpendCurve.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Axes with few round marks, and plots that stay within them, whatever they are of. */
class PlotsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T21:14:05Z");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d");

  private static String drawn(SpendCurve curve) {
    Html html = new Html();
    new SpendPlot(curve).draw(html);
    return html.page("");
  }

  private static String drawn(List<Wait> waits) {
    Html html = new Html();
    new WaitPlot(waits).draw(html);
    return html.page("");
  }

  private static SpendCurve curve(Duration span, String amount, @Nullable String cap) {
    Instant begin = NOW.minus(span);
    BigDecimal most = new BigDecimal(amount);
    return new SpendCurve(
        "USD",
        begin,
        NOW,
        List.of(
            new Step(begin, BigDecimal.ZERO, BigDecimal.ZERO),
            new Step(begin.plus(span.dividedBy(2)), BigDecimal.ZERO, most)),
        cap == null ? null : new BigDecimal(cap),
        "");
  }

  private static List<Wait> waits(long... millis) {
    List<Wait> waits = new ArrayList<>();
    for (long each : millis) {
      waits.add(new Wait(each, true));
    }
    return waits;
  }

  private static void staysInside(String svg) {
    Matcher paths = Pattern.compile("(?:d|x|y|cx|cy|width|height)=\"([^\"]*)\"").matcher(svg);
    while (paths.find()) {
      Matcher number = NUMBER.matcher(paths.group(1));
      while (number.find()) {
        assertThat(Double.parseDouble(number.group())).as(svg).isBetween(0.0, 460.0);
      }
    }
    assertThat(svg).doesNotContain("NaN", "Infinity");
  }

  @ParameterizedTest
  @CsvSource({
    "0.004, 0.01, 1",
    "1, 0.2, 5",
    "1.01, 0.5, 3",
    "30, 10, 3",
    "19.13, 5, 4",
    "999, 200, 5",
    "123456, 50000, 3"
  })
  void marksMultiplesOfOneTwoOrFive(BigDecimal most, BigDecimal step, int marks) {
    Axis axis = Axis.upTo(most, new BigDecimal("0.01"));

    assertThat(axis.step()).isEqualByComparingTo(step);
    assertThat(axis.marks()).isEqualTo(marks);
    assertThat(axis.top()).isGreaterThanOrEqualTo(most);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PT1M",
        "PT1M1S",
        "PT7M",
        "PT1H",
        "PT23H",
        "PT23H30M",
        "PT41H",
        "P3D",
        "P6D",
        "P21D",
        "P69D",
        "P71D",
        "P200D",
        "P800D",
        "P4000D",
        "P40000D"
      })
  void marksAFewTimesBetweenBeginningAndEnd(Duration span) {
    TimeAxis axis = new TimeAxis(NOW.minus(span), NOW);

    List<TimeAxis.Mark> marks = axis.marks();

    assertThat(marks).as(marks.toString()).hasSizeBetween(1, 8);
    assertThat(marks).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(marks)
        .allSatisfy(mark -> assertThat(mark.at()).isBetween(NOW.minus(span), NOW))
        .extracting(TimeAxis.Mark::label)
        .doesNotHaveDuplicates();
  }

  @Test
  void saysWhereADayBegins() {
    assertThat(new TimeAxis(NOW.minus(Duration.ofHours(39)), NOW).marks())
        .extracting(TimeAxis.Mark::label)
        .containsExactly("12:00", "22 Nov", "12:00");
  }

  @Test
  void saysWhatTimesItShows() {
    assertThat(new TimeAxis(NOW.minus(Duration.ofHours(3)), NOW).name())
        .isEqualTo("22 Nov 2026, UTC");
    assertThat(new TimeAxis(NOW.minus(Duration.ofDays(9)), NOW).name()).isEqualTo("day (UTC)");
    assertThat(new TimeAxis(NOW.minus(Duration.ofDays(99)), NOW).name()).isEqualTo("month (UTC)");
  }

  @Test
  void drawsSpendingWithinItsFrame() {
    for (String amount : List.of("0.000001", "1.008334", "99.99", "123456.78")) {
      staysInside(drawn(curve(Duration.ofMinutes(1), amount, null)));
      staysInside(drawn(curve(Duration.ofDays(900), amount, amount)));
    }
  }

  @Test
  void drawsACapAsALineUnlessItIsFarAway() {
    assertThat(drawn(curve(Duration.ofDays(9), "10", "20")))
        .contains("class=\"cap\"", ">cap 20.00<");
    assertThat(drawn(curve(Duration.ofDays(9), "10", "2000")))
        .contains(">cap 2000.00 is above ↑<")
        .doesNotContain("class=\"cap\"");
    assertThat(drawn(curve(Duration.ofDays(9), "10", null))).doesNotContain("cap");
  }

  @Test
  void saysInWordsWhatItDraws() {
    assertThat(new SpendPlot(curve(Duration.ofDays(9), "10", "20")).alternative())
        .isEqualTo(
            "10.00 USD counted by 22 Nov 2026, of which 10.00 is held or unconfirmed; the cap is"
                + " 20.00 USD.");
    assertThat(new WaitPlot(waits(125_000, 60_000, 400)).alternative())
        .isEqualTo("3 jobs ended; half of them within 1 min, the slowest after 2 min 5 s.");
    assertThat(new WaitPlot(waits(400)).alternative())
        .isEqualTo("One job ended; half of them within 0.4 s, the slowest after 0.4 s.");
  }

  @Test
  void drawsEveryWaitOnceWithinItsFrame() {
    Random random = new Random(42);
    for (int count : new int[] {1, 2, 13, 400}) {
      for (double scale : new double[] {1, 1e3, 1e5, 1e7, 1e10}) {
        long[] millis = random.doubles(count).mapToLong(share -> (long) (share * scale)).toArray();
        staysInside(drawn(waits(millis)));
      }
    }
    staysInside(drawn(waits(0)));
  }

  @Test
  void givesOneThatTookForEverTheLastBar() {
    List<Wait> waits =
        Stream.concat(
                Stream.generate(() -> new Wait(130_000, true)).limit(40),
                Stream.of(new Wait(Duration.ofDays(2).toMillis(), false)))
            .toList();

    assertThat(drawn(waits)).contains("; last bar: longer than that", "minutes from order to end");
    assertThat(new WaitPlot(waits).hasOthers()).isTrue();
  }
}
