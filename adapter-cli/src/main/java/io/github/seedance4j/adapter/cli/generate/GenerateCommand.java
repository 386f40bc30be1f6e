package io.github.seedance4j.adapter.cli.generate;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.ClipName;
import io.github.seedance4j.adapter.cli.command.Commands;
import io.github.seedance4j.adapter.cli.command.Ending;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.Goodbye;
import io.github.seedance4j.adapter.cli.command.Progress;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.Sidecar;
import io.github.seedance4j.adapter.cli.command.TaskCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.request.CostSetting;
import io.github.seedance4j.adapter.cli.request.EarlierClips;
import io.github.seedance4j.adapter.cli.request.MediaFlags;
import io.github.seedance4j.adapter.cli.request.RequestFlags;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.media.InputMedia;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Strictness;
import io.github.seedance4j.request.Verdict;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The main job: judge, price, agree, send, wait, fetch. */
public class GenerateCommand extends TaskCommand implements EarlierClips.Source {

  static final int MOST_TAKES = 100;

  final RequestFlags request;
  private final MediaFlags files;
  final EarlierClips earlier;
  private final Flag<String> output;
  private final Flag<BigDecimal> maxCost;
  private final Flag<Boolean> yes;
  private final Flag<String> label;
  private final Flag<Integer> takes;
  private final Flag<Boolean> noWait;
  private final Flag<Duration> taskSeconds;
  private final Flag<Duration> timeout;
  private @Nullable InputMedia looked;

  public GenerateCommand(Surroundings around, Workshop workshop) {
    this(
        "generate",
        "Make a clip: shows the price, asks, waits, and writes an MP4.",
        RequestFlags::new,
        around,
        workshop,
        "%nExamples:",
        "  seedance generate \"A golden retriever running on a sunny beach\" --sandbox",
        "  seedance generate \"she turns and smiles\" --model fast --480p \\",
        "      --first-frame https://example.com/a.jpg --max-cost 1.00 -o smile.mp4");
  }

  /** One that comes by its request in another way. */
  GenerateCommand(
      String name,
      String description,
      Function<Flags, RequestFlags> requests,
      Surroundings around,
      Workshop workshop,
      String... footer) {
    super(name, description, around, workshop, footer);
    request = requests.apply(flags);
    files = new MediaFlags(flags, around, workshop);
    earlier = new EarlierClips(around, this);
    output =
        flags.text(
            "FILE",
            "Where to write the clip, a file or a directory. Default: named by the prompt.",
            "-o",
            "--output");
    maxCost =
        flags.converted(
            BigDecimal.class,
            new Values.Amount(),
            "AMOUNT",
            "Agree to AMOUNT, such as 3.00: send nothing if its quote is more than that. Clips come out"
                + " about a frame longer, so the bill may be a cent more.",
            "--max-cost");
    yes = flags.toggle("Agree to the price, whatever it is.", "-y", "--yes");
    taskSeconds = flags.taskSeconds();
    label =
        flags.converted(
            String.class,
            new Values.Label(),
            "NAME",
            "Whose it is, or what for: budgets and lists can be kept to it.",
            "--label");
    takes =
        flags.converted(
            Integer.class,
            new Values.UpTo(MOST_TAKES),
            "N",
            "Make it N times, as clip-1, clip-2, …; the price of all is agreed to at once.",
            "--takes");
    noWait =
        flags.toggle(
            "Send it, print the task's id, and leave: 'wait' and 'resume' fetch the clip.",
            "--no-wait");
    timeout = timeout();
  }

  /**
   * What to make.
   *
   * @throws IllegalArgumentException if that can't be read
   */
  GenerationDraft draft(ModelCatalog catalog) {
    return request.draft(around, catalog, talk(), earlier);
  }

  /** How to judge it. */
  Strictness strictness() {
    return request.strictness();
  }

  @Override
  public final Workshop.Bench earlierJobs() {
    return look();
  }

  @Override
  protected final String written(Finding finding) {
    return request.written(finding.field(), spec.commandLine().getParseResult().originalArgs());
  }

  @Override
  public final void tell(String what) {
    talk().say(what);
  }

  @Override
  public final String whereToLook(String name) {
    return place.whereToLook(workshop, name);
  }

  @Override
  public final boolean takesFiles() {
    return place.isOwnSandbox() || files.canStage();
  }

