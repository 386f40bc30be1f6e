package io.github.seedance4j.testkit.live;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.SubmissionOutcome;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.contract.Judgements;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run, in its order: quote, free checks, intent, one create, its task, its clip, its bill. */
final class LiveSession {

  private final Settings settings;
  private final Notebook notes;
  private final Waiting waiting;
  private final Spending spending;
  private final FactsFile facts;
  private final GenerationRequest request;
  private final Quote quote;
  private final String run = UUID.randomUUID().toString();

  LiveSession(Settings settings) {
    this.settings = settings;
    this.notes = new Notebook(new Secrets(settings.key()), settings.out());
    this.waiting = new Waiting(settings.time());
    this.spending = new Spending(settings.spending(), settings.cap().currency());
    this.facts = new FactsFile(notes);
    this.request = OneClip.request(settings.catalog());
    this.quote = settings.tariff().quote(request);
  }

  LiveEnd run() throws IOException {
    try {
      return steps();
    } finally {
      waiting.restoreInterrupt();
    }
  }

  private LiveEnd steps() throws IOException {
    Spending.Standing standing = spending.standing();
    introduce(standing);
    if (standing.spent().plus(quote.hold()).isMoreThan(settings.cap())) {
      return over(standing.spent());
    }
    try (Desk desk = settings.opener().apply(settings.key())) {
      notes.say("Free checks:");
      if (!new FreeChecks(settings, notes).hold(desk, request)) {
        return end(LiveEnd.Kind.CHECK_FAILED, "a free check failed, so no clip was paid for", null);
      }
      VideoProvider.Create create = desk.provider().prepare(request);
      String digest = create.bodySha256();
      facts.about(now(), desk.provider().account(), request, digest, quote);
      if (spending.admit(run, quote.hold(), settings.cap(), intent(desk, digest)).isEmpty()) {
        return over(spending.standing().spent());
      }
      notes.say("One create, " + request.model().id() + ", body SHA-256 " + digest + ":");
      return sent(desk, reply(create), digest);
    }
  }

  private void introduce(Spending.Standing standing) {
    notes.say(
        "Live run: one clip of "
            + request.model().id()
            + ", "
            + request.resolution()
            + ", "
            + request.aspectRatio()
            + ", "
            + request.duration().toPlainString()
            + " s, without sound: "
            + OneClip.WHY
            + ".");
    notes.say(
        "Quote: " + quote + " by the tariff of " + quote.tariffDate() + ", held: " + quote.hold());
    notes.say(
        "Cap: "
            + settings.cap()
            + ", spent by earlier runs: "
            + standing.spent()
            + " ("
            + settings.spending()
            + ")");
    standing.open().forEach(open -> notes.say("Note: " + open));
  }

  private LiveEnd over(Money spent) throws IOException {
    return end(
        LiveEnd.Kind.OVER_CAP,
        "nothing was sent: "
            + spent
            + " spent and "
            + quote.hold()
            + " to hold are more than the cap of "
            + settings.cap()
            + "; raise the cap, or mend "
            + settings.spending()
            + " where you know better",
        null);
  }

