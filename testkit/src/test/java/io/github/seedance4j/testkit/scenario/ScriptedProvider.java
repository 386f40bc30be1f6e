package io.github.seedance4j.testkit.scenario;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A provider in memory that plays what a test queues, and otherwise succeeds: queued answers are
 * used up one by one, for creates, polls and downloads apart.
 */
final class ScriptedProvider implements VideoProvider, VideoFetcher {

  final AtomicInteger sends = new AtomicInteger();
  final AtomicInteger polls = new AtomicInteger();
  final AtomicInteger downloads = new AtomicInteger();
  final Deque<Supplier<CreateReply>> creates = new ConcurrentLinkedDeque<>();
  final Deque<Supplier<TaskState>> states = new ConcurrentLinkedDeque<>();
  final Deque<Supplier<Clip>> clips = new ConcurrentLinkedDeque<>();

  static TaskState succeeded() {
    return new TaskState.Succeeded(
        new GeneratedVideo("https://clips.example/a.mp4", null, BigDecimal.valueOf(5)));
  }

  static CreateReply accepted(String task) {
    return new CreateReply.Answered(200, new TaskId(task), null, null);
  }

  @Override
  public ProviderAccount account() {
    return new ProviderAccount("Scripted", "https://provider.example", "f00d");
  }

  @Override
  public Create prepare(GenerationRequest request) {
    return new Create() {
      @Override
      public String bodySha256() {
        return "digest of " + request.draft().canonical();
      }

      @Override
      public CreateReply send() {
        int number = sends.incrementAndGet();
        Supplier<CreateReply> scripted = creates.poll();
        return scripted == null ? accepted("task-" + number) : scripted.get();
      }
    };
  }

  @Override
  public VideoTask task(TaskId id) {
    polls.incrementAndGet();
    Supplier<TaskState> scripted = states.poll();
    return new VideoTask(id, scripted == null ? succeeded() : scripted.get(), null, null);
  }

  @Override
  public Clip fetch(String url, Path target, Consumer<JobEvent.Progress> progress) {
    downloads.incrementAndGet();
    progress.accept(new JobEvent.Progress(1, 2L));
    Supplier<Clip> scripted = clips.poll();
    return scripted == null ? new Clip(target, 2, "c1", new ClipLength(121, 24)) : scripted.get();
  }
}
