package io.github.seedance4j.adapter.cli.bootstrap;

import static io.github.seedance4j.testkit.assertion.LedgerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.ledger.Charge;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.standalone.HubProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A batch that is killed again and again, each time at another instant, beside a fake of its own
 * that takes its time; after each kill the fake's ledger and the journal, as the dead process left
 * it, are held against each other.
 */
final class DoomedBatch implements AutoCloseable {

  static final int LINES = 50;

  /** What a process that was killed ends with. */
  private static final int KILLED = 128 + 9;

  private static final Currency USD = Currency.getInstance("USD");

  /** Without a pause, that is; the byte at a time takes long enough. */
  private static final Duration DRIP = Duration.ofNanos(1);

  final Tally tally = new Tally();
  private final Path directory;
  private final Path out;
  private final Random random;
  private final HubProcess hub;
  private final String story;

  /** Every job that was ever seen, by its key. */
  private final Map<String, JobId> known = new HashMap<>();

  /** Those whose create was under way at a kill. */
  private final Set<JobId> cut = new HashSet<>();

  private final Set<JobId> sentAgain = new HashSet<>();
  private final Map<String, String> digests = new HashMap<>();
  private Set<String> parts = Set.of();

  /** What came of it, to be added up. */
  static final class Tally {
    int kills;
    int duringCreate;
    int duringDownload;
    int jobs;
    int charges;
    int doubleCharges;
    int lost;
    int unknownCharged;
    int unknownFree;

    void add(Tally other) {
      kills += other.kills;
      duringCreate += other.duringCreate;
      duringDownload += other.duringDownload;
      jobs += other.jobs;
      charges += other.charges;
      doubleCharges += other.doubleCharges;
      lost += other.lost;
      unknownCharged += other.unknownCharged;
      unknownFree += other.unknownFree;
    }

    @Override
    public String toString() {
      return kills
          + " kills ("
          + duringCreate
          + " during a create, "
          + duringDownload
          + " during a download), "
          + jobs
          + " jobs, "
          + charges
          + " charges, "
          + doubleCharges
          + " double charges, "
          + lost
          + " lost, "
          + (unknownCharged + unknownFree)
          + " unknown ("
          + unknownCharged
          + " of them charged)";
    }
  }

  /** The journal at an instant, and the ledger just before. */
  private record View(Ledger ledger, List<Job> jobs, Spend spend) {
    Set<JobId> in(JobState state) {
      return jobs.stream()
          .filter(job -> job.state() == state)
          .map(Job::id)
          .collect(Collectors.toSet());
    }
  }

  DoomedBatch(Path directory, int number, Random random, String story) throws IOException {
    this.directory = directory;
    this.out = directory.resolve("out");
    this.random = random;
    this.story = story;
    List<String> lines = new ArrayList<>();
    for (int line = 1; line <= LINES; line++) {
      lines.add(
          "{\"id\":\"s"
              + line
              + "\",\"model\":\"fast\",\"resolution\":\"480p\",\"duration\":4,\"prompt\":\"clip "
              + line
              + " of batch "
              + number
              + "\"}");
    }
    Files.write(directory.resolve("shots.jsonl"), lines);
    this.hub =
        HubProcess.builder()
            .billing(Billing.REAL_LENGTH)
            .taskTime(Duration.ofMillis(300))
            .seed(random.nextInt(1_000_000))
            .start();
    hub.sometimes(0.3, delay(20));
    hub.sometimes(0.2, delay(120), new FileFault.DripsFile(1, DRIP));
    hub.sometimes(0.2, delay(400), new FileFault.CutsFile(1));
    hub.sometimes(0.1, new FileFault.DripsFile(2, DRIP));
  }

  private static CreateFault delay(int millis) {
    return new CreateFault.DelaysAnswer(Duration.ofMillis(millis));
  }

