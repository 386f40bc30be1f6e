package io.github.seedance4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent.Progress;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One rule's fetcher, opened, a directory to fetch to, and what a rule asks of both. */
final class FetchTrial implements AutoCloseable {

  final ContractSubject<? extends VideoFetcher> subject;
  final Path target;
  private final Path directory;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Played played = Played.now();
  private VideoFetcher fetcher;

  private FetchTrial(ContractSubject<? extends VideoFetcher> subject, Path directory) {
    this.subject = subject;
    played.secret(subject.key());
    this.directory = directory;
    this.target = directory.resolve("boat.mp4");
    this.fetcher = toBeClosed(subject.open(subject.key()));
  }

  /** Skips the rule if the subject lacks one of these. */
  static FetchTrial of(FetcherSource source, Path directory, Capability... needed) {
    ContractSubject<? extends VideoFetcher> subject = source.subject();
    try {
      ProviderTrial.requireAll(subject, needed);
      ProviderTrial.requireOpenFake(subject);
      return new FetchTrial(subject, directory);
    } catch (RuntimeException | Error e) {
      subject.close();
      throw e;
    }
  }

  private VideoFetcher toBeClosed(VideoFetcher other) {
    if (other instanceof AutoCloseable closeable) {
      opened.add(closeable);
    }
    return other;
  }

  /** From here on the fetcher is one that gives up soon. */
  void hurry() {
    fetcher = toBeClosed(subject.openHurried());
  }

  /**
   * From here on nobody listens, and the fetcher is another one, without a connection yet; the port
   * is kept, lest another test's fake listens there.
   */
  void away() {
    hub().refusing();
    fetcher = toBeClosed(subject.open(subject.key()));
  }

  FakeTokenHub hub() {
    return subject.hub().orElseThrow();
  }

  /** A task that has succeeded; booked past the wire, so that only downloads cross it. */
  TaskId made(Fault... faults) {
    played.begins(faults.length == 0 ? "a clip" : "a clip with " + List.of(faults));
    hub().next().with(faults);
    try (VideoProvider desk = hub().provider()) {
      return Judgements.submitted(desk.prepare(ProviderTrial.request("a paper boat")).send());
    }
  }

  /** The task's link as a poll tells it now. */
  String link(TaskId task) {
    try (VideoProvider desk = hub().provider()) {
      return String.valueOf(Judgements.succeeded(desk.task(task)).url());
    }
  }

  /** The bytes that the fake has for it. */
  byte[] bytes(TaskId task) {
    return hub().clip(task.value());
  }

  /** Fetches what can be fetched. */
  Clip fetch(String link) {
    return fetch(link, progress -> {});
  }

  Clip fetch(String link, Consumer<Progress> progress) {
    try {
      return tryFetch(link, target, progress);
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("fetching throws " + e, e);
    }
  }

  /** Fetches what may not come. */
  Clip tryFetch(String link, Path to, Consumer<Progress> progress) throws IOException {
    int query = link.indexOf('?');
    played.begins("a fetch of " + (query < 0 ? link : link.substring(0, query) + "?…"));
    if (query >= 0) {
      played.secret(link.substring(query + 1));
    }
    try {
      Clip clip = fetcher.fetch(link, to, progress);
      played.came(clip);
      return clip;
    } catch (IOException | RuntimeException e) {
      played.came(e);
      throw e;
    }
  }

  @Nullable Throwable fetchFailing(String link) {
    return catchThrowable(() -> tryFetch(link, target, progress -> {}));
  }

  /** Fetches that it must not succeed at, with that exception and without a file of that name. */
  <E extends Throwable> E refuses(String link, Class<E> type) {
    Throwable thrown = fetchFailing(link);
    assertThat(thrown).as("fetching").isInstanceOf(type);
    assertThat(target).as("the final name").doesNotExist();
    return type.cast(Objects.requireNonNull(thrown));
  }

  /** Fetches until it succeeds, looking at the final name each time that it does not. */
  Clip fetchAtLast(TaskId task, Class<? extends RuntimeException> meanwhile) throws IOException {
    for (int attempt = 0; attempt < 10; attempt++) {
      try {
        return tryFetch(link(task), target, progress -> {});
      } catch (RuntimeException e) {
        assertThat(e).as("fetching").isInstanceOf(meanwhile);
        assertThat(target).as("the final name").doesNotExist();
      }
    }
    throw new AssertionError("not fetched in 10 attempts");
  }

  /** The clip is whole, under that name, and is what the fake has. */
  void isWhole(Clip clip, Path name, byte[] bytes) throws IOException {
    Judgements.whole(clip);
    assertThat(clip.path()).as("the clip's path").isEqualTo(name);
    assertThat(clip.bytes()).as("the clip's size").isEqualTo(bytes.length);
    assertThat(clip.sha256()).as("the clip's SHA-256").isEqualTo(Judgements.sha256(bytes));
  }

  /** All files there are, by name. */
  List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      for (AutoCloseable each : opened) {
        each.close();
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      ProviderTrial.closeFake(subject, played);
    }
  }
}
