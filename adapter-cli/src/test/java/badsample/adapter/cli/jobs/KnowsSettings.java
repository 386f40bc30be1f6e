package badsample.adapter.cli.jobs;

import badsample.adapter.cli.settings.KnowsJobs;
import org.jspecify.annotations.Nullable;

/** With what it refers to, a circle. */
public class KnowsSettings {
  @Nullable KnowsJobs other;
}
