package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.GENERATIONS;
import static io.github.seedance4j.adapter.rest.GatewayBench.PROMPT;
import static io.github.seedance4j.adapter.rest.SmallDisk.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.ClipDownloads;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.testkit.assertion.LedgerAssertions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Journal, clips and uploads on one disk that fills up: nothing is paid that finds no room, nothing
 * that was paid is lost, and it goes on by itself once there is room.
 */
class FullDiskTest {

  private static final long CLIP = 64 * MIB;

  @TempDir private Path folder;
  private final Gate gate = new Gate();
  private SmallDisk disk;
  private GatewayBench bench;
  private Client acme;

  /** Holds downloads up until it is opened, and counts those that the disk refused. */
  private static final class Gate implements VideoFetcher, AutoCloseable {
    private final ClipDownloads downloads =
        ClipDownloads.open(HttpOptions.builder().allowLoopback(true).build());
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger refused = new AtomicInteger();

    @Override
    public Clip fetch(String url, Path target, Consumer<JobEvent.Progress> progress)
        throws IOException {
      try {
        if (!open.await(1, TimeUnit.MINUTES)) {
          throw new IllegalStateException("nobody opened it");
        }
        return downloads.fetch(url, target, progress);
      } catch (FileSystemException full) {
        refused.incrementAndGet();
        throw full;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      open.countDown();
      downloads.close();
    }
  }

  private void open(long mebibytes, long minFree) throws IOException {
    disk = SmallDisk.mount(folder.resolve("disk"), mebibytes);
    bench =
        GatewayBench.open(
            disk.root(),
            JdbcJobJournal.sqlite(disk.root().resolve("jobs.db")),
            service -> service.fetcher(gate),
            gateway -> gateway.minFree(minFree).journal(disk.root().resolve("jobs.db")));
    acme = bench.tenant("acme");
  }

  @AfterEach
  void close() throws IOException {
    gate.close();
    if (bench != null) {
      bench.close();
    }
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void takesNoPaidWorkBelowTheWatermark() throws Exception {
    gate.open.countDown();
    open(256, 32 * MIB);
    String earlier = acme.create(PROMPT).id();
    assertThat(acme.ended(earlier).at("status")).isEqualTo("succeeded");
    assertThat(eventually(this::isReady)).isTrue();

    disk.fillUpTo(32 * MIB + CLIP - 4 * MIB);
    Answer refused = acme.create(PROMPT + " again");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.at("error.code")).isEqualTo("disk-low");
    assertThat(refused.header("Retry-After")).isEqualTo("30");
    assertThat(eventually(() -> !isReady())).isTrue();
    assertThat(acme.get("/ready").at("disk")).isEqualTo("low");
    assertThat(acme.get(GENERATIONS + "/" + earlier).at("status")).isEqualTo("succeeded");
    assertThat(acme.get(GENERATIONS).at("data.1")).isNull();
    assertThat(acme.post("/api/v1/videos/quotes", GatewayBench.request(PROMPT)).status())
        .isEqualTo(200);
    assertThat(bench.hub.ledger().charges()).hasSize(1);

    disk.empty();
    assertThat(acme.create(PROMPT + " again").status()).isEqualTo(200);
    assertThat(eventually(this::isReady)).isTrue();
    endsWell(2);
  }

  /** Else all that is accepted within a render's time would find no room together. */
  @Test
  void setsRoomAsideForClipsThatAreStillToCome() throws Exception {
    open(512, CLIP); // room for six clips besides
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      statuses.add(acme.create(PROMPT + " " + i).status());
    }
    assertThat(statuses).containsExactly(200, 200, 200, 200, 200, 200, 503, 503, 503, 503);
    assertThat(eventually(() -> !isReady())).isTrue(); // by what the journal says, too
    assertThat(acme.create(PROMPT + " late").at("error.code")).isEqualTo("disk-low");

