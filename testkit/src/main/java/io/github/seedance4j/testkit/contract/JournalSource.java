package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.JobJournal;
import java.util.Optional;

/** The journals that the rules are tried on. */
interface JournalSource {

  /**
   * A journal of its own for each call, with nothing in it. The test closes it; closing it twice
   * must do no harm.
   */
  JobJournal emptyJournal();

  /**
   * A journal over the same records, as the next process finds them. The one before may be closed
   * first, or better be let go of as a killed process does. The test closes the new one.
   *
   * @return empty, which is the default, for a journal that forgets
   */
  default Optional<JobJournal> reopened(JobJournal journal) {
    return Optional.empty();
  }

  /**
   * A second journal over the same records, open beside the first, as in another process. The test
   * closes it.
   *
   * @return empty, which is the default, for a journal that one process has to itself
   */
  default Optional<JobJournal> another(JobJournal journal) {
    return Optional.empty();
  }

  /** How often each of eight threads tries where they race; fewer do for a slow disk. */
  default int turns() {
    return 200;
  }
}
