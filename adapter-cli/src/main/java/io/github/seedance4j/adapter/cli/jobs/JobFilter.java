package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.Flags;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.Since;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.job.JobQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The flags that say which jobs to tell of, where spending is told. */
final class JobFilter {

  private final Surroundings around;
  private final Flag<String> label;
  private final Flag<Since> since;

  JobFilter(Surroundings around, Flags flags) {
    this.around = around;
    label =
        flags.converted(
            String.class, new Values.Label(), "NAME", "Only jobs of that label.", "--label");
    since =
        flags.converted(
            Since.class,
            new Values.SinceWhen(),
            "WHEN",
            "Only jobs agreed to since then: 12h, 7d, 4w, or a day such as 2026-11-01.",
            "--since");
  }

  /** The label that they must have; null for any. */
  @Nullable String label() {
    return label.value();
  }

  /** Jobs agreed to earlier are left out by whoever looks at them: no journal is asked for that. */
  Instant from() {
    return since.or(Since.EVER).from(around.clock().instant());
  }

  JobQuery query() {
    String name = label();
    return name == null ? JobQuery.all() : JobQuery.all().labelled(name);
  }

  /** Whether any are left out. */
  boolean isSet() {
    return label() != null || since.value() != null;
  }
}
