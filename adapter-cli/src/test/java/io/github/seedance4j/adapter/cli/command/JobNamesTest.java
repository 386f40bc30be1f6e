package io.github.seedance4j.adapter.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobNamesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final InMemoryJobJournal journal = new InMemoryJobJournal();
  private final VideoGeneration videos = mock(VideoGeneration.class);
  private int recorded;

  @BeforeEach
  void readsTheJournal() {
    when(videos.list(any())).thenAnswer(call -> journal.list(call.getArgument(0)));
  }

  private Job job(String id, String task) {
    Job job =
        Job.intended(
                new JobId(id),
                new ProviderAccount("TokenHub", "u", "f"),
                GenerationDraft.builder().build(),
                NOW.plusSeconds(recorded++))
            .state(JobState.RUNNING, NOW)
            .taskId(new TaskId(task))
            .done();
    journal.admit(job, List.of(), "me");
    return job;
  }

  @Test
  void findsAJobByTheBeginningOfEither() {
    Job job = job("job-abc00000", "cgt-1");
    job("job-def00000", "cgt-2");

    for (String name : List.of("job-ab", "ab", "cgt-1", "job-abc00000", "abc00000")) {
      assertThat(JobNames.find(videos, name)).as(name).contains(job);
    }
    assertThat(JobNames.find(videos, "x")).isEmpty();
  }

  @Test
  void listsBothWhereOneIsAJobsBeginningAndTheOtherATasks() {
    Job byId = job("job-cg000000", "task-1");
    Job byTask = job("job-xyz00000", "cgt-1");

    assertThatThrownBy(() -> JobNames.find(videos, "cg"))
        .hasMessageContaining("'cg' may be any of several jobs")
        .hasMessageContaining(byId.id().value())
        .hasMessageContaining(byTask.id().value());
  }

  @Test
  void findsTheOneJobThatBothBelongTo() {
    Job job = job("job-cg000000", "cgt-1");

    assertThat(JobNames.find(videos, "cg")).contains(job);
  }

  @Test
  void prefersAWholeIdToABeginning() {
    Job whole = job("job-abc00000", "cgt-1");
    job("job-xyz00000", "abc000000");
    job("job-xyz00001", "job-abc000000");

    assertThat(JobNames.find(videos, "abc00000")).contains(whole);
    assertThat(JobNames.find(videos, "job-abc00000")).contains(whole);
  }

  @Test
  void prefersAWholeTaskToManyThatBeginLikeIt() {
    Job whole = job("job-abc00000", "cgt-1");
    for (int i = 10; i < 40; i++) {
      job("job-xyz000" + i, "cgt-1" + i);
    }

    assertThat(JobNames.find(videos, "cgt-1")).contains(whole);
  }
}
