package io.github.seedance4j.testkit.live;

import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent.Progress;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.testkit.contract.Judgements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings the paid clip home, then looks how its link and the server behave. */
final class Fetching {

  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Desk desk;
  private final TaskId task;
  private final Notebook notes;
  private final Waiting waiting;
  private String link;

  Fetching(Desk desk, TaskId task, GeneratedVideo video, Notebook notes, Waiting waiting) {
    this.desk = desk;
    this.task = task;
    this.notes = notes;
    this.waiting = waiting;
    this.link = "";
    know(video);
  }

  /** From here on the link is a secret. */
  private void know(GeneratedVideo video) {
    link = video.url() == null ? "" : video.url();
    if (!link.isEmpty()) {
      notes.secrets().addLink(link);
      SignedLink signed = SignedLink.of(link, waiting.now());
      notes.see("link_host", signed.host());
      signed.life().ifPresent(life -> notes.see("link_life_seconds", life.toSeconds()));
    }
    if (video.coverUrl() != null) {
      notes.secrets().addLink(video.coverUrl());
    }
    notes.see("cover_image", video.coverUrl() != null);
  }

  /** The whole clip; null if it could not be had, with the reason noted. */
  @Nullable Clip fetch(Path target) throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    String why = "there is no link";
    for (int attempt = 1; attempt <= ATTEMPTS && !link.isEmpty(); attempt++) {
      List<Progress> told = new ArrayList<>();
      try {
        Clip clip = desk.fetcher().fetch(link, target, told::add);
        notes.judge("the clip is a whole file, as it is described", () -> Judgements.whole(clip));
        notes.judge(
            "the download is told of in order, to its end",
            () -> Judgements.progress(told, clip.bytes()));
        notes.see("download_attempts", attempt);
        return clip;
      } catch (LinkExpiredException e) {
        why = String.valueOf(e.getMessage());
        if (!waiting.pause(PAUSE) || !renewed()) {
          break;
        }
      } catch (RetryLaterException e) {
        why = String.valueOf(e.getMessage());
        if (!waiting.pause(e.retryAfter().orElse(PAUSE))) {
          break;
        }
      } catch (RuntimeException | IOException e) {
        why = String.valueOf(e.getMessage());
        break;
      }
    }
    notes.see("not_fetched", notes.secrets().hidden(why));
    return null;
  }

  /** Asks for the task again, which signs a link anew. */
  private boolean renewed() {
    try {
      if (desk.provider().task(task).state() instanceof TaskState.Succeeded again) {
        know(again.video());
        return true;
      }
    } catch (RetryLaterException e) {
      return true; // the old link may do, and the attempts are counted
    } catch (RuntimeException e) {
      notes.say("  the task can't be asked for again: " + e.getMessage());
    }
    return false;
  }

  /** A second fetch to the same name: the same bytes, and no second file. */
  void again(Clip clip, Path target) {
    notes.judge(
        "fetched again to its name, the clip is the same file",
        () -> {
          Clip second = desk.fetcher().fetch(link, target, progress -> {});
          if (!second.equals(clip)) {
            throw new AssertionError(
                "was " + clip.sha256() + " of " + clip.bytes() + ", is " + second.sha256());
          }
        });
  }

  /** Breaks a download off at its first report, and goes on: does the server give ranges? */
  void brokenOff(Clip clip, Path directory) throws IOException {
    Path aside = Files.createTempDirectory(directory.toAbsolutePath(), "broken-off");
    Path other = aside.resolve("clip.mp4");
    long[] stopped = {-1};
    try {
      desk.fetcher()
          .fetch(
              link,
              other,
              progress -> {
                if (progress.bytes() < clip.bytes()) {
                  stopped[0] = progress.bytes();
                  throw new StoppedOnPurpose();
                }
              });
      notes.see("ranges", "not tried: the clip came in one piece");
    } catch (StoppedOnPurpose e) {
      List<Progress> told = new ArrayList<>();
      notes.judge(
          "a download that was broken off ends with the same bytes",
          () -> {
            Clip rest = desk.fetcher().fetch(link, other, told::add);
            if (!rest.sha256().equals(clip.sha256())) {
              throw new AssertionError("other bytes: " + rest.sha256());
            }
          });
      boolean goesOn = !told.isEmpty() && told.get(0).bytes() > stopped[0];
      notes.see(
          "ranges",
          goesOn ? "yes: went on after byte " + stopped[0] : "not seen: it may have begun anew");
    } catch (RuntimeException | IOException e) {
      notes.see("ranges", "not tried: " + notes.secrets().hidden(String.valueOf(e.getMessage())));
    } finally {
      delete(aside);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /** Breaks a download off from within. */
  private static final class StoppedOnPurpose extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
