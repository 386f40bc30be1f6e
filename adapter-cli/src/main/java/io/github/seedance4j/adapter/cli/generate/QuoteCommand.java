package io.github.seedance4j.adapter.cli.generate;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JournalPlace;
import io.github.seedance4j.adapter.cli.command.SeedanceCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.request.EarlierClips;
import io.github.seedance4j.adapter.cli.request.MediaFlags;
import io.github.seedance4j.adapter.cli.request.ProbeFlag;
import io.github.seedance4j.adapter.cli.request.RequestFlags;
import io.github.seedance4j.adapter.cli.request.Sources;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.Json;
import io.github.seedance4j.adapter.cli.text.Lines;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.media.InputMedia;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges and prices requests; sends nothing and needs no key. */
public final class QuoteCommand extends SeedanceCommand implements EarlierClips.Source {

  private static final int PAGE = 8_192;

  private final RequestFlags request;
  private final Flag<String> from;
  private final Flag<Boolean> compare;
  private final ProbeFlag probe;
  private final Flag<Integer> takes;
  private final JournalPlace place;
  private final Flag<Boolean> json;

  public QuoteCommand(Surroundings around, Workshop workshop) {
    super(
        "quote",
        "Say what a clip will cost, or every reason why the request won't do. Sends nothing and"
            + " needs no key.",
        around,
        workshop,
        "%nExamples:",
        "  seedance quote \"a cat on a roof\" --model fast --duration 10",
        "  seedance quote \"a cat on a roof\" --compare",
        "  seedance quote --from requests.jsonl --json",
        "%nWith --from and --json each line of requests gives one line of JSON:",
        "  {\"line\":1,\"violations\":[],\"advice\":[],",
        "   \"quote\":{\"low\":\"1.00\",\"high\":\"1.00\",\"currency\":\"USD\"}}");
    request = new RequestFlags(flags);
    from =
        flags.text(
            "FILE",
            "Quote each line of FILE, a request as JSON; - reads standard input.",
            "--from");
    compare = flags.toggle("Compare the price of every model in every resolution.", "--compare");
    probe = new ProbeFlag(flags, around, workshop);
    takes =
        flags.converted(
            Integer.class,
            new Values.UpTo(GenerateCommand.MOST_TAKES),
            "N",
            "Price N takes of it together.",
            "--takes");
    place = new JournalPlace(around, flags);
    json = flags.common("Write the result as JSON, one object a line.", "--json");
  }

  @Override
  public Integer call() {
    ModelCatalog catalog = workshop.catalog();
    RequestRules rules = RequestRules.of(catalog);
    String source = from.value();
    if (source != null) {
      if (compare.or(false)) {
        throw usage("--compare is for one clip: leave out --from");
      }
      if (probe.isSet()) {
        throw usage("--probe is for one clip; of a file, try 'batch FILE --dry-run --probe'");
      }
      if (takes.value() != null) {
        throw usage("--takes is for one clip: leave out --from");
      }
      if (request.isAnySet()) {
        throw usage("--from takes whole requests: leave out the prompt and the flags for one clip");
      }
      return quoteAll(source, rules, tariff());
    }
    EarlierClips clips = new EarlierClips(around, this);
    GenerationDraft draft = judging(() -> request.draft(around, catalog, talk(), clips));
    InputMedia media = judging(() -> look(draft, clips));
    if (compare.or(false)) {
      return compare(media, catalog, InputText.isMeasured(draft));
    }
    Verdict verdict = rules.judge(media.draft(), request.strictness());
    List<Finding> advice = media.advice(verdict);
    List<Finding> violations = media.named(verdict.violations());
    Quote quote = verdict.request().map(tariff()::quote).orElse(null);
    if (json.or(false)) {
      Quote all = quote == null ? null : QuoteText.times(quote, takes.or(1));
      result(Json.write(QuoteText.json(1, violations, advice, all)));
    }
    advice(advice);
    if (quote == null) {
      violations(violations, false);
      return ExitCode.INVALID_REQUEST;
    }
    if (!json.or(false)) {
      show(verdict.request().orElseThrow(), quote, draft, media);
    }
    return ExitCode.DONE;
  }

