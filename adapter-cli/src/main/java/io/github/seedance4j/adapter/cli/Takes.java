package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.media.InputMedia;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.GenerationRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Several clips of one request, made and told of as those of a batch are.
 *
 * @param directory where the clips go
 */
record Takes(
    GenerateCommand command,
    List<BatchItem> items,
    Path directory,
    Workshop.Setup setup,
    Commands commands) {

  private static final int AT_ONCE = 4;

  /** One for each file; of this run alone, since whoever asks again wants further ones. */
  static List<BatchItem> items(
      InputMedia media, GenerationRequest request, Quote quote, List<Path> clips) {
    String run = "takes:" + UUID.randomUUID();
    List<BatchItem> items = new ArrayList<>();
    for (Path clip : clips) {
      int take = items.size() + 1;
      String file = String.valueOf(clip.getFileName());
      String name = file.substring(0, file.length() - ".mp4".length());
      BatchLine line = new BatchLine(BatchLine.NO_FILE, name, null, media);
      items.add(new BatchItem(line, take, 1, request, quote, BatchKeys.take(run, take), file));
    }
    return List.copyOf(items);
  }

  /** Sends them, and waits for all of them. */
  int make(@Nullable String label, Duration patience) {
    Surroundings around = command.around;
    Talk talk = command.talk();
    BatchBoard board = new BatchBoard(around.clock(), items, List.of());
    int atOnce = Math.min(AT_ONCE, items.size());
    BatchRun.Rules rules =
        new BatchRun.Rules(
            atOnce,
            label,
            patience,
            false,
            directory,
            item -> item.request().draft(),
            setup.access() == null);
    try (Workshop.Bench bench = command.open(setup.telling(board).concurrency(atOnce));
        BatchTable table =
            new BatchTable(
                talk, around.clock(), board, clip -> ClipFile.shown(around, clip), null)) {
      command.remind(bench.videos(), Set.of());
      BatchRun run =
          new BatchRun(bench, BatchHistory.none(), board, rules, around.clock(), talk::note);
      board.watch(table);
      board.watch(this::report);
      BatchGoodbye goodbye =
          new BatchGoodbye(
              talk,
              table,
              run,
              () -> bench.videos().close(),
              () -> new BatchSummary(board.entries(), commands));
      return around
          .interrupts()
          .during(
              () -> {
                table.start();
                run.run(items);
                table.end();
                return goodbye.finish(() -> finish(run.failure(), board));
              },
              goodbye);
    }
  }

  /** For programs, each as it ends. */
  private void report(BatchEntry entry) {
    if (entry.end() != null && command.json.or(false) && !command.talk().isOver()) {
      command.result(entry.json());
    }
  }

  private int finish(@Nullable Throwable failure, BatchBoard board) {
    Talk talk = command.talk();
    BatchSummary summary = new BatchSummary(board.entries(), commands);
    String shown = ClipFile.shown(command.around, directory);
    String headline =
        setup.access() == null
            ? summary.headlineOfSandbox(directory, shown, board.spend())
            : summary.headline(directory, shown, board.spend());
    List<String> troubles = summary.troubles();
    if (troubles.isEmpty()) {
      talk.say(headline);
    } else {
      talk.error(headline);
      troubles.forEach(line -> talk.insist("  " + line));
      summary.next().forEach(talk::insist);
    }
    if (!command.json.or(false) && !talk.isOver()) {
      board.entries().stream()
          .filter(entry -> entry.end() == BatchEnd.STORED)
          .flatMap(entry -> Optional.ofNullable(entry.job()).flatMap(Job::clip).stream())
          .forEach(clip -> command.result(ClipFile.shown(command.around, clip.path())));
    }
    if (failure instanceof RuntimeException known) {
      throw known;
    }
    if (failure instanceof Error worse) {
      throw worse;
    }
    return summary.exit();
  }
}
