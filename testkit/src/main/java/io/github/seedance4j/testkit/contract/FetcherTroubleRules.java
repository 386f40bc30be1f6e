package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.Capability.REAL_WIRE;
import static io.github.seedance4j.testkit.contract.Capability.SCRIPTED_FAULTS;
import static io.github.seedance4j.testkit.contract.Capability.SHORT_DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.RecordedHead;
import io.github.seedance4j.testkit.fault.FileFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What breaks is gone on with, and never ends in a wrong file. */
interface FetcherTroubleRules extends FetcherSource {

  @Test
  @DisplayName("F10 asks to come back when the transfer breaks off, and keeps what came")
  default void asksToComeBackWhenTheTransferBreaksOffAndKeepsWhatCame(@TempDir Path directory)
      throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      trial.refuses(trial.link(trial.made(new FileFault.CutsFile(3))), RetryLaterException.class);
      assertThat(trial.files()).as("what came").isNotEmpty();
      Path kept = directory.resolve("boat.mp4.part");
      assertThat(kept).as("the part").isNotEmptyFile();
    }
  }

  @Test
  @DisplayName("F11 goes on where it broke off")
  default void goesOnWhereItBrokeOff(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS, REAL_WIRE)) {
      TaskId task = trial.made(new FileFault.CutsFile(1));
      String link = trial.link(task);
      trial.refuses(link, RetryLaterException.class);

      trial.isWhole(trial.fetch(link), trial.target, trial.bytes(task));
      List<String> ranges = new ArrayList<>();
      for (RecordedHead head : trial.hub().requests().heads()) {
        ranges.addAll(head.values("Range"));
      }
      assertThat(ranges).as("ranges asked for").hasSize(1);
      assertThat(ranges.get(0)).matches("bytes=[1-9][0-9]*-[0-9]*");
    }
  }

  @Test
  @DisplayName("F12 gets there over any number of cuts and resets")
  default void getsThereOverAnyNumberOfCutsAndResets(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      TaskId task = trial.made(new FileFault.CutsFile(2), new FileFault.ResetsFile(2));
      Clip clip = trial.fetchAtLast(task, RetryLaterException.class);
      trial.isWhole(clip, trial.target, trial.bytes(task));
    }
  }

  @Test
  @DisplayName("F13 starts over where a range is ignored")
  default void startsOverWhereARangeIsIgnored(@TempDir Path directory) throws IOException {
    endsWhole(directory, new FileFault.IgnoresRange(), new FileFault.CutsFile(1));
  }

  @Test
  @DisplayName("F14 trusts no 206 with another range than it asked for")
  default void trustsNo206WithAnotherRangeThanItAskedFor(@TempDir Path directory)
      throws IOException {
    endsWhole(directory, new FileFault.AnswersOtherRange(), new FileFault.CutsFile(1));
  }

  private void endsWhole(Path directory, FileFault... faults) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      TaskId task = trial.made(faults);
      Clip clip = trial.fetchAtLast(task, RetryLaterException.class);
      trial.isWhole(clip, trial.target, trial.bytes(task));
    }
  }

  @Test
  @DisplayName("F15 joins no two files where the file was changed")
  default void joinsNoTwoFilesWhereTheFileWasChanged(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      TaskId task = trial.made(new FileFault.ChangesFile(), new FileFault.CutsFile(1));
      Clip clip = trial.fetchAtLast(task, RetryLaterException.class);

      Judgements.whole(clip);
      // the fake numbers each making, near the file's beginning and at its end
      byte[] file = Files.readAllBytes(clip.path());
      String text = new String(file, StandardCharsets.ISO_8859_1);
      int first = ByteBuffer.wrap(file).getInt(text.indexOf("mvhd") + 8);
      int last = ByteBuffer.wrap(file).getInt(file.length - 4);
      assertThat(first).as("the making that the file begins with").isEqualTo(last);
    }
  }

  @Test
  @DisplayName("F16 keeps what came whole and is no clip, and names the file")
  default void keepsWhatCameWholeAndIsNoClipAndNamesTheFile(@TempDir Path directory)
      throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      TaskId task = trial.made(new FileFault.ShortensFile());
      GiveUpException thrown = trial.refuses(trial.link(task), GiveUpException.class);

      assertThat(trial.files()).as("what is kept").hasSize(1);
      Path kept = directory.resolve(trial.files().get(0));
      assertThat(thrown).hasMessageContaining(kept.toString());
      byte[] all = trial.bytes(task);
      assertThat(kept).hasBinaryContent(Arrays.copyOf(all, all.length / 2));
    }
  }

  @Test
  @DisplayName("F17 takes no web page for a clip")
  default void takesNoWebPageForAClip(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      trial.refuses(trial.link(trial.made(new FileFault.ServesHtml())), GiveUpException.class);
    }
  }

  @Test
  @DisplayName("F18 says that a link is dead, and takes a fresh one")
  default void saysThatALinkIsDeadAndTakesAFreshOne(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      TaskId task = trial.made(new FileFault.KillsLink());
      trial.refuses(trial.link(task), LinkExpiredException.class);

      trial.isWhole(trial.fetch(trial.link(task)), trial.target, trial.bytes(task));
    }
  }

  @Test
  @DisplayName("F19 asks to come back when the server is in trouble")
  default void asksToComeBackWhenTheServerIsInTrouble(@TempDir Path directory) throws IOException {
    try (FetchTrial trial = FetchTrial.of(this, directory, SCRIPTED_FAULTS)) {
      for (int status : new int[] {429, 500, 502, 503}) {
        TaskId task = trial.made(new FileFault.RefusesDownloads(status, 20));
        trial.refuses(trial.link(task), RetryLaterException.class);
      }
      String link = trial.link(trial.made());
      trial.away();
      trial.refuses(link, RetryLaterException.class);
    }
  }

  @Test
  @DisplayName("F20 gives up on a transfer that stands still or drips")
  default void givesUpOnATransferThatStandsStillOrDrips(@TempDir Path directory)
      throws IOException {
    try (FetchTrial trial =
        FetchTrial.of(this, directory, SCRIPTED_FAULTS, SHORT_DEADLINE, REAL_WIRE)) {
      trial.hurry();
      for (FileFault fault :
          List.of(
              new FileFault.HangsFile(20), new FileFault.DripsFile(20, Duration.ofMillis(200)))) {
        String link = trial.link(trial.made(fault));
        InTime.of(trial.subject, () -> trial.refuses(link, RetryLaterException.class));
      }
    }
  }
}
