package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.error.StillRunningException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.task.ProviderFault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run over a batch: takes up what earlier runs began, then submits the rest in the order of the
 * file, so many at once, until all is ended or something says that nothing more is to be sent.
 */
public final class BatchRun {

  /** How often a job is looked at while it is waited for. */
  private static final Duration GLANCE = Duration.ofSeconds(2);

  private final VideoGeneration videos;
  private final ProviderAccount account;
  private final BatchHistory history;
  private final BatchBoard board;
  private final BatchClips clips;
  private final Rules rules;
  private final Clock clock;
  private final Consumer<String> notes;

  /** What did not fit, and why. */
  private final Map<BatchItem, Submission.OverBudget> tooDear = new ConcurrentHashMap<>();

  private @Nullable Stop stop;
  private @Nullable Throwable failure;

  /** Why nothing more is sent. */
  enum Stop {
    UNKNOWN_OUTCOME("after the unknown outcome"),
    NO_CREDIT("the account has no credit"),
    KEY_REFUSED("the provider does not accept the key"),
    NOT_SENT("the provider could not be reached, or asked to wait for too long"),
    NO_ROOM("there is too little room on the disk"),
    INTERRUPTED("interrupted"),
    TROUBLE("something unexpected happened");

    private final String words;

    Stop(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * How to run.
   *
   * @param concurrency how many jobs may be under way at once
   * @param label what the jobs are labelled with; null for nothing
   * @param patience how long one clip is waited for
   * @param keepGoing whether an unknown outcome stops nothing
   * @param directory where clips go
   * @param ready a clip's request as it is sent; throws {@link IllegalArgumentException} if its
   *     files can't be staged
   */
  public record Rules(
      int concurrency,
      @Nullable String label,
      Duration patience,
      boolean keepGoing,
      Path directory,
      Function<BatchItem, GenerationDraft> ready) {}

  public BatchRun(
      Workshop.Bench bench,
      BatchHistory history,
      BatchBoard board,
      Rules rules,
      Clock clock,
      Consumer<String> notes) {
    this.videos = bench.videos();
    this.account = bench.account();
    this.history = history;
    this.board = board;
    this.clips = new BatchClips(rules.directory());
    this.rules = rules;
    this.clock = clock;
    this.notes = notes;
  }

  /** Why it sends nothing more; null as long as it goes on. */
  synchronized @Nullable Stop stop() {
    return stop;
  }

  /** What nobody expected, if anything was. */
  public synchronized @Nullable Throwable failure() {
    return failure;
  }

  /** Runs to the end; every item has one afterwards. */
  public void run(List<BatchItem> items) {
    List<BatchItem> begun = new ArrayList<>();
    List<BatchItem> fresh = new ArrayList<>();
    showEnded(items, history, board);
    for (BatchItem item : items) {
      Job job = history.job(item);
      if (job == null) {
        fresh.add(item);
      } else {
        clips.keep(item, job);
        if (job.state().isUnfinished()) {
          begun.add(item);
        }
      }
    }
    begun.addAll(fresh);
    round(begun);
    while (!tooDear.isEmpty() && stop() == null) {
      // what was held for others is free again by now, and bills may be lower than what was held
      List<BatchItem> again = items.stream().filter(item -> tooDear.containsKey(item)).toList();
      round(again);
      if (tooDear.size() == again.size()) {
        break;
      }
    }
    tooDear.forEach((item, over) -> board.end(item, BatchEnd.OVER_BUDGET, null, tooDear(over)));
  }

  /** Puts on the board what needs no run any more. */
  static void showEnded(List<BatchItem> items, BatchHistory history, BatchBoard board) {
    for (BatchItem item : items) {
      Job job = history.job(item);
      if (job != null && !job.state().isUnfinished()) {
        board.end(item, BatchEnd.of(job), job, job.reason().orElse(""));
      }
    }
  }

  /** Sends nothing more; what is under way is followed, and what was not sent yet is taken back. */
  void stop(Stop why) {
    synchronized (this) {
      if (stop != null && why != Stop.INTERRUPTED) {
        return;
      }
      stop = why;
    }
    for (BatchEntry entry : board.entries()) {
      Job job = entry.job();
      if (entry.isActive() && job != null && job.state().isDue()) {
        takeBack(job);
      }
    }
  }

  private void round(Collection<BatchItem> items) {
    Queue<BatchItem> queue = new ConcurrentLinkedQueue<>(items);
    List<Thread> workers = new ArrayList<>();
    for (int i = 1; i <= Math.min(rules.concurrency(), items.size()); i++) {
      Thread worker = new Thread(() -> workOff(queue), "seedance-batch-" + i);
      worker.setDaemon(true);
      workers.add(worker);
      worker.start();
    }
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stop(Stop.INTERRUPTED);
        return;
      }
    }
  }

