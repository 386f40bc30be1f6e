package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.ClipName;
import io.github.seedance4j.adapter.cli.command.Commands;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.Sidecar;
import io.github.seedance4j.adapter.cli.command.TaskCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.digest.Sha256;
import io.github.seedance4j.adapter.cli.request.CostSetting;
import io.github.seedance4j.adapter.cli.request.EarlierClips;
import io.github.seedance4j.adapter.cli.request.MediaFlags;
import io.github.seedance4j.adapter.cli.request.ProbeFlag;
import io.github.seedance4j.adapter.cli.request.Sources;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Setting;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Strictness;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes every clip of a file, under one budget; run again, it goes on where it was. */
public final class BatchCommand extends TaskCommand implements EarlierClips.Source {

  private static final Duration SEND_WITHIN = Duration.ofMinutes(10);
  private static final int USUAL_CONCURRENCY = 4;
  private static final int MOST_AT_ONCE = 64;
  private static final int MOST_TAKES = 100;
  private static final int LONGEST_LABEL = 80;
  private static final int MOST_NAMED = 5;
  private static final String RETRY = "--retry-failed";

  private final MediaFlags files;
  private final Flag<String> file;
  private final Flag<String> directory;
  private final Flag<BigDecimal> budget;
  private final Flag<Integer> concurrency;
  private final Flag<Integer> takes;
  private final Flag<Boolean> dryRun;
  private final Flag<Boolean> keepGoing;
  private final Flag<Boolean> retryFailed;
  private final Flag<String> results;
  private final Flag<String> label;
  private final Flag<Boolean> relaxed;
  private final Flag<Duration> taskSeconds;
  private final Flag<Duration> timeout;
  private @Nullable BatchPlan planned;

  public BatchCommand(Surroundings around, Workshop workshop) {
    super(
        "batch",
        "Make every clip of a file, under one budget. Run again, it goes on where it was and pays"
            + " nothing twice.",
        around,
        workshop,
        "%nExample, with a line such as",
        "  {\"id\":\"cat\",\"model\":\"fast\",\"prompt\":\"a cat on a roof\",\"duration\":5}",
        "in shots.jsonl, or the same names as columns of a shots.csv:",
        "  seedance batch shots.jsonl --out-dir shots --dry-run",
        "  seedance batch shots.jsonl --out-dir shots --budget 20.00",
        "%nExit: 0 all stored, else the worst of: 7 unknown, 9 not fetched, 5 failed,",
        "4 refused, 8 over budget, 6 not run or still running.");
    files = new MediaFlags(flags, around, workshop);
    file = flags.argument("FILE", "Requests, a line each: .jsonl, or .csv with a header.");
    directory =
        flags.text("DIR", "Where clips and results.jsonl go; made if need be.", "--out-dir");
    budget =
        flags.converted(
            BigDecimal.class,
            new Values.Amount(),
            "USD",
            "Agree to spend that much on this file, over all runs; nothing is asked.",
            "--budget");
    concurrency =
        flags.converted(
            Integer.class,
            new Values.UpTo(MOST_AT_ONCE),
            "N",
            "How many clips are under way at once. Default: 4.",
            "-c",
            "--concurrency");
    takes =
        flags.converted(
            Integer.class,
            new Values.UpTo(MOST_TAKES),
            "N",
            "Make each line N times. Default: 1.",
            "--takes");
    dryRun =
        flags.toggle("Price every line and say what is done already; send nothing.", "--dry-run");
    keepGoing = flags.toggle("Don't stop sending after an unknown outcome.", "--keep-going");
    retryFailed =
        flags.toggle("Pay again for what failed and may have been charged before.", RETRY);
    results = flags.text("FILE", "Where results go. Default: DIR/results.jsonl.", "--results");
    label =
        flags.converted(
            String.class,
            new Values.Label(),
            "NAME",
            "What to label the jobs; the budget counts all of that label. Default: one of the"
                + " file's own.",
            "--label");
    relaxed =
        flags.toggle(
            "Advise against what only the model's maker forbids, instead of refusing it.",
            "--relaxed");
    taskSeconds = flags.taskSeconds();
    timeout = timeout();
  }

