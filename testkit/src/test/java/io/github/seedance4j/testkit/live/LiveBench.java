package io.github.seedance4j.testkit.live;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent.Progress;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.InMemoryProvider;
import io.github.seedance4j.testkit.Pace;
import io.github.seedance4j.testkit.VirtualTime;
import io.github.seedance4j.testkit.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A live run on virtual time before a fake, and what it left behind. */
final class LiveBench implements AutoCloseable {

  static final String KEY = "th-live-5ecret-0123456789";

  final VirtualTime time = VirtualTime.at(Instant.parse("2026-11-22T12:00:00Z"));
  final FakeTokenHub hub =
      FakeTokenHub.builder()
          .clock(time.clock())
          .pace(Pace.of(Duration.ofSeconds(20), Duration.ofSeconds(60)))
          .billing(Billing.REAL_LENGTH)
          .seed(7)
          .start();
  final Path directory;
  final Path spending;
  final List<String> out = new CopyOnWriteArrayList<>();
  private final AutoCloseable rushing = time.rushing();

  LiveBench(Path directory) {
    this.directory = directory;
    this.spending = directory.resolve("home/spending.jsonl");
  }

  LiveEnd run() throws IOException {
    return run(real -> real);
  }

  LiveEnd run(UnaryOperator<Provider> with) throws IOException {
    return settings(with).build().run();
  }

  LiveRun.Builder settings(UnaryOperator<Provider> with) {
    return LiveRun.against(key -> with.apply(new Provider(hub, key)))
        .key(KEY)
        .cap(Money.usd("1.00"))
        .spendingFile(spending)
        .factsFile(directory.resolve("live-facts.json"))
        .clipDirectory(directory.resolve("clips"))
        .out(out::add)
        .time(time);
  }

  /** The spending file, line by line. */
  List<Map<?, ?>> lines() throws IOException {
    if (!Files.exists(spending)) {
      return List.of();
    }
    return Files.readAllLines(spending).stream().<Map<?, ?>>map(LiveBench::tree).toList();
  }

  List<Object> events() throws IOException {
    return lines().stream().<Object>map(line -> line.get("event")).toList();
  }

  Map<?, ?> last() throws IOException {
    List<Map<?, ?>> lines = lines();
    return lines.get(lines.size() - 1);
  }

  Money spent() throws IOException {
    return new Spending(spending, Money.usd("0").currency()).standing().spent();
  }

  /** What the last run's facts hold. */
  static Map<?, ?> facts(LiveEnd end) throws IOException {
    return tree(Files.readString(end.facts().orElseThrow()));
  }

  static Map<?, ?> tree(String json) {
    return (Map<?, ?>) JsonReader.read(json).tree();
  }

  /** How many creates the fake received, charged or not: each has its line in the ledger. */
  int creates() {
    return hub.ledger().charges().size();
  }

  @Override
  public void close() {
    try {
      rushing.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      hub.close();
    }
  }

  /** The fake in memory, for doubles to misbehave on top of. */
  static class Provider implements VideoProvider, VideoFetcher {
    final InMemoryProvider real;
    final String key;

    Provider(FakeTokenHub hub, String key) {
      this.real = hub.provider(key);
      this.key = key;
    }

    @Override
    public ProviderAccount account() {
      return real.account();
    }

    @Override
    public Create prepare(GenerationRequest request) {
      return real.prepare(request);
    }

    @Override
    public VideoTask task(TaskId id) {
      return real.task(id);
    }

    @Override
    public Clip fetch(String url, Path target, Consumer<Progress> progress) throws IOException {
      return real.fetch(url, target, progress);
    }
  }
}