  private void workOff(Queue<BatchItem> queue) {
    for (BatchItem item = queue.poll(); item != null; item = queue.poll()) {
      try {
        work(item);
      } catch (RuntimeException | Error e) {
        synchronized (this) {
          failure = failure == null ? e : failure;
        }
        stop(Stop.TROUBLE);
        Job job = board.entry(item).job();
        board.end(
            item, job == null ? BatchEnd.NOT_RUN : BatchEnd.of(job), job, Stop.TROUBLE.words());
      }
    }
  }

  private void work(BatchItem item) {
    Job earlier = history.job(item);
    if (earlier != null) {
      if (!earlier.account().equals(account)) {
        String why = "it was sent with another key, and only that one can ask for it";
        board.end(item, BatchEnd.of(earlier), earlier, why);
        return;
      }
      board.begin(item, earlier.idempotencyKey().orElse(""));
      board.show(item, earlier);
      Job last = follow(item, earlier);
      if (last == null) {
        return;
      }
      if (earlier.state() == JobState.INTENDED && last.state() == JobState.UNKNOWN) {
        // whoever sent it died before an answer: that was not this run, which goes on
        board.end(item, BatchEnd.UNKNOWN, last, last.reason().orElse(""));
        return;
      }
      // the sandbox that had it may have ended with its command
      boolean gone = last.state() == JobState.WITHDRAWN || last.state() == JobState.EXPIRED;
      if (!gone || !BatchHistory.isFree(last) || stop() != null) {
        conclude(item, last);
        return;
      }
      // nor will it ever be made: a new attempt, as if there had been none
    }
    submit(item);
  }

  private void submit(BatchItem item) {
    Stop stopped = stop();
    if (stopped == null && !hasRoom()) {
      stop(Stop.NO_ROOM);
      stopped = Stop.NO_ROOM;
    }
    if (stopped != null) {
      tooDear.remove(item);
      board.end(item, BatchEnd.NOT_RUN, null, stopped.words());
      return;
    }
    String key = history.nextKey(item);
    SubmitOptions options =
        SubmitOptions.idempotencyKey(key)
            .clipTo(clips.claim(item))
            .onlyIf(() -> stop() == null); // it may have waited for others' calls
    String label = rules.label();
    options = label == null ? options : options.label(label);
    board.begin(item, key);
    GenerationDraft draft;
    try {
      draft = rules.ready().apply(item);
    } catch (IllegalArgumentException notStaged) {
      tooDear.remove(item);
      Stop why = stop();
      board.end(
          item,
          BatchEnd.NOT_RUN,
          null,
          why == Stop.INTERRUPTED ? why.words() : String.valueOf(notStaged.getMessage()));
      return;
    }
    Submission submission;
    try {
      submission = videos.submit(draft, options);
    } catch (IllegalStateException closed) {
      Stop why = stop();
      if (why != Stop.INTERRUPTED) {
        throw closed;
      }
      board.end(item, BatchEnd.NOT_RUN, null, why.words());
      return;
    }
    if (submission instanceof Submission.OverBudget over) {
      tooDear.put(item, over);
      board.putBack(item);
      return;
    }
    tooDear.remove(item);
    submission.match(
        job -> {
          Job last = follow(item, job);
          if (last != null) {
            conclude(item, last);
          }
          return job;
        },
        refused -> {
          refused(item, refused);
          return refused;
        },
        over -> over, // dealt with above
        job -> {
          conclude(item, job);
          return job;
        });
  }

