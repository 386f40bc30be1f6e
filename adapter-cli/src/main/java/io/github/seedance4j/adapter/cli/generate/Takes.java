package io.github.seedance4j.adapter.cli.generate;

import io.github.seedance4j.adapter.cli.batch.BatchBoard;
import io.github.seedance4j.adapter.cli.batch.BatchGoodbye;
import io.github.seedance4j.adapter.cli.batch.BatchHistory;
import io.github.seedance4j.adapter.cli.batch.BatchItem;
import io.github.seedance4j.adapter.cli.batch.BatchKeys;
import io.github.seedance4j.adapter.cli.batch.BatchLine;
import io.github.seedance4j.adapter.cli.batch.BatchOutcome;
import io.github.seedance4j.adapter.cli.batch.BatchRun;
import io.github.seedance4j.adapter.cli.batch.BatchTable;
import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.Commands;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.media.InputMedia;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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

  /**
   * Sends them, and waits for all of them.
   *
   * @param ready the request as it is sent; throws if its files can't be staged
   * @param stop ends that
   */
  int make(
      @Nullable String label, Duration patience, Supplier<GenerationDraft> ready, Runnable stop) {
    Surroundings around = commands.around();
    Talk talk = command.talk();
    BatchBoard board = new BatchBoard(around.clock(), items, List.of());
    BatchOutcome outcome = new BatchOutcome(command, board, directory, null, commands);
    int atOnce = Math.min(AT_ONCE, items.size());
    AtomicReference<GenerationDraft> sent = new AtomicReference<>();
    BatchRun.Rules rules =
        new BatchRun.Rules(
            atOnce, label, patience, false, directory, item -> Objects.requireNonNull(sent.get()));
    try (Workshop.Bench bench = command.open(setup.telling(board).concurrency(atOnce));
        BatchTable table =
            new BatchTable(
                talk, around.clock(), board, clip -> ClipFile.shown(around, clip), null)) {
      command.remind(bench.videos(), Set.of());
      command.requireOwnKind(bench);
      BatchRun run =
          new BatchRun(bench, BatchHistory.none(), board, rules, around.clock(), talk::note);
      board.watch(table);
      board.watch(outcome::tell);
      BatchGoodbye goodbye =
          new BatchGoodbye(
              talk,
              table,
              run,
              () -> {
                stop.run();
                bench.videos().close();
              },
              outcome::summary);
      return command.untilInterrupted(
          () -> {
            sent.set(ready.get());
            table.start();
            run.run(items);
            table.end();
            return goodbye.finish(() -> outcome.finish(run.failure()));
          },
          goodbye);
    }
  }
}