  @Override
  public Workshop.Bench earlierJobs() {
    return look();
  }

  @Override
  public void tell(String what) {
    talk().say(what);
  }

  @Override
  public String whereToLook(String name) {
    return place.whereToLook(workshop, name);
  }

  @Override
  public boolean takesFiles() {
    return place.isOwnSandbox() || files.canStage();
  }

  @Override
  public Integer call() {
    String out = directory.value() == null ? usualDirectory() : directory.value();
    if (file.value() == null) {
      throw usage("name the file: " + command("batch", "FILE", "--out-dir", "DIR"));
    }
    if (out == null && !dryRun.or(false)) {
      throw usage("--out-dir: say where the clips go");
    }
    boolean free = place.isOwnSandbox();
    if (!free && taskSeconds.value() != null) {
      throw usage("--task-seconds is for --sandbox: the provider takes its own time");
    }
    ModelCatalog catalog = workshop.catalog();
    BatchFile.Contents contents = judging(() -> read(catalog));
    BatchPlan plan =
        BatchPlan.of(
            contents,
            RequestRules.of(catalog),
            strictness(),
            tariff(),
            takes.or(1),
            free ? "sandbox" : Access.address(around),
            this::words,
            media -> judging(() -> files.judged(media)));
    plan.advice().forEach(talk()::note);
    if (!plan.problems().isEmpty()) {
      return invalid(plan.problems());
    }
    BatchHistory history = history(plan);
    List<BatchLine.Problem> conflicts = history.conflicts(plan.items(), workshop);
    if (!conflicts.isEmpty()) {
      return invalid(conflicts);
    }
    doubt(history.doubts(plan.items()));
    if (dryRun.or(false)) {
      return new BatchForecast(plan, history).show(this, talk());
    }
    if (!free && budget.value() == null) {
      BatchPlan.Sum sum = plan.sum();
      throw usage(
          "the whole file may cost "
              + sum
              + ": agree to it with --budget "
              + QuoteText.plainCents(sum.hold())
              + ", or to less");
    }
    judging(() -> requireWays(plan, history, free));
    if (!free) {
      List<BatchLine.Problem> tooDear = tooDear(plan, history);
      if (!tooDear.isEmpty()) {
        return refused(tooDear, ExitCode.OVER_COST);
      }
    }
    Path directory = judging(() -> outDirectory(Objects.requireNonNull(out)));
    Access access = free ? null : accessForClips();
    return make(plan, history, directory, access);
  }

  private void doubt(Set<String> files) {
    if (!files.isEmpty()) {
      talk()
          .note(
              files.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                  + (files.size() > MOST_NAMED ? ", …" : "")
                  + " changed after the request of that id was sent, which stands: what is another"
                  + " picture or clip needs another id");
    }
  }

  private BatchFile.Contents read(ModelCatalog catalog) {
    EarlierClips clips = new EarlierClips(around, this);
    try (ProbeFlag.Look look = files.begin(clips, talk())) {
      return BatchFile.read(around, file.or(""), catalog, clips, look, this::isMade);
    }
  }

  /** Whether nothing more is to be done about a line of that id, so that its files may be gone. */
  private boolean isMade(String id) {
    String key = new BatchKeys(place.isOwnSandbox() ? "sandbox" : Access.address(around)).ofId(id);
    try (Workshop.Bench bench = look()) {
      return BatchHistory.hasEnded(key, takes.or(1), bench.videos(), retryFailed.or(false));
    }
  }

  /** What is made already needs none. */
  private void requireWays(BatchPlan plan, BatchHistory history, boolean free) {
    for (BatchItem item : plan.items()) {
      if (history.job(item) == null) {
        files.requireWay(item.line().media(), "line " + item.line().number() + ": ", free);
      }
    }
  }

  /** The takes of a line share what was staged for it. */
  private Function<BatchItem, GenerationDraft> ready(boolean free) {
    if (free && !files.isRehearsed()) {
      return item -> item.request().draft();
    }
    Map<BatchLine, GenerationDraft> ready = new ConcurrentHashMap<>();
    return item ->
        ready.computeIfAbsent(item.line(), line -> files.ready(line.media(), talk(), free));
  }

