package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.service.InMemoryJobJournal;

class InMemoryJobJournalTest implements JobJournalContract {

  @Override
  public JobJournal emptyJournal() {
    return new InMemoryJobJournal();
  }
}
