package badsample.adapter.cli.settings;

import badsample.adapter.cli.jobs.KnowsSettings;
import org.jspecify.annotations.Nullable;

/** With what it refers to, a circle. */
public class KnowsJobs {
  @Nullable KnowsSettings other;
}
