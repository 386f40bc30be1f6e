package io.github.seedance4j.adapter.store.crash;

import io.github.seedance4j.adapter.http.tokenhub.TokenHubProvider;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.ledger.Ledger;
import java.time.Duration;
import java.util.Optional;

/**
 * A person with the provider's account before them, who resolves what is unknown and enters what is
 * not sure.
 */
final class Bookkeeper {

  private static final Duration LONGEST = Duration.ofHours(1);

  private Bookkeeper() {}

  static void settle(Place place, Ledger ledger) {
    TokenHubProvider hub = place.provider();
    try (VideoGeneration videos =
        VideoGenerationService.builder()
            .provider(hub)
            .journal(place.openJournal())
            .clipFiles(place::arrival)
            .clips(place::keep)
            .onEvent(place::hear)
            .pollPlan(PollPlan.immediate())
            .time(place.time())
            .build()) {
      for (Job job : videos.list(JobQuery.all())) {
        Job known = job.state() == JobState.UNKNOWN ? resolve(videos, job, ledger) : job;
        boolean isSure =
            known.bill().map(bill -> bill.basis() == Bill.Basis.COMPUTED).orElse(false);
        if (!isSure) {
          String cost = ledger.costOfDigest(job.bodySha256().orElseThrow()).toPlainString();
          videos.settle(job.id(), Money.usd(cost));
        }
      }
    }
  }

  private static Job resolve(VideoGeneration videos, Job job, Ledger ledger) {
    Optional<TaskId> task = Story.taskOf(job, ledger);
    if (task.isEmpty()) {
      return job;
    }
    videos.resolve(job.id(), new OutcomeResolution.Attach(task.get()));
    return videos.await(job.id(), LONGEST);
  }
}
