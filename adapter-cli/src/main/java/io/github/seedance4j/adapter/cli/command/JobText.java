package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.GenerationDraft;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes all that is known of a job, for people. */
public final class JobText {

  private static final int KEY = 16;
  private static final int LONGEST_PROMPT = 200;

  private final Surroundings around;
  private final Job job;

  public JobText(Surroundings around, Job job) {
    this.around = around;
    this.job = job;
  }

  /** A line for each thing that is known. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(job.id().value());
    row(lines, "state", Optional.of(JobTable.state(job) + " since " + second(job.changedAt())));
    row(lines, "why", job.reason().map(this::inWords));
    row(lines, "task", job.taskId());
    row(lines, "label", job.label());
    row(lines, "created", Optional.of(second(job.createdAt())));
    boolean free = Access.isOwnSandbox(job.account());
    row(
        lines,
        "sent to",
        Optional.of(free ? "the sandbox: no real money" : job.account().baseUrl()));
    row(
        lines,
        "key",
        Optional.of("fingerprint " + job.account().fingerprint()).filter(text -> !free));
    row(lines, "request", Optional.of(request()).filter(text -> !text.isEmpty()));
    row(lines, "prompt", job.draft().prompt().map(JobText::shortened));
    row(lines, "create calls", Optional.of(job.attempts()).filter(attempts -> attempts > 0));
    row(lines, "agreed to", agreed());
    row(lines, "body SHA-256", job.bodySha256());
    row(lines, "quote", job.quote().map(Quote::toString));
    row(lines, "held", held(job).map(QuoteText::cents));
    row(lines, "cost", job.bill().map(QuoteText::cost));
    row(lines, "over the hold", job.excess().map(QuoteText::cents));
    row(lines, "clip", job.clip().map(this::clip));
    row(
        lines,
        "clip goes to",
        job.clip().isPresent()
            ? Optional.empty()
            : job.clipTarget().map(target -> ClipFile.shown(around, target)));
    row(lines, "link dies", job.linkDiesAt().map(JobText::second));
    return lines;
  }

  /** What a person can do about an unknown outcome, with the commands that do it. */
  public List<String> waysOut(Reminder.Command command) {
    String id = job.id().value();
    String most = held(job).map(QuoteText::cents).orElse("its price");
    return List.of(
        "",
        "Nobody knows whether the provider took it. Look in its dashboard for a task of",
        second(job.authorisedAt()) + ", then say what you found:",
        "  it is there:",
        "    " + command.of("resolve", id, "--attach", "TASK"),
        "  it is gone, and counts as charged, " + most + ", or as what you looked up:",
        "    " + command.of("resolve", id, "--lost"),
        "    " + command.of("settle", id, "--charged", "0.00"),
        "  send it once more, and accept that both may be charged:",
        "    " + command.of("resolve", id, "--resubmit", "--accept-second-charge"));
  }

  /** What the provider's support needs to look it up, without the key and without a secret. */
  public List<String> letter(boolean withPrompt) {
    List<String> letter = new ArrayList<>();
    letter.add("Subject: Was this task created, and charged?");
    letter.add("");
    letter.add("Hello,");
    letter.add("");
    letter.add("I asked for a video, and no usable answer came back. Please tell me whether a");
    letter.add("task was created from this call, what its id is, and what was charged for it.");
    letter.add("");
    row(letter, "time", Optional.of(second(job.authorisedAt())));
    row(letter, "call", Optional.of("POST " + job.account().baseUrl() + "/videos/generations"));
    row(letter, "what happened", job.note().map(Ending::lost).map(Talk::printable));
    row(letter, "model, request", Optional.of(request()).filter(text -> !text.isEmpty()));
    row(letter, "body SHA-256", job.bodySha256());
    row(letter, "our reference", Optional.of(job.id()));
    row(letter, "key fingerprint", Optional.of(job.account().fingerprint()));
    if (withPrompt) {
      row(letter, "prompt", job.draft().prompt().map(Talk::printable));
    }
    letter.add("");
    letter.add("I have not sent it again. Thank you.");
    return letter;
  }

  /** What a job that has no bill yet counts against a budget. */
  public static Optional<Money> held(Job job) {
    return job.bill().isPresent()
        ? Optional.empty()
        : job.counted().filter(money -> money.amount().signum() > 0);
  }

  private String inWords(String reason) {
    return switch (job.state()) {
      case UNKNOWN -> Ending.lost(reason);
      case NOT_SENT -> Ending.unsent(reason);
      default -> reason;
    };
  }

  private Optional<String> agreed() {
    return job.authorisations() > 1
        ? Optional.of(job.authorisations() + " charges, the last at " + second(job.authorisedAt()))
        : Optional.empty();
  }

  private String request() {
    if (job.isPurged()) {
      return "forgotten (purged)";
    }
    GenerationDraft draft = job.draft();
    return String.join(
        ", ",
        Stream.of(
                draft.model(),
                draft.resolution(),
                draft.aspectRatio(),
                draft.duration().map(seconds -> QuoteText.seconds(seconds) + " s"),
                draft.generateAudio().map(sound -> sound ? "with sound" : "silent"))
            .flatMap(Optional::stream)
            .toList());
  }

  private String clip(Clip clip) {
    return ClipFile.shown(around, clip.path())
        + " ("
        + Progress.size(clip.bytes())
        + ", "
        + QuoteText.seconds(clip.length().seconds())
        + " s)";
  }

  public static String shortened(String prompt) {
    String line = prompt.replaceAll("\\s+", " ");
    return line.length() > LONGEST_PROMPT
        ? line.substring(
                0,
                line.offsetByCodePoints(
                    0, Math.min(LONGEST_PROMPT, line.codePointCount(0, line.length()))))
            + " …"
        : line;
  }

  private static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void row(List<String> lines, String key, Optional<?> value) {
    value.ifPresent(it -> lines.add("  " + key + " ".repeat(Math.max(1, KEY - key.length())) + it));
  }
}
