package io.github.seedance4j.adapter.cli.setup;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.JournalPlace;
import io.github.seedance4j.adapter.cli.command.Progress;
import io.github.seedance4j.adapter.cli.command.Reminder;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.ConfigFile;
import io.github.seedance4j.adapter.cli.settings.PrivateFile;
import io.github.seedance4j.adapter.cli.settings.Setting;
import io.github.seedance4j.adapter.cli.settings.Settings;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/** The checks of {@code doctor}, in the order in which they are told. */
final class Checkup {

  private static final Duration CLOCK_MAY_BE_OFF = Duration.ofSeconds(60);
  private static final long PRICES_HOLD_DAYS = 90;

  /** Enough for some clips; less than one of them needs is a failure. */
  private static final long AMPLE = 2L << 30;

  private static final int MOST = 1_000;
  private static final List<String> PROXIES = List.of("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY");

  private final DoctorCommand command;
  private final Surroundings around;
  private final Workshop workshop;
  private Workshop.@Nullable Reach reach;

  /** When that answer came, by our clock. */
  private Instant heard = Instant.EPOCH;

  Checkup(DoctorCommand command, Surroundings around, Workshop workshop) {
    this.command = command;
    this.around = around;
    this.workshop = workshop;
  }

  enum Level {
    OK,
    WARN,
    FAIL
  }

  /**
   * What a check came to.
   *
   * @param next what to do; the empty string where nothing is to be done
   * @param exit how the command ends if this is the first failure
   */
  record Finding(String name, Level level, String text, String next, int exit) {}

  List<Finding> all() {
    return Stream.<Supplier<Finding>>of(
            () -> guarded("settings", this::settings),
            () -> guarded("key", this::key),
            () -> guarded("clock", this::clock),
            () -> guarded("disk", this::disk),
            () -> guarded("journal", this::journal),
            () -> guarded("network", this::network),
            () -> guarded("prices", this::prices))
        .map(Supplier::get)
        .toList();
  }

  /** What can't be used is a finding like the others, and keeps none of them from being made. */
  private static Finding guarded(String name, Supplier<Finding> check) {
    try {
      return check.get();
    } catch (UncheckedIOException e) {
      return new Finding(name, Level.FAIL, DiskTrouble.reason(e), "", ExitCode.USAGE);
    } catch (IllegalArgumentException | ParameterException e) {
      String[] lines = String.valueOf(e.getMessage()).split("\n", 2);
      return new Finding(name, Level.FAIL, lines[0], "", ExitCode.USAGE);
    }
  }

  private static Finding ok(String name, String text) {
    return new Finding(name, Level.OK, text, "", ExitCode.DONE);
  }

  private static Finding warn(String name, String text, String next) {
    return new Finding(name, Level.WARN, text, next, ExitCode.DONE);
  }

  private Finding settings() {
    Settings settings = around.settings();
    if (!settings.hasPlace()) {
      return ok("settings", "none");
    }
    String profile = settings.profile(around);
    List<ConfigFile.Fault> faults = settings.faults();
    if (!faults.isEmpty()) {
      ConfigFile.Fault first = faults.get(0);
      String more = faults.size() == 1 ? "" : "; " + (faults.size() - 1) + " more like it";
      return new Finding(
          "settings",
          Level.FAIL,
          ConfigCommand.told(first) + more,
          ConfigCommand.mending(around, first),
          ExitCode.USAGE);
    }
    long set = Arrays.stream(Setting.values()).filter(s -> around.setting(s).isPresent()).count();
    return ok(
        "settings",
        "profile "
            + profile
            + ", "
            + set
            + " set"
            + (Files.exists(settings.file()) ? "; " + settings.file() : "; no file"));
  }

  private Finding key() {
    Optional<Access.Key> found = Access.findKey(around, note -> {});
    if (found.isEmpty()) {
      return new Finding(
          "key", Level.FAIL, "there is none", command.command("login"), ExitCode.USAGE);
    }
    Access access = Access.of(around, note -> {});
    String who =
        "fingerprint " + workshop.fingerprint(access.key()) + " (" + found.get().origin() + ") ";
    if (reach().trouble() != null) {
      return warn("key", who + "can't be tried without a network", "see network below");
    }
    KeyCheck check = KeyCheck.of(workshop, access, around);
    return switch (check.kind()) {
      case ACCEPTED -> ok("key", who + check.text());
      case UNTOLD -> warn("key", who + check.text(), "check the address");
      case UNREACHABLE -> warn("key", who + "can't be tried: " + check.text(), "try again later");
      case REFUSED ->
          new Finding(
              "key", Level.FAIL, who + check.text(), command.command("login"), ExitCode.REFUSED);
    };
  }

  private Finding clock() {
    Workshop.Reach answer = reach();
    if (answer.date() == null) {
      return ok("clock", "nobody to compare it with");
    }
    Duration off = Duration.between(answer.date(), heard);
    String seconds = off.abs().toSeconds() + " s";
    if (off.abs().compareTo(CLOCK_MAY_BE_OFF.plus(answer.asked())) > 0) {
      return warn(
          "clock",
          seconds + (off.isNegative() ? " behind" : " ahead of") + " the provider's",
          "set it by NTP: links are judged dead, and tokens refused, by the time");
    }
    return ok("clock", seconds + " from the provider's");
  }

