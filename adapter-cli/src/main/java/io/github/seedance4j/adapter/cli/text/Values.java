package io.github.seedance4j.adapter.cli.text;

import io.github.seedance4j.job.JobState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of flags are written. */
public final class Values {

  private Values() {}

  /** A plain decimal: no exponent, and few enough digits that arithmetic on it is quick. */
  public static final class Decimal implements ITypeConverter<BigDecimal> {
    @Override
    public BigDecimal convert(String text) {
      if (!text.matches("-?\\d{1,12}(\\.\\d{1,12})?")) {
        throw new TypeConversionException("'" + text + "' is no number such as 5 or 2.5");
      }
      return new BigDecimal(text);
    }
  }

  /** A number of seconds, with or without their letter. */
  public static final class Length implements ITypeConverter<BigDecimal> {
    @Override
    public BigDecimal convert(String text) {
      return new Decimal().convert(text.replaceFirst("(?i)(?<=\\d) ?s(ec|econds)?$", ""));
    }
  }

  /** An amount that isn't negative, with or without a dollar sign; a comma may part the cents. */
  public static final class Amount implements ITypeConverter<BigDecimal> {
    @Override
    public BigDecimal convert(String text) {
      String plain =
          text.strip()
              .replaceFirst("^\\$ ?|(?i)^USD ?", "")
              .replaceFirst(" ?\\$$|(?i) ?USD$", "")
              .replaceFirst("^(\\d+),(\\d{1,2})$", "$1.$2");
      if (!plain.matches("\\d{1,9}(\\.\\d{1,6})?")) {
        throw new TypeConversionException("'" + text + "' is no amount such as 3.00");
      }
      return new BigDecimal(plain);
    }
  }

  /** A whole number from 1 on. */
  public record UpTo(int most) implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.matches("\\d{1,6}")) {
        int number = Integer.parseInt(text);
        if (number >= 1 && number <= most) {
          return number;
        }
      }
      throw new TypeConversionException("'" + text + "' is no number from 1 to " + most);
    }
  }

  /** One of a few words. */
  public record Word(List<String> words) implements ITypeConverter<String> {
    public Word(String... words) {
      this(List.of(words));
    }

    @Override
    public String convert(String text) {
      if (!words.contains(text)) {
        throw new TypeConversionException("'" + text + "' is not " + String.join(" or ", words));
      }
      return text;
    }
  }

  /** A name that jobs can be told by. */
  public static final class Label implements ITypeConverter<String> {
    private static final int LONGEST = 255;

    @Override
    public String convert(String text) {
      if (text.isBlank() || text.length() > LONGEST) {
        throw new TypeConversionException("a label has 1 to " + LONGEST + " characters");
      }
      return text;
    }
  }

  /** An age such as {@code 12h}, {@code 30d}, {@code 8w}. */
  public static final class Age implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,4})(h|d|w)");

    @Override
    public Duration convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is no age such as 12h, 30d or 8w");
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "h" -> Duration.ofHours(number);
        case "d" -> Duration.ofDays(number);
        default -> Duration.ofDays(7 * number);
      };
    }
  }

  /** A number of bytes such as {@code 500M}, {@code 20G}, {@code 1.5T}; a K is 1024. */
  public static final class Size implements ITypeConverter<Long> {
    private static final Pattern FORM =
        Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)([KMGT])(?:i?B)?");

    @Override
    public Long convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is no size such as 500M, 20G or 1.5T");
      }
      BigDecimal unit = BigDecimal.valueOf(1L << (10 * ("KMGT".indexOf(matcher.group(2)) + 1)));
      return new BigDecimal(matcher.group(1)).multiply(unit).longValue();
    }
  }

  /** An age, a day such as {@code 2026-11-01}, {@code today} or {@code yesterday}. */
  public static final class SinceWhen implements ITypeConverter<Since> {
    @Override
    public Since convert(String text) {
      try {
        if (text.equals("today") || text.equals("yesterday")) {
          return new Since(null, null, text.equals("today") ? 0 : 1);
        }
        return text.matches("\\d{4}-\\d\\d-\\d\\d")
            ? new Since(null, LocalDate.parse(text), null)
            : new Since(new Age().convert(text), null, null);
      } catch (DateTimeParseException | TypeConversionException e) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no age such as 12h, 30d or 8w, and no day such as 2026-11-01, today or"
                + " yesterday");
      }
    }
  }

  /** A number of things, one or more. */
  public static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[1-9]\\d{0,8}")) {
        throw new TypeConversionException("'" + text + "' is no number such as 20");
      }
      return Integer.valueOf(text);
    }
  }

  /** States of jobs, or groups of them, with commas between them. */
  public static final class States implements ITypeConverter<Set<JobState>> {
    @Override
    public Set<JobState> convert(String text) {
      Set<JobState> states = EnumSet.noneOf(JobState.class);
      for (String word : text.split(",")) {
        Set<JobState> meant = meant(word.strip());
        if (meant.isEmpty()) {
          throw new TypeConversionException(
              "'"
                  + word
                  + "' is no state; there are unfinished, ended, "
                  + Arrays.stream(JobState.values())
                      .map(States::word)
                      .collect(Collectors.joining(", ")));
        }
        states.addAll(meant);
      }
      return states;
    }

    public static List<String> words() {
      return Stream.concat(
              Stream.of("unfinished", "ended"), Arrays.stream(JobState.values()).map(States::word))
          .toList();
    }

    private static Set<JobState> meant(String word) {
      return Arrays.stream(JobState.values())
          .filter(
              state ->
                  word.equals(word(state))
                      || (word.equals("unfinished") && state.isUnfinished())
                      || (word.equals("ended") && state.isEnded()))
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(JobState.class)));
    }

    private static String word(JobState state) {
      return state.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Any whole number that a seed can be. */
  public static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is no whole number such as 42");
      }
    }
  }

  /** Whole seconds, up to a day. */
  public static final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (!text.matches("\\d{1,5}")) {
        throw new TypeConversionException("'" + text + "' is no number of seconds such as 30");
      }
      return Duration.ofSeconds(Long.parseLong(text));
    }
  }

  /** A time such as {@code 90s}, {@code 30m}, {@code 1h}. */
  public static final class Time implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(s|m|h)");

    @Override
    public Duration convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is no time such as 90s, 30m or 1h");
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofHours(number);
      };
    }
  }
}