  /** Kills one run of it at some instant; false if that run came to its end before. */
  boolean kill() throws IOException, InterruptedException {
    int before = charges();
    Process process = start();
    try {
      if (random.nextInt(3) == 0) { // as it starts, as it takes up what there is
        process.waitFor(random.nextInt(1_200), TimeUnit.MILLISECONDS);
      } else {
        int more = 1 + random.nextInt(6);
        while (charges() < before + more && !process.waitFor(1, TimeUnit.MILLISECONDS)) {
          // until it has come that far, or has ended
        }
        process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    if (process.exitValue() != KILLED) {
      assertThat(process.exitValue()).as(this::told).isIn(0, 7);
      return false;
    }
    tally.kills++;
    View view = look();
    if (cut.addAll(view.in(JobState.INTENDED))) {
      tally.duringCreate++;
    }
    Set<String> now = parts();
    if (!parts.containsAll(now)) {
      tally.duringDownload++;
    }
    parts = now;
    return true;
  }

  /** Runs it to its end, has a person resolve what is unknown, and counts everything. */
  void finish() throws IOException, InterruptedException {
    int exit = end(start());
    View view = look();
    assertThat(exit).as(this::told).isEqualTo(cut.isEmpty() ? 0 : 7);
    // what was under way is unknown for good, and nothing else is
    assertThat(view.in(JobState.UNKNOWN)).as(this::told).isEqualTo(cut);
    assertThat(view.jobs()).as(this::told).hasSize(LINES);
    assertThat(view.in(JobState.STORED)).as(this::told).hasSize(LINES - cut.size());
    for (Job job : view.jobs()) {
      if (job.state() == JobState.UNKNOWN) {
        assertThat(view.ledger()).chargedAtMostOnce(job);
        resolve(job, view.ledger());
      } else {
        assertThat(view.ledger()).chargedExactlyOnce(job);
      }
    }
    assertThat(end(start())).as(this::told).isZero();
    View stored = look();
    settle(stored.jobs(), stored.ledger());
    View last = look();
    count(last);
    assertThat(last.jobs()).as(this::told).allMatch(job -> job.state() == JobState.STORED);
    assertThat(last.ledger()).chargedTimes(LINES).agreesWith(last.spend());
    Set<Path> clips =
        last.jobs().stream()
            .map(job -> job.clip().orElseThrow().path().toAbsolutePath().normalize())
            .collect(Collectors.toSet());
    assertThat(clips).hasSize(LINES);
    assertThat(filesOfClips()).as(this::told).isEqualTo(clips);
    assertThat(parts()).as(this::told).isEmpty();
  }

  /** As a person does who looks into the provider's account. */
  private void resolve(Job job, Ledger ledger) {
    List<Charge> charges = ledger.chargesForDigest(job.bodySha256().orElseThrow());
    if (charges.isEmpty()) {
      tally.unknownFree++;
      sentAgain.add(job.id());
      command("resolve", job.id().value(), "--resubmit", "--accept-second-charge");
    } else {
      tally.unknownCharged++;
      String task = Objects.requireNonNull(charges.get(0).taskId());
      command("resolve", job.id().value(), "--attach", task);
    }
  }

  /** What was sent twice counts twice, until somebody says what was charged. */
  private void settle(List<Job> jobs, Ledger ledger) {
    for (Job job : jobs) {
      if (sentAgain.contains(job.id())) {
        String cost = ledger.costOfDigest(job.bodySha256().orElseThrow()).toPlainString();
        command("settle", job.id().value(), "--charged", cost);
      }
    }
  }

  private void command(String... words) {
    CommandRun.Result said =
        CommandRun.in(directory)
            .set("TOKENHUB_BASE_URL", hub.baseUrl().toString())
            .set("TOKENHUB_API_KEY", BatchProcess.KEY)
            .set("SEEDANCE_ALLOW_LOOPBACK", "true")
            .run(
                Stream.concat(Stream.of(words), Stream.of("--journal", "jobs.db"))
                    .toArray(String[]::new));
    assertThat(said.exit()).as(said.err()).isZero();
  }

  private void count(View last) {
    tally.jobs += last.jobs().size();
    tally.lost += LINES - last.jobs().size();
    tally.charges += last.ledger().charges().size();
    tally.doubleCharges +=
        last.ledger().charges().size()
            - (int) last.ledger().charges().stream().map(Charge::digest).distinct().count();
  }

  /** What holds at every instant. */
  private View look() throws IOException {
    View view = view();
    assertThat(view.ledger())
        .neverChargedMoreOftenThanAuthorised(view.jobs())
        .hasNoChargeWithoutAJob(view.jobs())
        .isCoveredBy(view.spend());
    Map<String, JobId> now = new HashMap<>();
    for (Job job : view.jobs()) {
      assertThat(now.put(job.idempotencyKey().orElseThrow(), job.id())).as(this::told).isNull();
    }
    assertThat(now).as(this::told).containsAllEntriesOf(known);
    known.putAll(now);
    assertThat(cut).as(this::told).containsAll(view.in(JobState.UNKNOWN));
    assertWhole(view.jobs());
    return view;
  }

  /** Each file with the name of a clip is one whole clip; each stored job has its own. */
  private void assertWhole(List<Job> jobs) throws IOException {
    Map<Path, Job> byFile = new HashMap<>();
    for (Job job : jobs) {
      Clip clip = job.clip().orElse(null);
      if (clip != null) {
        assertThat(clip.sha256()).as(this::told).isEqualTo(sent(job));
      }
      if (job.state() == JobState.STORED) {
        assertThat(clip).as(this::told).isNotNull();
        assertThat(clip.path()).isRegularFile();
      }
      job.clip()
          .map(Clip::path)
          .or(job::clipTarget)
          .ifPresent(path -> byFile.put(path.toAbsolutePath().normalize(), job));
    }
    for (Path file : filesOfClips()) {
      assertThat(byFile).as(this::told).containsKey(file);
      String digest = sha256(Files.readAllBytes(file));
      assertThat(digest).as(this::told).isEqualTo(sent(byFile.get(file)));
    }
  }

  /** The provider's own copy, past all that a download meets with. */
  private String sent(Job job) throws IOException {
    String task = job.taskId().orElseThrow().value();
    String digest = digests.get(task);
    if (digest == null) {
      try (InputStream in =
          hub.baseUrl().resolve("/_fake/clips/" + task + ".mp4").toURL().openStream()) {
        digest = sha256(in.readAllBytes());
      }
      digests.put(task, digest);
    }
    return digest;
  }

  /**
   * A copy, so that the next run finds the journal as the dead one left it: its log not folded in.
   */
  private View view() throws IOException {
    Ledger ledger = hub.ledger();
    Path copy = directory.resolve("look").resolve("jobs.db");
    Files.createDirectories(copy.getParent());
    for (String name : List.of("jobs.db", "jobs.db-wal")) {
      Files.deleteIfExists(copy.resolveSibling(name));
      if (Files.exists(directory.resolve(name))) {
        Files.copy(directory.resolve(name), copy.resolveSibling(name));
      }
    }
    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(copy)) {
      return new View(
          ledger, journal.list(JobQuery.all()), journal.spend(Instant.EPOCH, USD, null));
    }
  }

  private int charges() throws IOException {
    return Ledger.read(hub.ledgerFile()).charges().size();
  }

  private Set<Path> filesOfClips() throws IOException {
    try (Stream<Path> files = Files.exists(out) ? Files.list(out) : Stream.empty()) {
      return files
          .filter(file -> file.toString().endsWith(".mp4"))
          .map(file -> file.toAbsolutePath().normalize())
          .collect(Collectors.toSet());
    }
  }

  /** What is half there, and how much of it. */
  private Set<String> parts() throws IOException {
    Set<String> parts = new HashSet<>();
    try (Stream<Path> files = Files.exists(out) ? Files.list(out) : Stream.empty()) {
      for (Path file : files.filter(each -> each.toString().endsWith(".mp4.part")).toList()) {
        parts.add(file.getFileName() + " " + Files.size(file));
      }
    }
    return parts;
  }

  private Process start() throws IOException {
    return BatchProcess.start(directory, hub.baseUrl(), "-c", "8");
  }

  private int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(this::told).isTrue();
    return process.exitValue();
  }

  private String told() {
    return story + ", after kill " + tally.kills + "; it said: " + BatchProcess.said(directory);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void close() {
    hub.close();
  }
}
