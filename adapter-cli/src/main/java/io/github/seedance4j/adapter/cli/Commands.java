package io.github.seedance4j.adapter.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes the commands that messages suggest, ready to be pasted.
 *
 * @param clip where the clip of this run goes; null where none does
 * @param again what to type to try this very thing again
 */
record Commands(Surroundings around, @Nullable Path clip, String again) {

  String command(String... words) {
    return SeedanceCommand.command(around, words);
  }

  /** Waits for a task and fetches its clip to where this run would have put it. */
  String await(String task) {
    return clip == null
        ? command("wait", task)
        : command("wait", task, "-o", ClipFile.shown(around, clip));
  }
}
