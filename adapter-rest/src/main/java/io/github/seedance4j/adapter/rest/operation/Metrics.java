package io.github.seedance4j.adapter.rest.operation;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.JobPages;
import io.github.seedance4j.job.BudgetUse;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.in.VideoGeneration;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * {@code GET /metrics}: how the gateway fares, in Prometheus' text format, under names that stay.
 * Counts are this process's; what is said of jobs and money is the journal's, as it was when it was
 * last {@link #look looked at}. Thread-safe.
 */
public final class Metrics implements Consumer<JobEvent>, AutoCloseable {

  /** More are not counted: an alert has long been due. */
  private static final int MOST = 1_000;

  private static final int RATIO_DECIMALS = 4;
  private static final Set<JobState> UNFINISHED =
      Arrays.stream(JobState.values())
          .filter(JobState::isUnfinished)
          .collect(Collectors.toUnmodifiableSet());

  private final VideoGeneration videos;
  private final Clock clock;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<JobState, Counter> events = new EnumMap<>(JobState.class);
  private final Map<String, Timer> requests = new ConcurrentHashMap<>();
  private final MultiGauge caps;
  private volatile Seen seen = Seen.NOTHING;

  /** What the journal said. */
  private record Seen(
      double unknown,
      double unfinished,
      double oldest,
      double linkLeft,
      double spent,
      double held) {
    static final Seen NOTHING = new Seen(0, 0, 0, Double.NaN, 0, 0);
  }

  public Metrics(VideoGeneration videos, Condition condition, Room room, Clock clock) {
    this.videos = videos;
    this.clock = clock;
    for (JobState state : JobState.values()) {
      events.put(
          state,
          Counter.builder("seedance.job.changes")
              .description("Jobs that came to a state, in this process")
              .tag("state", state.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    gauge("seedance.jobs.unknown", "Jobs that may have been charged", () -> seen.unknown);
    gauge(
        "seedance.jobs.unfinished", "Jobs that something still happens to", () -> seen.unfinished);
    gauge(
        "seedance.jobs.oldest.seconds",
        "For how long the unfinished job waits that waits longest",
        () -> seen.oldest);
    gauge(
        "seedance.clip.link.seconds",
        "How long the paid clip that is fetched last has until its link dies",
        () -> seen.linkLeft);
    gauge(
        "seedance.money.spent",
        "What ended jobs cost, in the currency of the prices",
        () -> seen.spent);
    gauge("seedance.money.held", "What is held for the others", () -> seen.held);
    gauge("seedance.disk.free.bytes", "Room where clips and uploads lie", room::free);
    gauge("seedance.ready", "1 if paid work is taken, else 0", () -> condition.isReady() ? 1 : 0);
    caps =
        MultiGauge.builder("seedance.budget.used.ratio")
            .description("What is spent and held of a cap; 1 is all of it")
            .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
  }

  private void gauge(String name, String what, java.util.function.Supplier<Number> value) {
    Gauge.builder(name, value).description(what).register(registry);
  }

  @Override
  public void accept(JobEvent event) {
    Counter counter = events.get(event.state());
    if (event.download() == null && counter != null) {
      counter.increment();
    }
  }

  /** A request of that operation was answered. */
  public void answered(String operation, int status, long nanos) {
    requests
        .computeIfAbsent(
            operation + " " + status,
            key ->
                Timer.builder("seedance.http.requests")
                    .description("Requests, by operation and status")
                    .tags("operation", operation, "status", Integer.toString(status))
                    .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(50),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5))
                    .register(registry))
        .record(Duration.ofNanos(nanos));
  }

  /** Asks the journal. */
  public void look() {
    Instant now = clock.instant();
    double[] oldest = {0};
    double[] linkLeft = {Double.POSITIVE_INFINITY};
    int unfinished =
        JobPages.each(
            videos,
            JobQuery.all().in(UNFINISHED),
            MOST,
            job -> {
              oldest[0] =
                  Math.max(oldest[0], (double) Duration.between(job.createdAt(), now).toSeconds());
              job.linkDiesAt()
                  .map(dies -> (double) Duration.between(now, dies).toSeconds())
                  .ifPresent(left -> linkLeft[0] = Math.min(linkLeft[0], left));
            });
    Spend spend = videos.spend();
    seen =
        new Seen(
            JobPages.each(videos, JobQuery.all().in(Set.of(JobState.UNKNOWN)), MOST, job -> {}),
            unfinished,
            oldest[0],
            Double.isInfinite(linkLeft[0]) ? Double.NaN : linkLeft[0],
            spend.settled().amount().doubleValue(),
            spend.held().amount().doubleValue());
    caps.register(videos.budgets().stream().map(Metrics::row).toList(), true);
  }

  private static MultiGauge.Row<?> row(BudgetUse use) {
    String label = use.budget().label();
    Tags tags =
        Tags.of(
            "period",
            use.budget().period().name().toLowerCase(Locale.ROOT),
            "tenant",
            label == null ? "" : label);
    BigDecimal cap = use.budget().cap().amount();
    double ratio =
        cap.signum() == 0
            ? 1
            : use.spend()
                .total()
                .amount()
                .divide(cap, RATIO_DECIMALS, RoundingMode.HALF_UP)
                .doubleValue();
    return MultiGauge.Row.of(tags, ratio);
  }

  /** Answers the request. */
  public void tell(Context request, Caller caller) {
    request.contentType("text/plain; version=0.0.4; charset=utf-8").result(scrape());
  }

  /** All of it, as Prometheus reads it. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