  private InputMedia look(GenerationDraft draft, EarlierClips clips) {
    try (ProbeFlag.Look look = probe.begin(clips, talk())) {
      return MediaFlags.look(draft, look);
    }
  }

  @Override
  public Workshop.Bench earlierJobs() {
    return workshop.look(judging(place::file), false);
  }

  @Override
  protected String written(Finding finding) {
    return request.written(finding.field(), spec.commandLine().getParseResult().originalArgs());
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
    return true; // nothing is sent
  }

  /** With every model, in every resolution. */
  private int compare(InputMedia media, ModelCatalog catalog, boolean isMeasured) {
    Comparison comparison =
        Comparison.of(media.draft(), catalog, request.strictness(), tariff(), takes.or(1));
    if (json.or(false)) {
      result(Json.write(comparison.json()));
    }
    if (!comparison.violations().isEmpty()) {
      violations(media.named(comparison.violations()), false);
      return ExitCode.INVALID_REQUEST;
    }
    advice(media.advice());
    if (!json.or(false)) {
      comparison.lines(isMeasured).forEach(this::result);
    }
    return ExitCode.DONE;
  }

  private void show(
      GenerationRequest request, Quote quote, GenerationDraft draft, InputMedia media) {
    int count = takes.or(1);
    Quote all = QuoteText.times(quote, count);
    if (quiet.or(false)) {
      result(QuoteText.price(all));
      return;
    }
    QuoteText.lines(
            request,
            quote,
            count,
            InputText.lines(around, draft, media),
            InputText.isMeasured(draft))
        .forEach(this::result);
  }

  private int quoteAll(String source, RequestRules rules, Tariff tariff) {
    int invalid = 0;
    int number = 0;
    int requests = 0;
    try (InputStream in = judging(() -> Sources.open(around, "--from", source))) {
      Lines lines = new Lines(in, Json.LONGEST);
      StringBuilder page = new StringBuilder();
      while (lines.next()) {
        number++;
        if (!lines.isBlank()) {
          requests++;
          Verdict verdict = rules.judge(draft(lines), request.strictness());
          Quote quote = verdict.request().map(tariff::quote).orElse(null);
          invalid += quote == null ? 1 : 0;
          page.append(
              json.or(false)
                  ? jsonLine(number, verdict, quote)
                  : plainLine(number, verdict, quote));
          page.append('\n');
          // by the page rather than the line: ten thousand flushes cost more than all the rest
          if (page.length() > PAGE || lines.wouldWait()) {
            write(page);
            page.setLength(0);
          }
        }
      }
      write(page);
    } catch (IOException e) {
      throw usage("--from: can't read on in " + source + " after line " + number);
    }
    if (requests == 0) {
      throw usage("no requests in " + source);
    }
    if (invalid > 0) {
      talk().error(invalid + (invalid == 1 ? " line is" : " lines are") + " not valid");
      return ExitCode.INVALID_REQUEST;
    }
    return ExitCode.DONE;
  }

  private static GenerationDraft draft(Lines lines) {
    return lines.isTooLong()
        ? GenerationDraft.unreadable("longer than " + (Json.LONGEST >> 20) + " MB")
        : Json.read(lines.bytes()).draft();
  }

  private static String jsonLine(int number, Verdict verdict, @Nullable Quote quote) {
    return Json.write(QuoteText.json(number, verdict.violations(), verdict.advice(), quote));
  }

  private String plainLine(int number, Verdict verdict, @Nullable Quote quote) {
    StringBuilder text = new StringBuilder().append(number).append('\t');
    if (quote != null) {
      return text.append(QuoteText.price(quote)).toString();
    }
    text.append("not valid");
    verdict
        .violations()
        .forEach(finding -> text.append("\n\t").append(line(finding, around.locale())));
    return text.toString();
  }
}
