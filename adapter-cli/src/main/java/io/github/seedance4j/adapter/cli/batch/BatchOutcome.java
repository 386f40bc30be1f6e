package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.Commands;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.command.TaskCommand;
import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import io.github.seedance4j.job.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what becomes of clips that are made together: to programs and in the results file as each
 * ends, to people when all have.
 *
 * @param directory where the clips go
 * @param results null where none are kept: then the clips themselves are named
 */
public record BatchOutcome(
    TaskCommand command,
    BatchBoard board,
    Path directory,
    @Nullable BatchResults results,
    Commands commands) {

  /** On each change: of those that end. */
  public void tell(BatchEntry entry) {
    if (entry.end() == null) {
      return;
    }
    if (command.isJson() && !command.talk().isOver()) {
      command.result(entry.json());
    }
    try {
      if (results != null) {
        results.writeNowAndThen(board.entries());
      }
    } catch (IOException e) {
      // said at the end, when it is tried for the last time
    }
  }

  /** Writes the results as they are; whether that could be done. */
  boolean save() {
    if (results == null) {
      return true;
    }
    try {
      results.write(board.entries());
      return true;
    } catch (IOException e) {
      command.talk().error("can't write " + shown(results.file()) + ": " + DiskTrouble.reason(e));
      return false;
    }
  }

  /** All of them together, as they are now. */
  public BatchSummary summary() {
    return new BatchSummary(board.entries(), commands);
  }

  /**
   * The last words, and the exit code.
   *
   * @param failure what broke the run off; thrown again, once the rest is told
   */
  public int finish(@Nullable Throwable failure) {
    Talk talk = command.talk();
    boolean saved = save();
    BatchSummary summary = summary();
    summary.notes().forEach(talk::note);
    String headline = summary.headline(directory, shown(directory), board.spend());
    List<String> troubles = summary.troubles();
    if (troubles.isEmpty()) {
      talk.say(headline);
    } else {
      talk.error(headline);
      troubles.forEach(line -> talk.insist("  " + line));
      summary.next().forEach(talk::insist);
    }
    if (saved && !command.isJson() && !talk.isOver()) {
      files().stream().map(this::shown).forEach(command::result);
    }
    if (failure instanceof RuntimeException known) {
      throw known;
    }
    if (failure instanceof Error worse) {
      throw worse;
    }
    int exit = summary.exit();
    return exit == ExitCode.DONE && !saved ? ExitCode.UNEXPECTED : exit;
  }

  private List<Path> files() {
    if (results != null) {
      return List.of(results.file());
    }
    return board.entries().stream()
        .filter(entry -> entry.end() == BatchEnd.STORED)
        .flatMap(entry -> Optional.ofNullable(entry.job()).flatMap(Job::clip).stream())
        .map(clip -> clip.path())
        .toList();
  }

  private String shown(Path path) {
    return ClipFile.shown(commands.around(), path);
  }
}
