package io.github.seedance4j.adapter.store.load;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.adapter.http.tokenhub.TokenHubProvider;
import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.VideoGenerationBuilder;
import io.github.seedance4j.service.VideoGenerationService;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process whose threads submit as fast as they can, whatever is left of the budget. It says
 * {@code ready}, begins when it is told anything, says {@code accepted N over M other K}, and
 * follows its jobs until it is told to end.
 */
final class Buyers {

  private static final HttpOptions LOOPBACK = HttpOptions.builder().allowLoopback(true).build();
  private static final PollPlan PLAN =
      new PollPlan(
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          1.5,
          Duration.ofMinutes(10),
          Duration.ofDays(3),
          Double.POSITIVE_INFINITY);

  private final VideoGeneration videos;
  private final String name;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger over = new AtomicInteger();
  private final AtomicInteger other = new AtomicInteger();

  private Buyers(VideoGeneration videos, String name) {
    this.videos = videos;
    this.name = name;
  }

  /**
   * @param args base URL, journal, directory, name, threads, submissions of each, and how many
   *     create calls may be under way
   */
  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[4]);
    int each = Integer.parseInt(args[5]);
    try (VideoGeneration videos =
        service(URI.create(args[0]), args[1], Path.of(args[2]))
            .concurrency(Integer.parseInt(args[6]))
            .build()) {
      Buyers buyers = new Buyers(videos, args[3]);
      System.out.println("ready");
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      in.readLine();
      buyers.buy(threads, each);
      System.out.printf(
          "accepted %d over %d other %d%n",
          buyers.accepted.get(), buyers.over.get(), buyers.other.get());
      in.readLine();
    }
  }

  /** The whole chain. */
  static VideoGenerationBuilder service(URI hub, String journal, Path directory) {
    TokenHubProvider provider = TokenHub.provider(ApiKey.of("th-load"), hub, LOOPBACK);
    return VideoGenerationService.builder()
        .provider(provider)
        .journal(journal(journal))
        .clipFiles(job -> directory.resolve(job.id() + ".mp4"))
        .pollPlan(PLAN);
  }

  static JdbcJobJournal journal(String address) {
    return address.startsWith("jdbc:")
        ? JdbcJobJournal.postgres(address, "postgres", "")
        : JdbcJobJournal.sqlite(Path.of(address));
  }

  static GenerationDraft draft(String what) {
    return GenerationDraft.builder()
        .model(ModelId.SEEDANCE_2_0_FAST)
        .prompt(what)
        .resolution(Resolution.P480)
        .duration(Duration.ofSeconds(5))
        .build();
  }

  private void buy(int threads, int each) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String who = name + "-" + i;
      all.add(
          pool.submit(
              () -> {
                start.await();
                for (int number = 0; number < each; number++) {
                  buy(who + "-" + number);
                }
                return null;
              }));
    }
    pool.shutdown();
    for (Future<?> one : all) {
      one.get();
    }
  }

  private void buy(String what) {
    AtomicInteger count =
        videos
            .submit(draft("clip " + what), SubmitOptions.idempotencyKey(what))
            .match(job -> accepted, refused -> other, tooMuch -> over, unknown -> other);
    count.incrementAndGet();
  }
}
