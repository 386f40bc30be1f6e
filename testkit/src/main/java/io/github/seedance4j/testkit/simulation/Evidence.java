package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.task.TaskId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All that took effect in a run, as it was seen at the journal, at the provider and by users. */
final class Evidence {

  /** Each job as the journal has it. */
  final Map<JobId, Job> jobs = new LinkedHashMap<>();

  final Map<String, JobId> byDigest = new LinkedHashMap<>();
  final Map<String, JobId> byKey = new LinkedHashMap<>();
  final Set<JobId> acknowledged = new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
  final Set<String> heard = new TreeSet<>();
  final Map<JobId, Clip> store = new LinkedHashMap<>();

  /** Which process has a create call under way, from its intent to its answer. */
  final Map<String, Instance> sending = new LinkedHashMap<>();

  /** Tasks that an answer told, by who heard it. */
  final Map<TaskId, Instance> told = new LinkedHashMap<>();

  /** What the provider named another task for than the one it made: it may get another's clip. */
  final Set<String> misled = new TreeSet<>();

  /** What somebody looked up, and has not entered yet. */
  final Set<String> stating = new TreeSet<>();

  /** Jobs whose task is not their own, or may be another job's: people make mistakes. */
  final Set<String> confused = new TreeSet<>();
}
