package io.github.seedance4j.adapter.cli.serve;

import io.github.seedance4j.adapter.cli.command.Flags;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.tenant.Role;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** What a new key may do. */
final class KeyFlags {

  private final Flag<Boolean> admin;
  private final Flag<Integer> perMinute;
  private final Flag<Cap> budget;
  private final Flag<List<String>> fields;

  KeyFlags(Flags flags) {
    admin =
        flags.toggle("Of a new key: it sees every tenant's jobs, and what all spent.", "--admin");
    perMinute =
        flags.converted(
            Integer.class,
            new Values.Count(),
            "N",
            "Of a new key: how many requests it may make a minute. Default: no limit.",
            "--per-minute");
    budget =
        flags.converted(
            Cap.class,
            new CapText(),
            "AMOUNT/PERIOD",
            "With a new key: its tenant's cap, such as 50/month; day, month or ever. Kept in the"
                + " journal as 'budget --label' does.",
            "--budget");
    fields =
        flags.texts(
            "FIELD",
            "Of a new key: a field outside the provider's guide that it may send, such as seed.",
            "--allow-field");
  }

  /** A cap as it is written. */
  record Cap(BigDecimal amount, Budget.Period period) {

    Budget of(String label, Currency currency) {
      return new Budget(new Money(amount, currency), period, label);
    }
  }

  /** Such as {@code 50/month}. */
  private static final class CapText implements ITypeConverter<Cap> {
    @Override
    public Cap convert(String text) {
      int slash = text.indexOf('/');
      String period = text.substring(slash + 1);
      if (slash < 1 || !List.of("day", "month", "ever").contains(period)) {
        throw new TypeConversionException("'" + text + "' is no cap such as 50/month or 5.00/day");
      }
      return new Cap(
          new Values.Amount().convert(text.substring(0, slash)),
          Budget.Period.valueOf(period.toUpperCase(Locale.ROOT)));
    }
  }

  Role role() {
    return admin.or(false) ? Role.ADMIN : Role.TENANT;
  }

  @Nullable Integer perMinute() {
    return perMinute.value();
  }

  Optional<Cap> cap() {
    return Optional.ofNullable(budget.value());
  }

  Set<String> extraFields() {
    return Set.copyOf(fields.or(List.of()));
  }

  /** The first of these that was given, by its name. */
  Optional<String> used() {
    return Stream.<Flag<?>>of(admin, perMinute, budget, fields)
        .filter(flag -> flag.value() instanceof Boolean on ? on : flag.value() != null)
        .map(this::nameOf)
        .findFirst();
  }

  String nameOf(Flag<?> flag) {
    return flag.spec() instanceof OptionSpec option ? option.longestName() : "";
  }
}