  /** What the user agreed to, if anything. */
  private Optional<Money> cap(BatchPlan plan) {
    BigDecimal amount = budget.value();
    return Optional.ofNullable(amount).map(most -> new Money(most, plan.sum().high().currency()));
  }

  private Strictness strictness() {
    return relaxed.or(false) ? Strictness.RELAXED : Strictness.STRICT;
  }

  private BatchHistory history(BatchPlan plan) {
    try (Workshop.Bench bench = look()) {
      return BatchHistory.of(plan.items(), bench.videos(), retryFailed.or(false));
    }
  }

  /** Among the user's clips, in a directory that is called as the file is. */
  private @Nullable String usualDirectory() {
    return file.or("").equals(Sources.STANDARD_INPUT)
        ? null
        : around
            .path(Setting.OUTPUT)
            .map(clips -> clips.resolve(String.valueOf(Path.of(file.or("")).getFileName())))
            .map(clips -> clips.toString().replaceFirst("\\.\\w+$", ""))
            .orElse(null);
  }

  private int invalid(List<BatchLine.Problem> problems) {
    return refused(problems, ExitCode.INVALID_REQUEST);
  }

  private int refused(List<BatchLine.Problem> problems, int exit) {
    long lines = problems.stream().map(BatchLine.Problem::number).distinct().count();
    talk()
        .error(
            (lines == 1 ? "a line is" : lines + " lines are")
                + (exit == ExitCode.OVER_COST ? " too dear" : " not valid")
                + "; nothing was sent:");
    for (BatchLine.Problem problem : problems) {
      talk().insist("  line " + problem.number() + ": [" + problem.code() + "] " + problem.text());
      if (json.or(false)) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", problem.code());
        error.put("message", Access.withoutKeys(problem.text()));
        result(
            new Report()
                .put("line", problem.number())
                .put("error", error)
                .put("exit", exit)
                .line());
      }
    }
    return exit;
  }

  /** The lines that the user's own limit for a clip forbids, but for what was begun before. */
  private List<BatchLine.Problem> tooDear(BatchPlan plan, BatchHistory history) {
    CostSetting limit = CostSetting.of(around);
    return plan.items().stream()
        .filter(item -> history.job(item) == null && limit.forbids(item.quote()))
        .map(
            item ->
                new BatchLine.Problem(
                    item.line().number(),
                    "over-cost",
                    "it may cost " + limit.tooMuch(QuoteText.dearest(item.quote()))))
        .distinct() // takes of a line
        .toList();
  }

  private Path outDirectory(String name) {
    Path path;
    try {
      path = around.directory().resolve(name).normalize();
      Files.createDirectories(path);
    } catch (InvalidPathException | IOException e) {
      String why =
          e instanceof IOException io ? DiskTrouble.reason(io) : String.valueOf(e.getMessage());
      throw new IllegalArgumentException("--out-dir: can't make '" + name + "': " + why, e);
    }
    ClipFile.requireWritable("--out-dir", path);
    ClipFile.requireRoom("--out-dir", path);
    return path;
  }

  private Path resultsFile(Path directory) {
    String name = results.value();
    Path path =
        name == null ? directory.resolve("results.jsonl") : around.directory().resolve(name);
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent) || Files.isDirectory(path)) {
      throw new IllegalArgumentException("--results: no file can be at " + name);
    }
    return path;
  }

  /** A label that is the file's own, wherever it is called from. */
  private String usualLabel() {
    Path path = around.directory().resolve(file.or("")).normalize();
    try {
      path = path.toRealPath();
    } catch (IOException e) {
      // then by the name it was called with
    }
    String name = String.valueOf(path.getFileName());
    return "batch:"
        + name.substring(0, Math.min(name.length(), LONGEST_LABEL))
        + "-"
        + Sha256.hex(path.toString()).substring(0, 8);
  }

  @Override
  protected void sidecar(JobEvent event) {
    Sidecar.keep(event, planned == null ? null : planned.media(event.job()), talk());
  }

  private int make(BatchPlan plan, BatchHistory history, Path directory, @Nullable Access access) {
    planned = plan;
    String name = label.or(usualLabel());
    BatchResults file = new BatchResults(judging(() -> resultsFile(directory)), around.clock());
    BatchBoard board =
        new BatchBoard(around.clock(), plan.items(), history.superseded(plan.items()));
    Money cap = cap(plan).orElse(null);
    Workshop.Setup setup =
        (access == null
                ? Workshop.Setup.inside(taskSeconds.or(Duration.ZERO), around)
                : Workshop.Setup.to(access, around))
            .judging(strictness())
            .keptIn(journal())
            .clips(job -> ClipName.usual(around, job))
            .telling(board)
            .following(unfinished(plan, history))
            .concurrency(concurrency.or(USUAL_CONCURRENCY))
            .within(cap == null ? List.of() : List.of(left(cap, name, plan, history)))
            .sendingWithin(SEND_WITHIN);
    new BatchForecast(plan, history).announce(talk(), cap, access == null);
    Commands commands = commands(null, again());
    BatchOutcome outcome = new BatchOutcome(this, board, directory, file, commands);
    if (plan.items().stream().allMatch(history::hasEnded)) {
      board.watch(outcome::tell); // without a way to the provider
      BatchRun.showEnded(plan.items(), history, board);
      return outcome.finish(null);
    }
    BatchRun.Rules rules =
        new BatchRun.Rules(
            concurrency.or(USUAL_CONCURRENCY),
            name,
            timeout.or(USUAL_TIMEOUT),
            keepGoing.or(false),
            directory,
            ready(access == null));
    try (Workshop.Bench bench = open(setup);
        BatchTable table =
            new BatchTable(
                talk(), around.clock(), board, clip -> ClipFile.shown(around, clip), cap)) {
      remind(bench.videos(), own(plan, history));
      requireOwnKind(bench);
      BatchRun run = new BatchRun(bench, history, board, rules, around.clock(), talk()::note);
      board.watch(table);
      board.watch(outcome::tell);
      BatchGoodbye goodbye =
          new BatchGoodbye(
              talk(),
              table,
              run,
              () -> {
                files.stop();
                bench.videos().close();
                outcome.save();
              },
              outcome::summary);
      return around
          .interrupts()
          .during(
              () -> {
                table.start();
                run.run(plan.items());
                table.end();
                return goodbye.finish(() -> outcome.finish(run.failure()));
              },
              goodbye);
    }
  }

  /** What the user agreed to, but for what these clips cost when the file was called otherwise. */
  private Budget left(Money cap, String name, BatchPlan plan, BatchHistory history) {
    Money outside = history.countedOutside(name, plan.items());
    if (outside.isMoreThan(Money.zero(cap.currency()))) {
      talk()
          .note(
              QuoteText.cents(outside)
                  + " of --budget "
                  + cap.plain()
                  + " went into these clips under another label");
    }
    Money left = outside.isMoreThan(cap) ? Money.zero(cap.currency()) : cap.minus(outside);
    return Budget.ever(left).forLabel(name);
  }

  private static Set<JobId> own(BatchPlan plan, BatchHistory history) {
    return plan.items().stream()
        .map(history::job)
        .filter(Objects::nonNull)
        .map(Job::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<JobId> unfinished(BatchPlan plan, BatchHistory history) {
    return plan.items().stream()
        .map(history::job)
        .filter(Objects::nonNull)
        .filter(job -> job.state().isUnfinished())
        .map(Job::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What was typed, but for what would pay once more for what failed just now. */
  private String again() {
    List<String> words = new ArrayList<>();
    for (String word : spec.commandLine().getParseResult().originalArgs()) {
      if (!word.equals(RETRY)) {
        words.add(word);
      }
    }
    if (words.isEmpty() || !words.get(0).equals(spec.name())) {
      words.add(0, spec.name());
    }
    return command(words.toArray(String[]::new));
  }
}
