package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.port.in.VideoGeneration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is done on Ctrl-C: waits a create call out, since it may be charged whether or not anybody
 * listens, and says how to come back to the task. Never stops the task itself.
 */
public final class Goodbye implements Runnable {

  /** Longer than a create call may take, and short enough for a person to sit through. */
  private static final long LONGEST_CALL_SECONDS = 120;

  private final Talk talk;
  private final Progress progress;
  private final VideoGeneration videos;
  private final boolean sandbox;
  private final Commands commands;
  private final CountDownLatch sent = new CountDownLatch(1);
  private boolean sending;
  private @Nullable Job job;
  private boolean over;
  private boolean left;
  private Runnable preparation = () -> {};

  public Goodbye(
      Talk talk, Progress progress, VideoGeneration videos, boolean sandbox, Commands commands) {
    this.talk = talk;
    this.progress = progress;
    this.videos = videos;
    this.sandbox = sandbox;
    this.commands = commands;
  }

  /** Something is done before anything is sent, which {@code stop} ends. */
  public synchronized void preparing(Runnable stop) {
    preparation = stop;
  }

  /**
   * From here on something may be charged.
   *
   * @throws IllegalStateException if the user has been told already that nothing was
   */
  public synchronized void sending() {
    if (left) {
      throw new IllegalStateException("the user has left");
    }
    sending = true;
  }

  /** The provider answered, or will have to be asked again: there is a job, or there never will. */
  public synchronized void sent(@Nullable Job job) {
    this.job = job;
    sending = false;
    sent.countDown();
  }

  /** The run has come to its own end, so there is nothing left to say. */
  public synchronized void over() {
    over = true;
    sent.countDown();
  }

  @Override
  public void run() {
    progress.end();
    Talk own = talk.takeOver();
    leave().run();
    if (isSending()) {
      own.insist("Waiting for the provider's answer, so that a task isn't lost …");
      try {
        if (!sent.await(LONGEST_CALL_SECONDS, TimeUnit.SECONDS)) {
          own.insist("No answer. It may have been charged: look in the provider's dashboard.");
          own.insist("If the task is there, fetch it: " + commands.await("TASK"));
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    farewell().forEach(own::insist);
  }

  /** What is to be stopped, unless it is too late for that: then nothing. */
  private synchronized Runnable leave() {
    left = !sending && job == null && !over;
    return left ? preparation : () -> {};
  }

  private synchronized boolean isSending() {
    return sending;
  }

  private synchronized List<String> farewell() {
    if (over) {
      return List.of();
    }
    if (job == null) {
      return List.of("Nothing was sent, and nothing is charged.");
    }
    if (sandbox) {
      videos.close(); // so that the next command knows at once
      return List.of(
          "Stopped. The sandbox ends with this command, and so does its task.",
          "To make it again: " + commands.kept("again", job.id().value(), "--sandbox"));
    }
    videos.close(); // waits for a create call that is being repeated
    Job last = progress.newest(videos, job);
    if (last.taskId().isPresent()) {
      return List.of(
          "Stopped waiting; the task goes on at the provider, and is paid for.",
          "To come back to it:",
          "  " + commands.await(last));
    }
    Ending ending = Ending.of(last, commands);
    return Stream.concat(Stream.of(ending.what()), ending.next().stream()).toList();
  }
}
