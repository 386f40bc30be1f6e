package badsample.elsewhere.driving;

import io.github.seedance4j.port.out.JobJournal;
import org.jspecify.annotations.Nullable;

/** Somebody else's page that writes into the journal, and borrows from the HTTP adapter. */
class Overreaches {
  @Nullable JobJournal journal;
  io.github.seedance4j.adapter.http.@Nullable ApiKey key;
}
