package io.github.seedance4j.testkit.live;

import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.testkit.json.JsonDocument;
import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all live runs together have spent: a file of JSON lines that people can read and mend. An
 * {@code intent} counts at its hold until a {@code settled} line of the same run says what it was;
 * {@code submitted} and {@code unknown} lines tell more and change nothing. Every line reaches the
 * disk before its call returns. Safe for several threads and processes.
 */
final class Spending {

  /** A file lock is the whole process's; threads of one need a lock of their own. */
  private static final Object THREADS = new Object();

  private final Path file;
  private final Currency currency;

  Spending(Path file, Currency currency) {
    this.file = file.toAbsolutePath();
    this.currency = currency;
  }

  /**
   * What the file says.
   *
   * @param spent by all runs, holds of open ones included
   * @param open the intents that have no end, as a sentence each
   */
  record Standing(Money spent, List<String> open) {}

  /** One line. */
  record Line(String event, String run, Map<String, ?> fields) {
    String toJson() {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("event", event);
      all.put("run", run);
      all.putAll(fields);
      return JsonWriter.write(all);
    }
  }

  /**
   * @throws IOException if it can't be read, also if a line of it makes no sense: what it says of
   *     money must then be looked at by a person
   */
  Standing standing() throws IOException {
    return Files.exists(file) ? locked(this::read) : new Standing(Money.zero(currency), List.of());
  }

  /**
   * Writes an intent if its hold fits under the cap beside all that was spent.
   *
   * @return what was spent before it; empty if it does not fit, and nothing was written
   */
  Optional<Money> admit(String run, Money hold, Money cap, Map<String, ?> more) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("hold", hold.plain());
    fields.put("currency", currency.getCurrencyCode());
    fields.put("cap", cap.plain());
    fields.putAll(more);
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    return locked(
        channel -> {
          Money spent = read(channel).spent();
          if (spent.plus(hold).isMoreThan(cap)) {
            return Optional.empty();
          }
          write(channel, new Line("intent", run, fields));
          return Optional.of(spent);
        });
  }

  void append(Line line) throws IOException {
    locked(
        channel -> {
          write(channel, line);
          return line;
        });
  }

  private interface Work<T> {
    T on(FileChannel channel) throws IOException;
  }

  private <T> T locked(Work<T> work) throws IOException {
    synchronized (THREADS) {
      boolean isNew = !Files.exists(file);
      try (FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (isNew) {
          Durable.directoryOf(file);
        }
        if (!lock.isValid()) {
          throw refused("can't be locked");
        }
        return work.on(channel);
      } catch (OverlappingFileLockException e) {
        throw refused("is locked by this very program");
      }
    }
  }

  private static void write(FileChannel channel, Line line) throws IOException {
    channel.position(channel.size());
    ByteBuffer bytes = ByteBuffer.wrap((line.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  private Standing read(FileChannel channel) throws IOException {
    channel.position(0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Channels.newInputStream(channel).transferTo(bytes);
    String text = bytes.toString(StandardCharsets.UTF_8);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw refused("ends in the middle of a line");
    }
    Map<String, Money> amounts = new LinkedHashMap<>();
    Map<String, String> open = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.split("\n")) {
      number++;
      if (!line.isBlank()) {
        count(parsed(line, number), number, amounts, open);
      }
    }
    Money spent = amounts.values().stream().reduce(Money.zero(currency), Money::plus);
    return new Standing(spent, new ArrayList<>(open.values()));
  }

  private void count(
      Map<?, ?> fields, int number, Map<String, Money> amounts, Map<String, String> open)
      throws IOException {
    String run = text(fields, "run", number);
    switch (text(fields, "event", number)) {
      case "intent" -> {
        Money hold = money(fields, "hold", number);
        if (amounts.put(run, hold) != null) {
          throw refused("has a second intent of run " + run + " in line " + number);
        }
        open.put(
            run,
            "run "
                + run
                + " of "
                + fields.get("at")
                + " has no end, so its hold of "
                + hold
                + " counts as spent");
      }
      case "settled" -> {
        amounts.put(run, money(fields, "spent", number));
        open.remove(run);
      }
      case "submitted" -> open.computeIfPresent(run, (r, s) -> s + "; task " + fields.get("task"));
      case "unknown" -> open.computeIfPresent(run, (r, s) -> s + "; " + fields.get("why"));
      default -> throw refused("has an event that is not known in line " + number);
    }
  }

  private Map<?, ?> parsed(String line, int number) throws IOException {
    try {
      JsonDocument document = JsonReader.read(line);
      if (document.tree() instanceof Map<?, ?> fields && document.repeated().isEmpty()) {
        return fields;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw refused("can't be understood in line " + number);
  }

  private String text(Map<?, ?> fields, String name, int number) throws IOException {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw refused("has no text '" + name + "' in line " + number);
  }

  private Money money(Map<?, ?> fields, String name, int number) throws IOException {
    String amount = text(fields, name, number);
    String code = text(fields, "currency", number);
    try {
      Money money = Money.of(amount, code);
      if (money.currency().equals(currency) && money.amount().signum() >= 0) {
        return money;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw refused("has no usable '" + name + "' in line " + number + ", wanted " + currency);
  }

  private IOException refused(String why) {
    return new IOException(
        "the spending file " + file + " " + why + "; look at it, and mend it by hand");
  }
}