  private Finding disk() {
    Path clips = ClipFile.home(around);
    ClipFile.requireWritable("clips", clips);
    ClipFile.requireRoom("clips", clips);
    long left = free(clips);
    long ofJournal = free(command.journal().toAbsolutePath());
    String text =
        size(left)
            + " free for clips in "
            + clips
            + (ofJournal == left ? "" : ", " + size(ofJournal) + " for the journal");
    return left < AMPLE || ofJournal < AMPLE ? warn("disk", text, "make room") : ok("disk", text);
  }

  private static String size(long bytes) {
    return bytes == Long.MAX_VALUE
        ? "nobody knows how much"
        : bytes >= AMPLE ? (bytes >> 30) + " GB" : Progress.size(bytes);
  }

  /** What is free where that is, or will be; no limit where the file system doesn't tell. */
  private static long free(Path path) {
    for (Path there = path; there != null; there = there.getParent()) {
      if (Files.exists(there)) {
        try {
          return Files.getFileStore(there).getUsableSpace();
        } catch (IOException e) {
          return Long.MAX_VALUE;
        }
      }
    }
    return Long.MAX_VALUE;
  }

  private Finding journal() {
    Path file = command.journal();
    if (!Files.exists(file)) {
      return noneYet(file);
    }
    try {
      Optional<String> owner = otherOwner(file);
      if (owner.isPresent()) {
        return warn("journal", file + " belongs to " + owner.get(), "use one of your own");
      }
      if (!PrivateFile.forOthers(file).isEmpty()) {
        return warn("journal", "others can get at " + file, PrivateFile.chmod(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Workshop.Bench bench = workshop.look(file, false)) {
      return journal(file, bench.videos());
    }
  }

  /** Tries where the first job will make it, without making it. */
  private static Finding noneYet(Path file) {
    Path there = file.toAbsolutePath().getParent();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      Files.delete(Files.createTempFile(there, ".seedance-", ".tmp"));
    } catch (IOException e) {
      return new Finding(
          "journal",
          Level.FAIL,
          "can't make " + file + ": " + DiskTrouble.reason(e) + " in " + there,
          "set " + JournalPlace.VARIABLE + " or HOME",
          ExitCode.USAGE);
    }
    return ok("journal", "none yet; the first job makes " + file);
  }

  private Finding journal(Path file, VideoGeneration videos) {
    List<String> reminders = Reminder.of(videos, around.clock().instant(), Set.of(), command::kept);
    if (!reminders.isEmpty()) {
      return warn("journal", file + " opens; " + String.join("; ", reminders), "as it says");
    }
    List<Job> unfinished =
        videos.list(
            JobQuery.all()
                .in(
                    Arrays.stream(JobState.values())
                        .filter(JobState::isUnfinished)
                        .collect(Collectors.toUnmodifiableSet()))
                .limit(MOST));
    return ok(
        "journal",
        file
            + " opens, for you alone; "
            + (unfinished.isEmpty() ? "nothing waits" : unfinished.size() + " under way"));
  }

  /** Whose it is, if not ours: a file that we make beside it tells who we are. */
  private static Optional<String> otherOwner(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path probe = Files.createTempFile(directory, ".seedance-", ".tmp");
    try {
      String owner = Files.getOwner(file).getName();
      return owner.equals(Files.getOwner(probe).getName()) ? Optional.empty() : Optional.of(owner);
    } catch (UnsupportedOperationException e) {
      return Optional.empty();
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private Finding network() {
    Workshop.Reach answer = reach();
    URI address = address();
    String proxies =
        PROXIES.stream()
            .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT)))
            .filter(around::isSet)
            .collect(Collectors.joining(", "));
    String unused = proxies.isEmpty() ? "" : "; " + proxies + " set, and not used: it calls itself";
    if (answer.trouble() != null) {
      return new Finding(
          "network",
          Level.FAIL,
          answer.trouble() + unused,
          "check network, firewall and " + Access.addressName(around),
          ExitCode.TIMED_OUT);
    }
    String text =
        address.getHost()
            + " "
            + String.join(", ", answer.steps())
            + " in "
            + answer.asked().toMillis()
            + " ms"
            + unused;
    if (Access.isThisMachine(address.getHost()) && !Access.allowsLoopback(around)) {
      return warn(
          "network",
          text + "; clips of this machine are not fetched",
          "export " + Access.ALLOW_LOOPBACK + "=true");
    }
    return ok("network", text);
  }

  private Finding prices() {
    LocalDate date = command.tariff().date();
    LocalDate today = LocalDate.ofInstant(around.clock().instant(), ZoneOffset.UTC);
    long days = ChronoUnit.DAYS.between(date, today);
    String text = "of " + date + (days > 0 ? ", " + days + " days old" : "");
    return days > PRICES_HOLD_DAYS
        ? warn(
            "prices",
            text,
            "compare them with the provider's, and keep your own: "
                + command.command("config", "set", "prices", "FILE"))
        : ok("prices", text);
  }

  private URI address() {
    return Access.requireAddress(Access.addressName(around), Access.address(around));
  }

  private Workshop.Reach reach() {
    Workshop.Reach known = reach;
    if (known == null) {
      known = workshop.reach(address());
      reach = known;
      heard = around.clock().instant();
    }
    return known;
  }
}
