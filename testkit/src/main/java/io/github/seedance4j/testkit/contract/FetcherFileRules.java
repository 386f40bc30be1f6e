package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.Capability.SCRIPTED_FAULTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent.Progress;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.fault.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A final name stands for a whole clip, and takes nobody's file away. */
interface FetcherFileRules extends FetcherSource {

  @Test
  @DisplayName("F01 brings the whole clip to its final name")
  default void bringsTheWholeClipToItsFinalName(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      TaskId task = trial.made();

      Clip clip = trial.fetch(trial.link(task));
      trial.isWhole(clip, trial.target, trial.bytes(task));
      assertThat(clip.length().seconds()).as("its length").isEqualByComparingTo("5.042");
    }
  }

  @Test
  @DisplayName("F02 leaves nothing beside the clip")
  default void leavesNothingBesideTheClip(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      trial.fetch(trial.link(trial.made()));
      assertThat(trial.files()).as("files").containsExactly("boat.mp4");
    }
  }

  @Test
  @DisplayName("F03 puts nothing under the final name before the clip is whole")
  default void putsNothingUnderTheFinalNameBeforeTheClipIsWhole(@TempDir Path directory)
      throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      TaskId task = trial.made();
      long size = trial.bytes(task).length;
      List<Long> tooEarly = new ArrayList<>();
      trial.fetch(
          trial.link(task),
          progress -> {
            if (progress.bytes() < size && Files.exists(trial.target)) {
              tooEarly.add(progress.bytes());
            }
          });
      assertThat(tooEarly).as("bytes at which the final name was there").isEmpty();

      TaskId cut = trial.made(new FileFault.CutsFile());
      Path other = directory.resolve("cut.mp4");
      assertThatThrownBy(() -> trial.tryFetch(trial.link(cut), other, progress -> {}))
          .isInstanceOf(RetryLaterException.class);
      assertThat(other).as("the final name").doesNotExist();
    }
  }

  @Test
  @DisplayName("F04 overwrites no file, and tells the next free name")
  default void overwritesNoFileAndTellsTheNextFreeName(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      byte[] others = {1, 2, 3};
      Files.write(trial.target, others);
      TaskId task = trial.made();

      Clip clip = trial.fetch(trial.link(task));
      assertThat(trial.target).as("somebody else's file").hasBinaryContent(others);
      assertThat(clip.path())
          .as("where the second clip went")
          .isNotEqualTo(trial.target)
          .hasParent(directory);
      trial.isWhole(clip, clip.path(), trial.bytes(task));
      Clip third = trial.fetch(trial.link(trial.made()));
      assertThat(third.path())
          .as("where the third clip went")
          .isNotEqualTo(trial.target)
          .isNotEqualTo(clip.path());
      assertThat(trial.files()).as("files").hasSize(3);
    }
  }

  @Test
  @DisplayName("F05 takes the same bytes that are there already for the clip")
  default void takesTheSameBytesThatAreThereAlreadyForTheClip(@TempDir Path directory)
      throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      TaskId task = trial.made();
      Clip first = trial.fetch(trial.link(task));

      assertThat(trial.fetch(trial.link(task))).as("the clip, fetched again").isEqualTo(first);
      assertThat(trial.files()).as("files").containsExactly("boat.mp4");
    }
  }

  @Test
  @DisplayName("F06 tells how far it is, to the end")
  default void tellsHowFarItIsToTheEnd(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      List<Progress> told = new ArrayList<>();
      List<Thread> tellers = new ArrayList<>();
      Clip clip =
          trial.fetch(
              trial.link(trial.made()),
              progress -> {
                told.add(progress);
                tellers.add(Thread.currentThread());
              });

      Judgements.progress(told, clip.bytes());
      assertThat(tellers).as("who tells").containsOnly(Thread.currentThread());
    }
  }

  @Test
  @DisplayName("F07 needs nobody to say how long the clip is")
  default void needsNobodyToSayHowLongTheClipIs(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      TaskId task = trial.made(new FileFault.LeavesOutLength());
      trial.isWhole(trial.fetch(trial.link(task)), trial.target, trial.bytes(task));
    }
  }

  @Test
  @DisplayName("F08 mixes no two fetches to one name")
  default void mixesNoTwoFetchesToOneName(@TempDir Path directory) throws Exception {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      TaskId one = trial.made();
      TaskId two = trial.made();
      List<Callable<@Nullable Clip>> fetches = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        TaskId task = i % 2 == 0 ? one : two;
        fetches.add(
            () -> {
              try {
                Clip clip = trial.tryFetch(trial.link(task), trial.target, progress -> {});
                trial.isWhole(clip, clip.path(), trial.bytes(task));
                return clip;
              } catch (RetryLaterException e) {
                return null; // told to come back, which is fine
              }
            });
      }
      ExecutorService pool = Executors.newFixedThreadPool(fetches.size());
      try {
        int whole = 0;
        for (Future<@Nullable Clip> each : pool.invokeAll(fetches)) {
          whole += cameOf(each) == null ? 0 : 1;
        }
        assertThat(whole).as("fetches that succeeded").isPositive();
      } finally {
        pool.shutdownNow();
      }
      for (String name : trial.files()) {
        if (name.endsWith(".mp4")) {
          assertThat(Judgements.sha256(directory.resolve(name)))
              .as(name)
              .isIn(Judgements.sha256(trial.bytes(one)), Judgements.sha256(trial.bytes(two)));
        }
      }
    }
  }

  private static @Nullable Clip cameOf(Future<@Nullable Clip> fetch) throws InterruptedException {
    try {
      return fetch.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a fetch beside others: " + e.getCause(), e.getCause());
    }
  }

  @Test
  @DisplayName("F09 says so when the disk refuses")
  default void saysSoWhenTheDiskRefuses(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      String link = trial.link(trial.made());
      Path nowhere = directory.resolve("no-such-directory/boat.mp4");
      assertThatThrownBy(() -> trial.tryFetch(link, nowhere, progress -> {}))
          .isInstanceOf(IOException.class);
    }
  }
}
