package io.github.seedance4j.adapter.cli.generate;

import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JobText;
import io.github.seedance4j.adapter.cli.command.Sidecar;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.request.RequestFlags;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.Json;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.Strictness;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes what a job made once more, changed by what the flags say: a new job, at a new price. */
public final class AgainCommand extends GenerateCommand {

  private static final int NAME = 22;

  private final Flag<String> id;
  private final Flag<Boolean> accepted;
  private Strictness before = Strictness.STRICT;

  public AgainCommand(Surroundings around, Workshop workshop) {
    super(
        "again",
        "Make what a job made once more, changed by flags: shows what is changed and the price,"
            + " asks, and goes on like 'generate'. What no flag names stays as it was.",
        RequestFlags::ofChange,
        around,
        workshop,
        "%nExamples:",
        "  seedance again job-3k9x --model standard --720p",
        "  seedance again cat-roof.mp4 \"the same cat, at night\" --takes 3 --max-cost 4.00");
    id = flags.argument("JOB", ID_OR_CLIP);
    accepted =
        flags.toggle(
            "Make another though nobody knows whether that one was charged.",
            "--accept-second-charge");
  }

  @Override
  GenerationDraft draft(ModelCatalog catalog) {
    Job job;
    try (Workshop.Bench journal = look()) {
      job = jobOrClip(journal.videos(), id);
    }
    if (job.isPurged()) {
      throw new IllegalArgumentException(
          job.id() + " was purged: what it asked for is forgotten, so it can't be made again");
    }
    GenerationDraft asked = job.draft();
    if (asked.toMap().isEmpty()) {
      throw new IllegalArgumentException(
          job.id() + " was made elsewhere: what it asked for is not known here");
    }
    requireNoSecondCharge(job);
    before = job.strictness();
    asked = Sidecar.asked(job, talk()).orElse(asked);
    GenerationDraft changed = request.changed(asked, around, catalog, earlier);
    show(job, asked.toMap(), changed.toMap());
    return changed;
  }

  /** To make it again is to pay again: what may be paid for already is said first. */
  private void requireNoSecondCharge(Job job) {
    boolean agreed = accepted.or(false);
    if (job.state() == JobState.UNKNOWN && !agreed) {
      throw new IllegalArgumentException(
          "nobody knows whether "
              + job.id()
              + " was charged, and another would be paid for as well. Its ways out: "
              + kept("show", job.id().value())
              + "; to make another all the same: --accept-second-charge");
    }
    if (agreed && job.state() != JobState.UNKNOWN) {
      throw new IllegalArgumentException(
          "--accept-second-charge: the outcome of " + job.id() + " is known");
    }
    if (job.state().isUnfinished()) {
      talk().note(job.id() + " is not done yet; this is another one, paid for as well");
    }
  }

  @Override
  Strictness strictness() {
    return before == Strictness.RELAXED ? before : super.strictness();
  }

  private void show(Job job, Map<String, Object> asked, Map<String, Object> changed) {
    Set<String> names = new LinkedHashSet<>(asked.keySet());
    names.addAll(changed.keySet());
    names.removeIf(name -> isSame(asked.get(name), changed.get(name)));
    talk().say("As " + job.id() + (names.isEmpty() ? ", unchanged:" : ", but for:"));
    for (String name : names) {
      talk()
          .say(
              "  "
                  + name
                  + " ".repeat(Math.max(1, NAME - name.length()))
                  + value(name, asked.get(name))
                  + " → "
                  + value(name, changed.get(name)));
    }
  }

  private static boolean isSame(@Nullable Object a, @Nullable Object b) {
    if (a instanceof BigDecimal one && b instanceof BigDecimal other) {
      return one.compareTo(other) == 0;
    }
    return Objects.equals(a, b);
  }

  /** Of addresses without what they are signed with. */
  private static String value(String name, @Nullable Object value) {
    if (value == null) {
      return "the default";
    }
    String text = value instanceof String words ? words : Json.write(value);
    boolean mayBeSigned = !name.equals("prompt");
    return JobText.shortened(mayBeSigned ? text.replaceAll("\\?[^\"\\s]+", "?…") : text);
  }
}
