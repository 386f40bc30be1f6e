package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JobPages;
import io.github.seedance4j.adapter.cli.command.JournalCommand;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.gallery.Gallery;
import io.github.seedance4j.adapter.cli.gallery.GalleryPage;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import io.github.seedance4j.adapter.cli.text.Shell;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.job.BudgetUse;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.port.in.VideoGeneration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a page that shows clips, prompts and costs. Needs no key and calls nobody. */
public final class ReportCommand extends JournalCommand {

  private static final int USUAL_LIMIT = 200;
  private static final String OPEN_IT = "Open it in a browser; --open does.";

  private final Flag<String> out;
  private final JobFilter filter;
  private final Flag<Integer> limit;
  private final Flag<Boolean> open;
  private final Flag<Boolean> force;

  public ReportCommand(Surroundings around, Workshop workshop) {
    super(
        "report",
        "Write a web page beside the clips: it plays them, and shows prompts, costs against quotes,"
            + " what waits for you, and plots of spending and waiting times. The folder can be"
            + " moved or published as it is; the page holds your prompts.",
        around,
        workshop,
        "%nExample:",
        "  seedance report --since 30d");
    out =
        flags.text(
            "FILE",
            "Where to write it, a file or a directory. Default: report.html in the directory of the"
                + " clips.",
            "-o",
            "--out");
    filter = new JobFilter(around, flags);
    limit =
        flags.converted(
            Integer.class,
            new Values.Count(),
            "N",
            "How many jobs to show at most; all count in totals and plots. Default: 200.",
            "--limit");
    open = flags.toggle("Open it in the browser.", "--open");
    force = flags.toggle("Overwrite a file that is no report.", "--force");
  }

  @Override
  public Integer call() {
    Instant now = around.clock().instant();
    try (Workshop.Bench journal = look()) {
      VideoGeneration videos = journal.videos();
      GalleryJobs jobs = new GalleryJobs(tariff().currency(), filter.from(), limit.or(USUAL_LIMIT));
      JobPages.each(videos, filter.query(), Integer.MAX_VALUE, jobs::add);
      List<Path> clips =
          jobs.shown().stream()
              .filter(ClipFile::isThere)
              .map(Job::clip)
              .flatMap(Optional::stream)
              .map(Clip::path)
              .toList();
      PageFile page = new PageFile(around);
      Path file = judging(() -> page.choose(out.value(), clips));
      JobCard cards =
          new JobCard(
              workshop.catalog(),
              Objects.requireNonNull(file.getParent()),
              this::onPage,
              TakeOf.counts(jobs.shown()));
      Gallery gallery =
          jobs.gallery(title(), now, cap(videos), cards::of, this::onPage, beginnings());
      write(page, file, gallery);
      sayWhatMoneyItIs(false);
      result(
          json.or(false)
              ? new Report()
                  .put("file", file)
                  .put("jobs", (long) jobs.count())
                  .put("clips", (long) clips.size())
                  .put("exit", ExitCode.DONE)
                  .line()
              : ClipFile.shown(around, file));
      show(file);
      remind(videos, jobs.shown().stream().map(Job::id).collect(Collectors.toSet()));
      return ExitCode.DONE;
    }
  }

  /** Opens the page, or says what it is for. */
  private void show(Path file) {
    boolean wanted = open.or(false);
    if (!wanted || !workshop.show(file, around)) {
      talk().say(wanted ? "Nothing here opens it by itself: open it in a browser." : OPEN_IT);
    }
  }

  private void write(PageFile page, Path file, Gallery gallery) {
    byte[] html = GalleryPage.of(gallery).getBytes(StandardCharsets.UTF_8);
    judging(
        () -> {
          if (!force.or(false)) {
            page.requireOurs(file);
          }
          try {
            WholeFile.write(file, html);
          } catch (IOException e) {
            throw new IllegalArgumentException(
                "can't write " + ClipFile.shown(around, file) + ": " + DiskTrouble.reason(e), e);
          }
          return file;
        });
  }

  private String title() {
    return "Clips and costs"
        + (filter.label() == null ? "" : " of " + filter.label())
        + place.money().map(note -> " " + note).orElse("");
  }

  /** Of the caps on just these jobs the one with the longest period. */
  private @Nullable BudgetUse cap(VideoGeneration videos) {
    return videos.budgets().stream()
        .filter(use -> Objects.equals(use.budget().label(), filter.label()))
        .max(Comparator.comparing(use -> use.budget().period()))
        .orElse(null);
  }

  /** What makes an empty page less so. */
  private List<String> beginnings() {
    if (filter.isSet()) {
      return List.of(onPage("report"));
    }
    String[] make = {"generate", "A golden retriever running on a sunny beach", "--sandbox"};
    String[] look = {"report", "--sandbox"};
    return place.isOwnSandbox()
        ? List.of(onPage(make), onPage(look))
        : List.of(typed(make), typed(look)); // a journal of what costs money stays one
  }

  /** As it is typed on any machine: how it was called on this one is nobody's business. */
  private String onPage(String... words) {
    return typed(place.again(words));
  }

  private static String typed(String... words) {
    return "seedance " + Arrays.stream(words).map(Shell::quote).collect(Collectors.joining(" "));
  }
}
