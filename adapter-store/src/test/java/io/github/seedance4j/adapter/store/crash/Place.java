package io.github.seedance4j.adapter.store.crash;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.adapter.http.tokenhub.TokenHubProvider;
import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/**
 * Where a story takes place, whichever process tells it: what outlives them all.
 *
 * @param name of this telling, part of every prompt, so that no other has sent the same bytes
 * @param hub the fake provider's base URL
 * @param ledger the fake provider's ledger, which a person reads as a dashboard
 * @param journal a file, or the address of a PostgreSQL database
 * @param directory of clips and of the record of what listeners were told
 * @param start when the story's clock began
 */
record Place(String name, URI hub, Path ledger, String journal, Path directory, Instant start) {

  private static final HttpOptions LOOPBACK = HttpOptions.builder().allowLoopback(true).build();

  static Place of(List<String> words) {
    return new Place(
        words.get(0),
        URI.create(words.get(1)),
        Path.of(words.get(2)),
        words.get(3),
        Path.of(words.get(4)),
        Instant.parse(words.get(5)));
  }

  /** For another process's command line. */
  List<String> words() {
    return List.of(
        name, hub.toString(), ledger.toString(), journal, directory.toString(), start.toString());
  }

  /**
   * The same place, with a clock that has gone on while nobody was there: on PostgreSQL the leases
   * of a process that died have run out by then.
   */
  Place anHourLater() {
    return new Place(name, hub, ledger, journal, directory, StoryTime.movedOn(start));
  }

  JdbcJobJournal openJournal() {
    if (journal.startsWith("jdbc:")) {
      return JdbcJobJournal.postgres(journal, "postgres", "");
    }
    return JdbcJobJournal.sqlite(Path.of(journal));
  }

  TokenHubProvider provider() {
    return TokenHub.provider(ApiKey.of("th-crash"), hub, LOOPBACK);
  }

  StoryTime time() {
    return new StoryTime(start);
  }

  Path arrivals() {
    return directory.resolve("arrivals");
  }

  Path arrival(Job job) {
    return arrivals().resolve(job.id() + ".mp4");
  }

  Path shelf() {
    return directory.resolve("shelf");
  }

  /** A clip store that may be called any number of times. */
  void keep(Job job, Clip clip) throws IOException {
    Files.createDirectories(shelf());
    Path kept = shelf().resolve(job.id() + ".mp4");
    try {
      Files.move(clip.path(), kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException moved) {
      if (!Files.isRegularFile(kept)) {
        throw moved;
      }
    }
  }

  /** A listener that remembers what it was told. */
  void hear(JobEvent event) {
    if (event.download() != null) {
      return;
    }
    try {
      Files.writeString(
          events(),
          event.id() + " " + event.state() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path events() {
    return directory.resolve("events.txt");
  }

  /** What listeners were told: an event's id, a blank, a state. */
  List<String> heard() throws IOException {
    return Files.exists(events()) ? Files.readAllLines(events()) : List.of();
  }
}
