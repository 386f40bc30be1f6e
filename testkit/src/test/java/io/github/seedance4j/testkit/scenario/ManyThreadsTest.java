package io.github.seedance4j.testkit.scenario;

import static io.github.seedance4j.testkit.scenario.Stage.CAT;
import static io.github.seedance4j.testkit.scenario.Stage.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.generate.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many who submit, withdraw, resubmit and wait at random, before a provider that answers at random.
 * The same again: {@code -Dseedance4j.seed=N}; threads still take turns as they like.
 */
class ManyThreadsTest {

  private static final long SEED = Seeds.seed();
  private static final int JOBS = 150;
  private static final int THREADS = 12;
  private static final int ACTIONS = 6;
  private static final Money PRICE = Money.usd("1.00");

  @TempDir Path directory;

  private final RandomProvider provider = new RandomProvider();
  private final Map<JobId, Job> jobs = new ConcurrentHashMap<>();
  private final Queue<CompletableFuture<Job>> waiting = new ConcurrentLinkedQueue<>();

  /** Counts, by prompt, the calls after which there may be a charge. */
  private static final class RandomProvider implements VideoProvider {

    private final ScriptedProvider calm = new ScriptedProvider();
    private final Map<String, AtomicInteger> charges = new ConcurrentHashMap<>();
    private final Map<String, Random> dice = new ConcurrentHashMap<>();
    private final AtomicInteger tasks = new AtomicInteger();

    private int roll(String name, int sides) {
      return dice.computeIfAbsent(name, Seeds::random).nextInt(sides);
    }

    private int charges(String prompt) {
      return charges.getOrDefault(prompt, new AtomicInteger()).get();
    }

    private int charges() {
      return charges.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    @Override
    public ProviderAccount account() {
      return calm.account();
    }

    @Override
    public Create prepare(GenerationRequest request) {
      String prompt = request.draft().prompt().orElseThrow();
      return new Create() {
        @Override
        public String bodySha256() {
          return "digest of " + prompt;
        }

        @Override
        public CreateReply send() {
          int side = roll(prompt, 4);
          if (side == 0) {
            return new CreateReply.Broken(CreateReply.Phase.CONNECT, "down");
          }
          if (side == 1) {
            return new CreateReply.Answered(429, null, null, Duration.ofMillis(3));
          }
          charges.computeIfAbsent(prompt, p -> new AtomicInteger()).incrementAndGet();
          return side == 2
              ? new CreateReply.Answered(502, null, null, null)
              : ScriptedProvider.accepted("task-" + tasks.incrementAndGet());
        }
      };
    }

    @Override
    public VideoTask task(TaskId id) {
      boolean done = roll(id.value(), 3) == 0;
      TaskState state = done ? ScriptedProvider.succeeded() : new TaskState.Running();
      return new VideoTask(id, state, null, null);
    }
  }

  private void act(VideoGeneration videos, int number, int who) {
    Random random = Seeds.random("order " + number + " by " + who);
    GenerationDraft draft = CAT.toBuilder().prompt("cat " + number).build();
    Job job = Stage.jobOf(videos.submit(draft, SubmitOptions.idempotencyKey("order " + number)));
    jobs.put(job.id(), job);
    for (int i = 0; i < ACTIONS; i++) {
      try {
        switch (random.nextInt(4)) {
          case 0 -> videos.withdraw(job.id());
          case 1 -> videos.resolve(job.id(), new OutcomeResolution.ResubmitAcceptingSecondCharge());
          case 2 -> waiting.add(videos.awaitAsync(job.id(), Duration.ofSeconds(2)));
          default -> videos.await(job.id(), Duration.ofSeconds(random.nextInt(3)));
        }
      } catch (SeedanceException | IllegalStateException e) {
        continue; // too early, too late, or somebody else was faster: all as documented
      }
    }
  }

  private static void runAll(List<Runnable> tasks) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable task : tasks) {
        running.add(pool.submit(task));
      }
      for (Future<?> one : running) {
        one.get(20, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** Each ends, however it ends. */
  private static void endAll(Collection<CompletableFuture<Job>> all) throws Exception {
    for (CompletableFuture<Job> one : all) {
      try {
        one.get(20, TimeUnit.SECONDS);
      } catch (ExecutionException told) {
        assertThat(told.getCause()).as("seed %d", SEED).isInstanceOf(SeedanceException.class);
      }
    }
  }

  @Test
  @Timeout(60)
  void chargesWhatWasAgreedToAndLetsNobodyWaitForEver() throws Exception {
    PollPlan brisk =
        new PollPlan(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            1.2,
            Duration.ofMinutes(10),
            Duration.ofDays(3),
            Double.POSITIVE_INFINITY);
    try (VideoGeneration videos =
        VideoGenerationService.builder()
            .provider(provider)
            .fetcher(provider.calm)
            .clipFiles(job -> directory.resolve(job.id() + ".mp4"))
            .pollPlan(brisk)
            .sendWithin(Duration.ofSeconds(8))
            .time(new FastTime(100))
            .build()) {
      List<Runnable> tasks = new ArrayList<>();
      for (int i = 0; i < 2 * JOBS; i++) { // each order by two
        int number = i / 2;
        int who = i % 2;
        tasks.add(() -> act(videos, number, who));
      }
      runAll(tasks);
      assertThat(jobs).as("jobs of seed %d", SEED).hasSize(JOBS);
      endAll(waiting);
      endAll(jobs.keySet().stream().map(id -> videos.awaitAsync(id, LONG)).toList());
      for (JobId id : jobs.keySet()) {
        Job job = videos.find(id).orElseThrow();
        int charges = provider.charges(job.draft().prompt().orElseThrow());
        assertThat(job.state().isUnfinished()).as("seed %d: %s goes on", SEED, job).isFalse();
        assertThat(charges)
            .as("seed %d: charges of %s", SEED, job)
            .isLessThanOrEqualTo(job.authorisations());
        assertThat(job.counted().orElseThrow())
            .as("seed %d: what counts for %s", SEED, job)
            .isGreaterThanOrEqualTo(PRICE.times(charges));
      }
      // far from what chance alone can do: half of the calls are charged
      assertThat(provider.charges()).as("charges of seed %d", SEED).isGreaterThan(JOBS / 4);
      assertThat(videos.spend().total())
          .as("spend of seed %d", SEED)
          .isGreaterThanOrEqualTo(PRICE.times(provider.charges()));
    }
  }
}
