package io.github.seedance4j.adapter.store.crash;

import io.github.seedance4j.adapter.http.tokenhub.TokenHubProvider;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.crash.CrashPoint;
import io.github.seedance4j.testkit.crash.CrashPoints;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.ledger.Charge;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.standalone.HubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A story in which every step of a job's life happens, one job after the other, so that there is
 * never more than one create call under way. Each act is known by its idempotency key: told again
 * after a halt, the story goes on where it was.
 */
final class Story {

  /** The acts that make a job, in order. */
  static final List<String> ACTS =
      List.of(
          "old",
          "runs",
          "throttled",
          "refused",
          "failed",
          "cancelled",
          "expired",
          "late",
          "withdrawn",
          "lost",
          "again",
          "attached");

  private static final Duration LONGEST = Duration.ofHours(1);

  /** Not that slow is any machine; and it is over before the next process comes an hour later. */
  private static final Duration LEASE = Duration.ofMinutes(45);

  private static final Duration SEND_WITHIN = Duration.ofDays(1);

  /** No machine is so slow that a job is sent again before somebody withdraws it. */
  private static final Duration NOT_SOON = Duration.ofMinutes(40);

  private static final PollPlan PLAN =
      new PollPlan(
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          1.5,
          Duration.ofMinutes(10),
          Duration.ofDays(3),
          Double.POSITIVE_INFINITY);

  private final Place place;
  private final StoryTime time;
  private final Consumer<String> narrator;
  private final VideoGeneration videos;

  private Story(Place place, CrashPoints points, Consumer<String> narrator) {
    this.place = place;
    this.narrator = narrator;
    this.time = place.time();
    TokenHubProvider hub = place.provider();
    this.videos =
        VideoGenerationService.builder()
            .provider(points.provider(new Fickle(hub)))
            .fetcher(points.fetcher(hub))
            .journal(points.journal(place.openJournal()))
            .clipFiles(place::arrival)
            .clips(points.clips(place::keep))
            .onEvent(
                event -> {
                  if (event.state() == JobState.THROTTLED) {
                    behave("throttled");
                  }
                  place.hear(event);
                })
            .pollPlan(PLAN)
            .lease(LEASE)
            .sendWithin(SEND_WITHIN)
            .time(time)
            .build();
  }

  /**
   * Tells the story, and prints each act as it begins.
   *
   * @param args a place, then a point and a pass to be halted at, or nothing
   */
  public static void main(String[] args) {
    List<String> words = Arrays.asList(args);
    List<String> halt = words.subList(6, words.size());
    CrashPoints points =
        halt.isEmpty()
            ? CrashPoints.counting()
            : CrashPoints.haltingAt(CrashPoint.of(halt.get(0)), Integer.parseInt(halt.get(1)));
    tell(Place.of(words), points, System.out::println);
  }

  static void tell(Place place, CrashPoints points) {
    tell(place, points, act -> {});
  }

  private static void tell(Place place, CrashPoints points, Consumer<String> narrator) {
    Story story = new Story(place, points, narrator);
    try {
      story.tell();
    } finally {
      story.videos.close();
    }
  }

  /** Has the provider misbehave as the story wants it; for whoever starts it. */
  static void prepare(HubProcess hub, String name) {
    Map<String, Fault> faults =
        Map.of(
            "runs", new TaskFault.GoesBackwards(),
            "throttled", new CreateFault.Refuses(429, false),
            "refused", new CreateFault.Refuses(400, false),
            "failed", new TaskFault.Fails("InternalServiceError", "It broke.", true),
            "cancelled", new TaskFault.EndsAs("cancelled", false),
            "expired", new TaskFault.EndsAs("expired", true),
            "lost", new CreateFault.ResetsAfterCharge(),
            "again", new CreateFault.ResetsAfterCharge(),
            "attached", new CreateFault.ResetsAfterCharge());
    faults.forEach((act, fault) -> hub.onPrompt(prompt(name, act), fault));
  }

  private static String prompt(String name, String act) {
    return "story " + name + ", act " + act + ".";
  }

  private void tell() {
    videos.setBudget(Budget.ever(Money.usd("500")));
    Job old = end("old");
    if (old.state() == JobState.STORED && !old.isPurged()) {
      videos.purge(time.now().plus(LONGEST)); // there is nothing else yet
    }
    end("runs");
    end("throttled");
    end("refused");
    end("failed");
    end("cancelled");
    end("expired");
    end("late");
    withdraw();
    lose();
    sendAgain();
    attach();
  }

  private Job end(String act) {
    return videos.await(submit(act).id(), LONGEST);
  }

