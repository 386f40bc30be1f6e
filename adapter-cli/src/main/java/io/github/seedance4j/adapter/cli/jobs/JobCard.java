package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.Ending;
import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.command.JobText;
import io.github.seedance4j.adapter.cli.command.Reminder;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.gallery.Gallery.Card;
import io.github.seedance4j.adapter.cli.gallery.Gallery.Tone;
import io.github.seedance4j.adapter.cli.gallery.Gallery.Way;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.MediaKind;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelSpec;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a job a card of the page of clips. Signed addresses never get there, nor whole paths. */
final class JobCard {

  private static final int LONGEST = 60;
  private static final Pattern FILE =
      Pattern.compile("(?i)(?:https?|file):[^?#]*/([^/?#]+\\.[a-z0-9]{2,4})(?:[?#].*)?");

  private final ModelCatalog catalog;
  private final Path directory;
  private final Reminder.Command command;
  private final Map<String, Integer> takes;

  /**
   * @param directory where the page will be
   * @param command says a command as it is to stand on a page that others may read
   * @param takes how many there are of what has several
   */
  JobCard(
      ModelCatalog catalog, Path directory, Reminder.Command command, Map<String, Integer> takes) {
    this.takes = Map.copyOf(takes);
    this.catalog = catalog;
    this.directory = directory;
    this.command = command;
  }

  Card of(Job job) {
    Clip clip = job.clip().orElse(null);
    String link = clip == null ? null : link(clip.path());
    boolean lost = job.state() == JobState.STORED && link == null && !job.isPurged();
    return new Card(
        job.id().value(),
        JobTable.state(job),
        tone(job.state(), lost),
        link,
        clip == null ? "" : JobTable.cut(String.valueOf(clip.path().getFileName()), LONGEST),
        TakeOf.of(job).map(take -> JobTable.cut(take.text(takes), LONGEST)).orElse(""),
        heading(job, lost),
        prompt(job),
        facts(job),
        cost(job),
        job.quote().map(quote -> "quoted " + quote).orElse(""),
        job.createdAt(),
        job.label().orElse(null),
        why(job, lost),
        ways(job, lost));
  }

  private @Nullable String link(Path clip) {
    if (!Files.isRegularFile(clip) || !Objects.equals(clip.getRoot(), directory.getRoot())) {
      return null;
    }
    StringJoiner link = new StringJoiner("/");
    for (Path name : directory.relativize(clip)) {
      link.add(encoded(name.toString()));
    }
    return link.toString();
  }

  /** One step of a relative address: nothing in it is taken for a scheme, a query or a fragment. */
  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Tone tone(JobState state, boolean lost) {
    return switch (state) {
      case STORED -> lost ? Tone.DOUBTFUL : Tone.GOOD;
      case UNKNOWN, LOST, SUCCEEDED -> Tone.DOUBTFUL;
      case FAILED, REJECTED, EXPIRED, CANCELLED -> Tone.BAD;
      case INTENDED, NOT_SENT, THROTTLED, SUBMITTED, RUNNING, WITHDRAWN -> Tone.BUSY;
    };
  }

  private static String heading(Job job, boolean lost) {
    if (lost) {
      return "The clip is not where it was put";
    }
    return switch (job.state()) {
      case STORED -> "Forgotten on purpose";
      case UNKNOWN -> "Nobody knows whether this was made";
      case LOST -> "Given up";
      case SUCCEEDED -> "Made and paid for, not fetched yet";
      case FAILED -> "Failed";
      case REJECTED -> "Refused by the provider";
      case EXPIRED -> "Expired";
      case CANCELLED -> "Cancelled";
      case WITHDRAWN -> "Never sent";
      case INTENDED, NOT_SENT, THROTTLED -> "Waits to be sent";
      case SUBMITTED, RUNNING -> "In the making";
    };
  }

  private static String prompt(Job job) {
    if (job.isPurged()) {
      return "(forgotten: purged)";
    }
    return job.draft()
        .prompt()
        .filter(prompt -> !prompt.isBlank())
        .orElse(job.quote().isPresent() ? "(no prompt)" : "(a task that was made elsewhere)");
  }

