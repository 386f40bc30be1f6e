package io.github.seedance4j.adapter.rest.events;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.Places;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.adapter.rest.generation.Generations;
import io.github.seedance4j.adapter.rest.generation.JobView;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.tenant.AccessKey;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET …/{id}/events} and {@code GET …/events}: what happens to jobs, as Server-Sent Events.
 * Fed by the service, and by looking at the journal, where other gateways write. Two threads serve
 * every stream, and neither waits for a client. Thread-safe.
 *
 * <p>One job's stream gives its state now and every newer one seen, and ends with the job; with
 * {@code Last-Event-ID} nothing is told again. The stream of all begins at now, or at {@code
 * Last-Event-ID}: every job that changed since is told at least once in its newest state, or a
 * {@code reset} says that it can't be: list anew then.
 */
public final class EventStreams implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.gateway");
  private static final int IN_ALL = 1_000;
  private static final int EACH_KEY = 32;
  private static final String LAST = "Last-Event-ID";

  /** By how much clocks of gateways, and commits of a journal, may be apart. */
  private static final Duration OVERLAP = Duration.ofSeconds(10);

  private final VideoGeneration videos;
  private final AccessKeys keys;
  private final JobView view;
  private final Clock clock;
  private final StreamTimes times;
  private final Places places;
  private final JournalLook journal;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService telling = thread("gateway-events");
  private final ScheduledExecutorService looking = thread("gateway-events-journal");
  private volatile boolean closed;

  public EventStreams(
      VideoGeneration videos, AccessKeys keys, JobView view, Clock clock, StreamTimes times) {
    this.videos = videos;
    this.keys = keys;
    this.view = view;
    this.clock = clock;
    this.times = times;
    this.places = new Places("event streams are open", IN_ALL, EACH_KEY);
    this.journal = new JournalLook(videos, view);
    every(telling, times.heartbeat(), () -> open.forEach(stream -> stream.pipe().beat()));
    every(looking, times.look(), this::look);
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void every(ScheduledExecutorService thread, Duration interval, Runnable task) {
    long nanos = interval.toNanos();
    var unused =
        thread.scheduleWithFixedDelay(() -> guarded(task), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "event streams", e); // the next round may fare better
    }
  }

  /** Takes in what the service tells. Never waits. */
  public void heard(JobEvent event) {
    if (open.isEmpty()) {
      return;
    }
    try {
      telling.execute(() -> guarded(() -> tell(event)));
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "an event came after the end");
    }
  }

  private void tell(JobEvent event) {
    Change change = new Change(event.job(), view);
    JobEvent.Progress progress = event.download();
    for (EventStream stream : open) {
      if (stream.isOf(event.job())) {
        stream.changed(change);
        if (progress != null) {
          stream.progressed(event, progress);
        }
      }
    }
  }

  private void look() {
    if (open.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Set<String> counting =
        keys.list().stream()
            .filter(key -> key.revoked().isEmpty())
            .map(AccessKey::id)
            .collect(Collectors.toSet());
    for (EventStream stream : open) {
      if (!counting.contains(stream.keyId())) {
        stream.pipe().cut();
      } else if (!now.isBefore(stream.ends())) {
        stream.pipe().end();
      }
    }
    journal.look(List.copyOf(open));
  }

  /** {@code GET …/{id}/events}. */
  public void watchOne(Context request, Caller caller) {
    Job job = Generations.find(videos, request.pathParam("id"), caller);
    Long last = number(request.header(LAST));
    boolean known = last != null && last == job.version();
    if (known && job.state().isEnded()) {
      request.status(204); // which tells a browser to come back no more
      return;
    }
    EventPipe pipe = new EventPipe(Frame::hello);
    OneJob stream =
        new OneJob(caller.key().id(), ends(), pipe, job.id(), known ? job.version() : 0);
    open(request, stream);
    stream.seen(new Change(job, view));
  }

  /** {@code GET …/events}. */
  public void watchAll(Context request, Caller caller) {
    Instant now = clock.instant();
    String header = request.header(LAST);
    Long last = number(header);
    Instant cursor = last == null ? now : Instant.ofEpochMilli(Math.min(last, now.toEpochMilli()));
    Instant since = cursor.minus(OVERLAP);
    EventPipe pipe = new EventPipe(() -> Frame.reset(cursor(clock.instant())));
    ManyJobs stream = new ManyJobs(caller.key().id(), ends(), pipe, caller.only(), since);
    open(request, stream);
    try {
      Optional<List<Job>> missed = JournalLook.since(videos, caller.only(), since, now);
      boolean reset = missed.isEmpty() || (header != null && last == null);
      pipe.put(reset ? Frame.reset(cursor(now)) : Frame.ready(cursor(cursor)));
      missed.orElse(List.of()).forEach(job -> stream.seen(new Change(job, view)));
    } catch (RuntimeException e) {
      pipe.cut(); // there will be no answer to end it with
      throw e;
    }
  }

  private static String cursor(Instant moment) {
    return Long.toString(moment.toEpochMilli());
  }

  private Instant ends() {
    return clock.instant().plus(times.life());
  }

  /** From here on it is told of changes, which wait until the answer begins. */
  private void open(Context request, EventStream stream) {
    Places.Place place = places.take(stream.keyId());
    stream.pipe().put(Frame.hello());
    open.add(stream);
    var unused =
        stream
            .pipe()
            .done()
            .whenComplete(
                (nothing, failure) -> {
                  open.remove(stream);
                  place.close();
                });
    if (closed) {
      stream.pipe().cut();
      throw Problem.of(ProblemType.DRAINING, "The gateway is ending: come back in a moment.")
          .retryAfter(OVERLAP)
          .refusal();
    }
    request
        .contentType("text/event-stream")
        .header("Cache-Control", "no-store")
        .header("X-Accel-Buffering", "no")
        .header("X-Content-Type-Options", "nosniff");
    request.future(() -> stream.pipe().begin(request));
  }

  private static @Nullable Long number(@Nullable String header) {
    return header != null && header.matches("\\d{1,15}") ? Long.valueOf(header) : null;
  }

  /** Takes no new streams, and ends those that there are. */
  @Override
  public void close() {
    closed = true;
    looking.shutdownNow();
    telling.shutdown(); // what the service told until now is still told
    try {
      telling.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(stream -> stream.pipe().end());
  }
}