  @Override
  public Integer call() {
    boolean free = place.isOwnSandbox();
    int count = takes.or(1);
    if (noWait.or(false) && count > 1) {
      throw usage("--no-wait is for one clip: --takes waits for all of them");
    }
    if (noWait.or(false) && free) {
      throw usage(
          "--no-wait: the sandbox ends with this command, so nothing would come of it; start one"
              + " that stays with '"
              + command("sandbox")
              + "'");
    }
    if (free && request.hasExtras()) {
      throw usage("--extra: the sandbox knows only the guide's fields");
    }
    if (!free && taskSeconds.value() != null) {
      throw usage("--task-seconds is for --sandbox: the provider takes its own time");
    }
    ModelCatalog catalog = workshop.catalog();
    GenerationDraft draft = judging(() -> draft(catalog));
    InputMedia media = judging(() -> files.look(draft, earlier, talk()));
    looked = media;
    judging(() -> files.requireWay(media, "", free));
    Verdict verdict =
        RequestRules.of(catalog).judge(judging(() -> files.judged(media)), strictness());
    List<Finding> advice = media.advice(verdict);
    advice(advice);
    if (verdict.request().isEmpty()) {
      return invalid(media.named(verdict.violations()), advice);
    }
    GenerationRequest valid = verdict.request().get();
    Quote one = tariff().quote(valid);
    Quote quote = QuoteText.times(one, count);
    List<Path> clips =
        judging(() -> ClipFile.choose(around, output.value(), ClipName.of(valid.prompt()), count));
    Access access = free ? null : accessForClips();
    QuoteText.lines(
            valid, one, count, InputText.lines(around, draft, media), InputText.isMeasured(draft))
        .forEach(talk()::say);
    if (free) {
      talk().say("  The sandbox makes " + (count == 1 ? "it" : "them") + ": nothing is charged.");
    }
    Optional<Ending> tooDear = tooDear(valid, quote, count);
    if (tooDear.isPresent()) {
      return end(tooDear.get(), null);
    }
    boolean ask = !free && !yes.or(false) && maxCost.value() == null;
    if (ask && !around.canAsk()) {
      throw usage(
          "nobody is here to agree to "
              + QuoteText.spending(quote)
              + ": add --yes, or --max-cost "
              + QuoteText.plainCents(QuoteText.dearest(quote)));
    }
    if (ask) {
      sayWhatMoneyItIs(false);
    }
    if (ask && !agrees(quote)) {
      return end(
          new Ending(ExitCode.OVER_COST, "not-agreed", "not agreed; nothing was sent", List.of()),
          null);
    }
    Supplier<GenerationDraft> ready = () -> judging(() -> files.ready(media, talk(), free));
    if (count == 1) {
      return send(ready, quote, clips.get(0), access);
    }
    Workshop.Setup setup = setup(access, clips.get(0)).clips(job -> ClipName.usual(around, job));
    Commands commands = commands(null, typed());
    Path directory = Objects.requireNonNull(clips.get(0).getParent());
    return new Takes(this, Takes.items(media, valid, one, clips), directory, setup, commands)
        .make(label.value(), timeout.or(USUAL_TIMEOUT), ready, files::stop);
  }

  @Override
  protected final void sidecar(JobEvent event) {
    Sidecar.keep(event, looked, talk());
  }

  /** The end of a run whose price is over the flag, else over what is set. */
  private Optional<Ending> tooDear(GenerationRequest request, Quote quote, int count) {
    CostSetting setting = CostSetting.of(around);
    BigDecimal flag = maxCost.value();
    BigDecimal limit = flag != null || place.isOwnSandbox() ? flag : setting.most().orElse(null);
    Money price = QuoteText.dearest(quote);
    if (limit == null || price.amount().compareTo(limit) <= 0) {
      return Optional.empty();
    }
    String what =
        flag == null
            ? setting.tooMuch(price)
            : QuoteText.cents(price) + ", more than --max-cost " + flag.toPlainString();
    String raise =
        flag == null
            ? setting.raise(price, around)
            : "Raise --max-cost to " + QuoteText.plainCents(price);
    return Optional.of(
        Ending.overCost(
            (count == 1 ? "it may cost " : count + " takes together may cost ") + what,
            Cheapest.of(request.draft(), workshop.catalog(), strictness(), tariff())
                .map(least -> least.advice(request, count, limit, raise))
                .orElse(List.of("Nothing was sent. " + raise + "."))));
  }

  /** The command as the user typed it. */
  private String typed() {
    List<String> words = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
    if (words.isEmpty() || !words.get(0).equals(spec.name())) {
      words.add(0, spec.name());
    }
    return command(words.toArray(String[]::new));
  }

  @Override
  protected String cost(Bill bill) {
    return place.isOwnSandbox()
        ? ". Nothing was charged; the real one: about " + QuoteText.cents(bill.amount()) + "."
        : super.cost(bill);
  }

  private int invalid(List<Finding> violations, List<Finding> advice) {
    violations(violations, true);
    talk().insist("Try it with 'quote': that sends nothing.");
    if (json.or(false)) {
      result(
          new Report()
              .violations(violations, advice)
              .ending(broken(violations))
              .put("exit", ExitCode.INVALID_REQUEST)
              .line());
    }
    return ExitCode.INVALID_REQUEST;
  }