  private Job submit(String act) {
    narrator.accept(act);
    GenerationDraft draft =
        GenerationDraft.builder()
            .model(ModelId.SEEDANCE_2_0_FAST)
            .prompt(prompt(place.name(), act))
            .resolution(Resolution.P480)
            .duration(Duration.ofSeconds(5))
            .build();
    Submission submission =
        videos.submit(draft, SubmitOptions.idempotencyKey(key(place.name(), act)));
    return submission.match(
        job -> job,
        refused ->
            Optional.ofNullable(refused.job())
                .orElseThrow(() -> new IllegalStateException(refused.toString())),
        over -> {
          throw new IllegalStateException(over.toString());
        },
        unknown -> unknown);
  }

  static String key(String name, String act) {
    return name + "-" + act;
  }

  private void withdraw() {
    Job job = submit("withdrawn");
    while (!job.state().isEnded() && job.state() != JobState.UNKNOWN) {
      try {
        job = videos.withdraw(job.id());
      } catch (IllegalStateException tryingJustNow) {
        Thread.onSpinWait();
        job = videos.find(job.id()).orElseThrow();
      }
    }
  }

  private void lose() {
    Job job = end("lost");
    if (job.state() == JobState.UNKNOWN) {
      job = videos.resolve(job.id(), new OutcomeResolution.Lost());
    }
    if (job.bill().isPresent() && !isStated(job)) {
      videos.settle(job.id(), Money.usd(ledger().costOfDigest(digest(job)).toPlainString()));
    }
  }

  private static boolean isStated(Job job) {
    return job.bill().orElseThrow().basis() == Bill.Basis.STATED;
  }

  private void sendAgain() {
    Job job = end("again");
    if (job.state() == JobState.UNKNOWN && job.authorisations() == 1) {
      behave("again");
      videos.resolve(job.id(), new OutcomeResolution.ResubmitAcceptingSecondCharge());
      videos.await(job.id(), LONGEST);
    }
  }

  private void attach() {
    Job job = end("attached");
    if (job.state() == JobState.UNKNOWN) {
      taskOf(job, ledger())
          .ifPresent(task -> videos.resolve(job.id(), new OutcomeResolution.Attach(task)));
      videos.await(job.id(), LONGEST);
    }
  }

  /** What a person finds in the provider's account who looks for what became of a request. */
  static Optional<TaskId> taskOf(Job job, Ledger ledger) {
    return ledger.chargesForDigest(digest(job)).stream()
        .filter(charge -> charge.cost().compareTo(BigDecimal.ZERO) > 0)
        .map(Charge::taskId)
        .flatMap(task -> Optional.ofNullable(task).stream())
        .findFirst()
        .map(TaskId::new);
  }

  private static String digest(Job job) {
    return job.bodySha256().orElseThrow();
  }

  private Ledger ledger() {
    try {
      return Ledger.read(place.ledger());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From here on the provider takes that act's request as any other. */
  private void behave(String act) {
    try {
      HttpURLConnection call =
          (HttpURLConnection) place.hub().resolve("/_fake/faults").toURL().openConnection();
      call.setRequestMethod("POST");
      call.setRequestProperty("Content-Type", "application/json");
      call.setDoOutput(true);
      String body = "{\"prompt\":\"" + prompt(place.name(), act) + "\",\"faults\":[]}";
      call.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      if (call.getResponseCode() / 100 != 2) {
        throw new IllegalStateException(act + ": " + call.getResponseCode());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line that is down for one act's first call, and a provider that has no time for another. */
  private static final class Fickle implements VideoProvider {

    private final VideoProvider hub;
    private final Set<String> tried = ConcurrentHashMap.newKeySet();

    Fickle(VideoProvider hub) {
      this.hub = hub;
    }

    @Override
    public ProviderAccount account() {
      return hub.account();
    }

    @Override
    public Create prepare(GenerationRequest request) {
      Create create = hub.prepare(request);
      String prompt = request.draft().prompt().orElseThrow();
      return new Create() {
        @Override
        public String bodySha256() {
          return create.bodySha256();
        }

        @Override
        public CreateReply send() {
          boolean first = tried.add(prompt);
          if (prompt.contains("act late") && first) {
            return new CreateReply.Broken(CreateReply.Phase.CONNECT, "the line is down");
          }
          if (prompt.contains("act withdrawn")) {
            return new CreateReply.Answered(429, null, null, NOT_SOON);
          }
          return create.send();
        }
      };
    }

    @Override
    public VideoTask task(TaskId id) {
      return hub.task(id);
    }

    @Override
    public void close() {
      hub.close();
    }
  }
}