  private void refused(BatchItem item, Submission.Refused refused) {
    Job job = refused.job();
    if (job != null && job.state() == JobState.REJECTED) {
      conclude(item, job);
      return;
    }
    ProviderFault fault = refused.fault();
    Stop stopped = stop();
    if (fault != null) { // it was not even tried, since another one has just been refused
      stop(why(fault));
      board.end(item, BatchEnd.NOT_RUN, null, fault.text());
    } else if (stopped != null && refused.violations().isEmpty()) {
      board.end(item, BatchEnd.NOT_RUN, null, stopped.words());
    } else {
      String rules =
          refused.violations().stream()
              .map(broken -> " [" + broken.rule().code() + "] " + broken.field())
              .collect(Collectors.joining());
      board.end(item, BatchEnd.REFUSED, null, refused.reason() + rules);
    }
  }

  /** Waits for a job; null if it was given up, which is on the board then. */
  private @Nullable Job follow(BatchItem item, Job begun) {
    board.show(item, begun);
    Job job = begun;
    Instant end = clock.instant().plus(rules.patience());
    String trouble = "";
    while (true) {
      if (stop() != null && job.state().isDue()) {
        takeBack(job);
      }
      Duration left = Duration.between(clock.instant(), end);
      try {
        return videos.await(job.id(), left.compareTo(GLANCE) < 0 ? positive(left) : GLANCE);
      } catch (StillRunningException e) {
        job = e.job();
        board.show(item, job);
        if (stop() == Stop.INTERRUPTED || !clock.instant().isBefore(end)) {
          return givenUp(item, job);
        }
      } catch (RetryLaterException e) {
        // it is paid for, and the service goes on trying: so do we
        String what = item.name() + ": " + e.getMessage() + "; still trying";
        if (!what.equals(trouble)) {
          trouble = what;
          notes.accept(what);
        }
      } catch (SeedanceException e) {
        Job last = videos.find(job.id()).orElse(job);
        BatchEnd how = last.state().isUnfinished() ? BatchEnd.NOT_FETCHED : BatchEnd.of(last);
        board.end(item, how, last, String.valueOf(e.getMessage()));
        return null;
      }
    }
  }

  private @Nullable Job givenUp(BatchItem item, Job job) {
    if (job.state().isDue()) {
      takeBack(job);
      Job last = videos.find(job.id()).orElse(job);
      if (!last.state().isUnfinished()) {
        return last;
      }
    }
    board.end(item, BatchEnd.of(job), job, BatchEnd.left(job));
    return null;
  }

  /** Of a job that nothing more happens to by itself. */
  private void conclude(BatchItem item, Job job) {
    BatchEnd how = BatchEnd.of(job);
    ProviderFault fault = job.fault().orElse(null);
    if (how == BatchEnd.UNKNOWN && !rules.keepGoing()) {
      stop(Stop.UNKNOWN_OUTCOME);
    } else if (how == BatchEnd.REFUSED && fault != null && endsAll(fault)) {
      stop(why(fault));
    } else if (how == BatchEnd.NOT_RUN) {
      stop(Stop.NOT_SENT);
    }
    Stop stopped = stop();
    String reason =
        how == BatchEnd.NOT_RUN && stopped != null ? stopped.words() : job.reason().orElse("");
    board.end(item, how, job, reason);
  }

  /** Whether whatever else is sent will be refused for the same reason. */
  private static boolean endsAll(ProviderFault fault) {
    return fault.kind() == ProviderFault.Kind.BALANCE
        || fault.kind() == ProviderFault.Kind.CREDENTIALS;
  }

  private static Stop why(ProviderFault fault) {
    return fault.kind() == ProviderFault.Kind.CREDENTIALS ? Stop.KEY_REFUSED : Stop.NO_CREDIT;
  }

  private boolean hasRoom() {
    try {
      ClipFile.requireRoom("--out-dir", rules.directory());
      return true;
    } catch (IllegalArgumentException full) {
      return false;
    }
  }

  private void takeBack(Job due) {
    try {
      videos.withdraw(due.id());
    } catch (IllegalStateException sent) {
      // it is being sent just now, and what comes of that will show
    }
  }

  private static String tooDear(Submission.OverBudget over) {
    return "it holds "
        + QuoteText.cents(over.quote().hold())
        + ", and "
        + over.limit()
        + " leaves "
        + QuoteText.centsLeft(over.left());
  }

  private static Duration positive(Duration left) {
    return left.isNegative() ? Duration.ZERO : left;
  }
}