  private Ending broken(List<Finding> violations) {
    return new Ending(
        ExitCode.INVALID_REQUEST,
        "invalid-request",
        brokenRules(violations, true),
        violations.stream().map(this::line).toList());
  }

  private boolean agrees(Quote quote) {
    if (quiet.or(false)) {
      talk().insist("price " + QuoteText.price(quote));
    }
    return agrees(
        "Spend " + QuoteText.spending(quote) + "? [y/N] ",
        "Nothing was sent, and nothing is charged.");
  }

  private int send(
      Supplier<GenerationDraft> ready, Quote quote, Path clip, @Nullable Access access) {
    Commands commands = commands(clip, command(spec.name(), "…"));
    try (Progress progress = new Progress(talk(), around.clock());
        Workshop.Bench bench = open(setup(access, clip).telling(progress))) {
      VideoGeneration videos = bench.videos();
      remind(videos, Set.of());
      requireOwnKind(bench);
      Goodbye goodbye = new Goodbye(talk(), progress, videos, access == null, commands);
      return untilInterrupted(
          () -> {
            goodbye.preparing(files::stop);
            GenerationDraft draft = ready.get();
            goodbye.sending();
            int exit = submit(draft, quote, clip, videos, progress, goodbye, commands);
            goodbye.over();
            return exit;
          },
          goodbye);
    }
  }

  private Workshop.Setup setup(@Nullable Access access, Path clip) {
    Workshop.Setup setup =
        access == null
            ? Workshop.Setup.inside(taskSeconds.or(Duration.ZERO), around)
            : Workshop.Setup.to(access, around);
    return setup.judging(strictness()).clips(job -> clip).keptIn(journal());
  }

  private int submit(
      GenerationDraft draft,
      Quote quote,
      Path clip,
      VideoGeneration videos,
      Progress progress,
      Goodbye goodbye,
      Commands commands) {
    Submission submission;
    try {
      submission = videos.submit(draft, options(quote, clip));
    } catch (RuntimeException e) {
      goodbye.sent(null);
      throw e;
    }
    return submission.<Integer>match(
        job -> accepted(videos, job, progress, goodbye, commands),
        refused -> {
          goodbye.sent(null);
          return refused(refused, commands);
        },
        over -> {
          goodbye.sent(null);
          return end(Ending.overBudget(tooDear(over), commands), null);
        },
        job -> {
          goodbye.sent(job);
          progress.end();
          return end(Ending.of(job, commands), job);
        });
  }

  private static String tooDear(Submission.OverBudget over) {
    Money price = QuoteText.dearest(over.quote());
    Money most = price.isMoreThan(over.left()) ? price : over.quote().hold();
    return "it may cost "
        + QuoteText.cents(most)
        + ", more than "
        + over.limit()
        + " leaves: "
        + QuoteText.centsLeft(over.left());
  }

  private int accepted(
      VideoGeneration videos, Job job, Progress progress, Goodbye goodbye, Commands commands) {
    progress.show(job);
    goodbye.sent(job);
    job.taskId().ifPresent(task -> talk().say("Job " + job.id() + ", task " + task));
    if (!noWait.or(false)) {
      return follow(videos, job, timeout.or(USUAL_TIMEOUT), progress, commands);
    }
    Job sent = settled(videos, videos.find(job.id()).orElse(job), progress);
    progress.end();
    if (sent.taskId().isEmpty()) {
      return end(Ending.of(sent, commands), sent);
    }
    String task = sent.taskId().get().value();
    talk().say("It goes on at the provider. To fetch the clip: " + commands.await(sent));
    result(json.or(false) ? new Report().job(sent).put("exit", ExitCode.DONE).line() : task);
    return ExitCode.DONE;
  }

  private int refused(Submission.Refused refused, Commands commands) {
    if (!refused.violations().isEmpty()) {
      return invalid(refused.violations(), List.of());
    }
    String reason = refused.fault() == null ? refused.reason() : refused.fault().text();
    return end(
        Ending.refused(reason, Optional.ofNullable(refused.fault()), commands), refused.job());
  }

  private SubmitOptions options(Quote quote, Path clip) {
    SubmitOptions options = SubmitOptions.none().clipTo(clip);
    BigDecimal limit = maxCost.value();
    if (limit == null && !place.isOwnSandbox()) {
      limit = CostSetting.of(around).most().orElse(null);
    }
    if (limit != null) {
      options = options.maxCost(new Money(limit, quote.high().currency()));
    }
    String name = label.value();
    return name == null ? options : options.label(name);
  }
}