  private Map<String, Object> intent(Desk desk, String digest) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("at", now().toString());
    more.put("sha256", digest);
    more.put("model", request.model().id());
    more.put("base_url", desk.provider().account().baseUrl());
    more.put("account", desk.provider().account().fingerprint());
    return more;
  }

  /** The one place that sends, and it is called once. */
  private static CreateReply reply(VideoProvider.Create create) {
    try {
      return create.send();
    } catch (RuntimeException e) { // against the contract, and no proof that nothing left
      return new CreateReply.Broken(CreateReply.Phase.SENT, "it threw " + e);
    }
  }

  private LiveEnd sent(Desk desk, CreateReply reply, String digest) throws IOException {
    SubmissionOutcome outcome = Judgements.outcome(reply);
    notes.see("reply", notes.secrets().hidden(reply.toString()));
    if (outcome instanceof SubmissionOutcome.Submitted submitted) {
      notes.judge("the create is answered with a task", () -> Judgements.submitted(reply));
      return submitted(desk, submitted.task());
    }
    if (outcome instanceof SubmissionOutcome.Rejected rejected) {
      String why = "status " + rejected.status() + ": " + rejected.fault().text();
      notes.see("refused", notes.secrets().hidden(why + " [code " + rejected.fault().code() + "]"));
      return nothingSpent(LiveEnd.Kind.REJECTED, "the create was refused, " + why);
    }
    if (outcome instanceof SubmissionOutcome.Throttled throttled) {
      String wait = throttled.retryAfter() == null ? "no time" : throttled.retryAfter().toString();
      notes.see("throttled", "the one create was throttled, told to wait: " + wait);
      return nothingSpent(
          LiveEnd.Kind.THROTTLED, "the create was throttled (wait: " + wait + "); run again later");
    }
    if (outcome instanceof SubmissionOutcome.NotSent notSent) {
      return nothingSpent(LiveEnd.Kind.NOT_SENT, "nothing was sent: " + notSent.why());
    }
    String why = ((SubmissionOutcome.Unknown) outcome).why();
    return leftOpen(
        LiveEnd.Kind.UNKNOWN,
        why,
        "it is not known whether the clip was taken and charged: "
            + why
            + ". Do not run again to find out. Ask the provider's support for a create at "
            + now()
            + " whose body has SHA-256 "
            + digest);
  }

  private LiveEnd submitted(Desk desk, TaskId task) throws IOException {
    notes.see("task", task.value());
    record("submitted", Map.of("at", now().toString(), "task", task.value()));
    notes.say("Task " + task + ", asked for until it ends:");
    Following.Followed followed =
        new Following(notes, waiting, settings.patience()).follow(desk.provider(), task);
    VideoTask ended = followed.task();
    if (ended == null) {
      return leftOpen(
          LiveEnd.Kind.UNFINISHED,
          followed.why(),
          "task " + task + " may be charged, but its end was not seen: " + followed.why());
    }
    notes.see("model_told", String.valueOf(ended.model()));
    if (!(ended.state() instanceof TaskState.Succeeded succeeded)) {
      String why =
          ended.state() instanceof TaskState.Failed failed
              ? failed.fault().text()
              : ended.state().word();
      notes.see(
          "failed",
          "the task ended as " + ended.state().word() + ": " + notes.secrets().hidden(why));
      settle(quote.settleFailed(), "task " + task + " ended as " + ended.state().word());
      return end(LiveEnd.Kind.NO_CLIP, "task " + task + " ended without a clip: " + why, facts);
    }
    notes.judge(
        "the task succeeded, with a link that its text leaves out",
        () -> Judgements.succeeded(ended));
    return clip(desk, task, succeeded.video());
  }

  private LiveEnd clip(Desk desk, TaskId task, GeneratedVideo video) throws IOException {
    Path target = settings.clips().resolve("live-" + run + ".mp4");
    Fetching fetching = new Fetching(desk, task, video, notes, waiting);
    notes.say("The clip:");
    Clip clip = fetching.fetch(target);
    if (clip == null) {
      settle(
          new Bill(quote.hold(), Bill.Basis.AT_MOST), "task " + task + " succeeded, no clip came");
      return end(
          LiveEnd.Kind.CLIP_NOT_FETCHED,
          "task "
              + task
              + " succeeded and is paid for, but its clip did not come: "
              + notes.seen("not_fetched", "")
              + "; try again by its id while the link can be had",
          facts);
    }
    Bill bill = quote.settle(clip.length());
    settle(bill, "task " + task + ", " + clip.length().seconds() + " s");
    notes.judge(
        "the clip's price is within what was held",
        !bill.amount().isMoreThan(quote.hold()),
        bill.amount() + " of " + quote.hold());
    new ClipReview(notes, request).review(clip, video);
    fetching.again(clip, target);
    fetching.brokenOff(clip, settings.clips());
    return end(
        LiveEnd.Kind.COMPLETE,
        "one clip in " + clip.path() + ", computed at " + bill.amount(),
        facts);
  }

  private LiveEnd nothingSpent(LiveEnd.Kind kind, String what) throws IOException {
    settle(new Bill(Money.zero(quote.hold().currency()), Bill.Basis.COMPUTED), what);
    return end(kind, what, facts);
  }

  /** The hold stays spent, for good, until a person writes what is true. */
  private LiveEnd leftOpen(LiveEnd.Kind kind, String why, String what) throws IOException {
    facts.counted(quote.hold(), "unknown");
    record("unknown", Map.of("at", now().toString(), "why", notes.secrets().hidden(why)));
    return end(
        kind,
        what
            + ". Its "
            + quote.hold()
            + " count as spent until you add what is true to "
            + settings.spending()
            + ": {\"event\":\"settled\",\"run\":\""
            + run
            + "\",\"spent\":\"0.00\",\"currency\":\""
            + quote.hold().currency()
            + "\",\"note\":\"who said so\"}",
        facts);
  }

  private void settle(Bill bill, String note) {
    String basis = bill.basis().name().toLowerCase(Locale.ROOT).replace('_', '-');
    notes.see("counted", bill.amount() + " (" + basis + ")");
    facts.counted(bill.amount(), basis);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("at", now().toString());
    fields.put("spent", bill.amount().plain());
    fields.put("currency", bill.amount().currency().getCurrencyCode());
    fields.put("basis", basis);
    fields.put("note", notes.secrets().hidden(note));
    record("settled", fields);
  }

  /** After the create a disk that is full must not end the run: the intent counts by itself. */
  private void record(String event, Map<String, ?> fields) {
    waiting.holdInterrupt();
    try {
      spending.append(new Spending.Line(event, run, fields));
    } catch (IOException e) {
      notes.judge(
          "what became of the create is written to the spending file",
          false,
          event + " " + fields + ": " + e.getMessage());
    }
  }

  private LiveEnd end(LiveEnd.Kind kind, String what, @Nullable FactsFile learnt)
      throws IOException {
    waiting.holdInterrupt();
    String told = notes.secrets().hidden(what);
    notes.say(kind + ": " + told);
    Path written = learnt == null ? null : learnt.write(settings.facts(), kind, told);
    if (written != null) {
      notes.say("What was learnt is in " + written);
    }
    if (!notes.breaches().isEmpty()) {
      notes.say(notes.breaches().size() + " rules did not hold, see above");
    }
    return new LiveEnd(kind, told, notes.breaches(), written);
  }

  private Instant now() {
    return waiting.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