  /** With the defaults of the model where nothing else was asked for. */
  private List<String> facts(Job job) {
    GenerationDraft draft = job.draft();
    Optional<ModelSpec> model = draft.model().flatMap(catalog::find);
    Optional<String> length =
        job.clip()
            .map(clip -> clip.length().seconds().setScale(2, RoundingMode.HALF_UP))
            .or(draft::duration)
            .or(() -> model.map(spec -> spec.duration().usual()))
            .map(seconds -> QuoteText.seconds(seconds) + " s");
    return Stream.of(
            draft.model().map(id -> model.map(ModelSpec::alias).orElse(id)),
            draft.resolution().or(() -> model.map(spec -> spec.resolutions().get(0).value())),
            draft.aspectRatio(),
            length,
            draft.generateAudio().filter(sound -> !sound).map(sound -> "silent"),
            inputs(draft))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * What it goes by, as far as addresses end in a file's name: whatever else they hold is secret.
   */
  private static Optional<String> inputs(GenerationDraft draft) {
    List<String> names = new ArrayList<>();
    draft.withUrls(
        (path, kind, url) -> {
          Matcher name = FILE.matcher(url);
          names.add(
              name.matches()
                  ? JobTable.cut(name.group(1), LONGEST)
                  : Map.of(
                          MediaKind.IMAGE, "a picture",
                          MediaKind.VIDEO, "a video",
                          MediaKind.AUDIO, "a sound")
                      .get(kind));
          return url;
        });
    return names.isEmpty() ? Optional.empty() : Optional.of("from " + String.join(", ", names));
  }

  private static String cost(Job job) {
    Bill bill = job.bill().orElse(null);
    if (bill == null) {
      return JobText.held(job).map(held -> QuoteText.cents(held) + " held").orElse("no price");
    }
    boolean free = bill.amount().amount().signum() == 0;
    return switch (bill.basis()) {
      case COMPUTED, STATED -> QuoteText.cents(bill.amount());
      case AT_MOST, UNCONFIRMED -> (free ? "" : "at most ") + QuoteText.cents(bill.amount());
    };
  }

  private static String why(Job job, boolean lost) {
    String reason = Talk.printable(job.reason().orElse(""));
    if (lost) {
      return Access.isOwnSandbox(job.account())
          ? "It was moved or deleted since, and the sandbox that made it is gone."
          : "It was moved or deleted since. The provider keeps its own for about a day.";
    }
    return switch (job.state()) {
      case STORED, SUBMITTED, RUNNING -> "";
      case UNKNOWN ->
          "It may have been charged, and is never sent again by itself: " + Ending.lost(reason);
      case NOT_SENT -> Ending.unsent(reason);
      case SUCCEEDED ->
          job.linkDiesAt()
              .map(time -> "Its link dies at " + JobTable.minute(time) + " UTC, at the latest.")
              .orElse("");
      default -> reason;
    };
  }

  private List<Way> ways(Job job, boolean lost) {
    String id = job.id().value();
    List<Way> ways = new ArrayList<>();
    if (job.state() == JobState.UNKNOWN) {
      ways.add(way("A letter that asks the provider", "show", id));
      ways.add(way("It is in the provider's dashboard", "resolve", id, "--attach", "TASK"));
      ways.add(way("It is not, and may have been charged", "resolve", id, "--lost"));
      ways.add(way("It is not, and was not charged", "settle", id, "--charged", "0.00"));
      ways.add(
          way(
              "Send it again, and accept a second charge",
              "resolve",
              id,
              "--resubmit",
              "--accept-second-charge"));
    } else if (Access.isOwnSandbox(job.account())
        && (lost || job.state() == JobState.EXPIRED || job.state() == JobState.WITHDRAWN)) {
      ways.add(way("Make it again", "again", id, "--sandbox"));
    } else if (lost) {
      ways.add(way("Fetch it once more", "download", id));
    } else if (job.state().isFollowed()) {
      ways.add(way("Wait for it, and fetch it", "wait", id));
    } else if (job.state().isUnfinished()) {
      ways.add(way("Go on with it", "resume"));
    } else if (job.bill().map(Bill::basis).equals(Optional.of(Bill.Basis.UNCONFIRMED))) {
      ways.add(way("If the provider did not charge it", "settle", id, "--charged", "0.00"));
    }
    return ways;
  }

  private Way way(String what, String... words) {
    return new Way(what, command.of(words));
  }
}