    gate.open.countDown();
    assertThat(eventually(() -> acme.create(PROMPT + " later").status() == 200)).isTrue();
    assertThat(eventually(this::isReady)).isTrue();
    endsWell(7);
  }

  /** With nobody watching, and none to a hundred blocks left for the journal and the clip. */
  @Test
  void chargesNothingThatItCantRecord() throws Exception {
    gate.open.countDown();
    open(8, 0);
    List<Answer> answers = new ArrayList<>();
    for (int blocks = 0; blocks < 100; blocks += 4) {
      disk.fillUpTo(blocks * 4096L);
      Answer answer = acme.create(PROMPT + " with " + blocks);
      answers.add(answer);
      assertThat(acme.get(GENERATIONS).status()).isEqualTo(200);
      if (answer.status() == 200) {
        assertThat(acme.get(GENERATIONS + "/" + answer.id()).status()).isEqualTo(200);
      }
      disk.empty();
    }
    Set<Integer> kinds = new TreeSet<>(answers.stream().map(Answer::status).toList());
    assertThat(kinds)
        .as(() -> answers.stream().map(a -> a.status() + " " + a.text()).toList().toString())
        .containsExactly(200, 503);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 503)
        .allSatisfy(
            refused -> {
              assertThat(refused.header("Retry-After")).isNotEmpty();
              assertThat(refused.text()).doesNotContain(folder.toString());
            });
    assertThat(acme.create(PROMPT + " at last").status()).isEqualTo(200);
    endsWell(1 + (int) answers.stream().filter(answer -> answer.status() == 200).count());
  }

  @Test
  void fetchesWhatWasPaidOnceThereIsRoom() throws Exception {
    open(8, 0);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(acme.create(PROMPT + " " + i).id());
    }
    assertThat(eventually(() -> in(JobState.SUCCEEDED) == 5)).isTrue();

    disk.fillUpTo(0);
    gate.open.countDown();
    assertThat(eventually(() -> gate.refused.get() >= 10)).isTrue();
    for (String id : ids) {
      assertThat(acme.get(GENERATIONS + "/" + id).at("status")).isEqualTo("running");
    }
    assertThat(acme.create(PROMPT + " now").status()).isEqualTo(503);
    assertThat(in(JobState.SUCCEEDED)).isEqualTo(5);

    disk.empty();
    assertThat(eventually(() -> in(JobState.STORED) == 5)).isTrue();
    assertThat(acme.create(PROMPT + " now").status()).isEqualTo(200);
    assertThat(eventually(this::isReady)).isTrue();
    endsWell(6);
  }

  private boolean isReady() {
    return acme.get("/ready").status() == 200;
  }

  private long in(JobState state) {
    return bench.videos.list(JobQuery.all().in(Set.of(state))).size();
  }

  /** So many were charged, are in the journal, and lie on the disk, whole. */
  private void endsWell(int charged) {
    assertThat(eventually(() -> in(JobState.STORED) + in(JobState.UNKNOWN) == charged)).isTrue();
    List<Job> jobs = bench.videos.list(JobQuery.all());
    assertThat(jobs).noneMatch(job -> job.state().isUnfinished());
    for (Job job : jobs) {
      if (job.state() == JobState.STORED) {
        assertThat(job.clip().orElseThrow().path())
            .hasBinaryContent(bench.hub.clip(job.taskId().orElseThrow().value()));
      }
    }
    assertThat(bench.hub.ledger().charges()).hasSize(charged);
    LedgerAssertions.assertThat(bench.hub.ledger())
        .hasNoChargeWithoutAJob(jobs)
        .neverChargedMoreOftenThanAuthorised(jobs)
        .isCoveredBy(bench.videos.spend());
  }

  private static boolean eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() - end < 0) {
      if (condition.getAsBoolean()) {
        return true;
      }
      LockSupport.parkNanos(5_000_000);
    }
    return condition.getAsBoolean();
  }
}
