package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.JobNames;
import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.command.Progress;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.command.Ticker;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows how several jobs are getting on: on a terminal in one live line, elsewhere in a line for
 * each change. Told by the service's threads; thread-safe.
 */
final class Overview implements Consumer<JobEvent>, AutoCloseable {

  private final Talk talk;
  private final Clock clock;
  private final Instant begin;
  private final Map<JobId, Job> latest = new HashMap<>();
  private final Set<JobId> ended = new HashSet<>();
  private final Set<String> said = new HashSet<>();
  private @Nullable Ticker ticker;
  private boolean closed;

  Overview(Talk talk, Clock clock) {
    this.talk = talk;
    this.clock = clock;
    this.begin = clock.instant();
  }

  /** So many are to come to their ends. */
  synchronized void expect(int jobs) {
    if (jobs > 0) {
      talk.say("Going on with " + (jobs == 1 ? "a job." : jobs + " jobs."));
    }
    if (talk.isLive() && ticker == null) {
      ticker = new Ticker("seedance-live-line", this::draw);
    }
  }

  @Override
  public synchronized void accept(JobEvent event) {
    Job job = event.job();
    Job known = latest.get(job.id());
    if (closed || event.download() != null || (known != null && known.version() > job.version())) {
      return;
    }
    latest.put(job.id(), job);
    if (talk.isLive()) {
      draw();
    } else if (job.state().isUnfinished() && (known == null || known.state() != job.state())) {
      talk.say(elapsed() + "  " + JobNames.shortened(job) + "  " + JobTable.state(job));
    }
  }

  /** This one has come to its end, and that was told. */
  synchronized void done(Job job) {
    ended.add(job.id());
    latest.put(job.id(), job);
  }

  /** Says something once. */
  synchronized void note(String text) {
    if (said.add(text)) {
      talk.note(text);
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Takes the live line away; nothing is shown any more. */
  synchronized void end() {
    closed = true;
    if (ticker != null) {
      ticker.stop();
    }
    talk.endLive();
  }

  private synchronized void draw() {
    if (closed) {
      return;
    }
    long downloading = in(JobState.SUCCEEDED);
    long running = in(JobState.RUNNING);
    talk.live(
        ended.size()
            + " done"
            + (downloading == 0 ? "" : ", " + downloading + " downloading")
            + (running == 0 ? "" : ", " + running + " running")
            + "  "
            + elapsed());
  }

  private long in(JobState state) {
    return latest.values().stream().filter(job -> job.state() == state).count();
  }

  private String elapsed() {
    return Progress.elapsed(begin, clock.instant());
  }
}
