package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.Capability.REAL_WIRE;
import static io.github.seedance4j.testkit.contract.Capability.SCRIPTED_FAULTS;
import static io.github.seedance4j.testkit.contract.Capability.SHORT_DEADLINE;
import static io.github.seedance4j.testkit.contract.ProviderTrial.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.SubmissionOutcome;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.fault.ConnectionFault;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.ledger.Charge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A create is one request on the wire, whatever comes back, and what got lost is unknown. */
interface ProviderSendingRules extends ProviderSource {

  @Test
  @DisplayName("P09 sends one request whatever the status")
  default void sendsOneRequestWhateverTheStatus() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      trial.createOnce();
      for (int status :
          new int[] {400, 401, 402, 403, 404, 408, 409, 422, 425, 429, 500, 502, 503, 504}) {
        trial.createOnce(new CreateFault.Refuses(status, false));
        trial.createOnce(new CreateFault.Refuses(status, true).withRetryAfter("0"));
      }
    }
  }

  @Test
  @DisplayName("P10 follows no redirect of a create")
  default void followsNoRedirectOfACreate() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        CreateReply reply = trial.createOnce(new CreateFault.Redirects(status));

        assertThat(trial.hub().requests().redirectsFollowed())
            .as("redirects followed after %d", status)
            .isZero();
        Judgements.unknown(reply);
      }
    }
  }

  @Test
  @DisplayName("P11 sends one request when the connection is closed or reset")
  default void sendsOneRequestWhenTheConnectionIsClosedOrReset() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      trial.createOnce(new CreateFault.ClosesAfterCharge());
      trial.createOnce(new CreateFault.ResetsAfterCharge());
      trial.createOnce(new CreateFault.ResetsBeforeRead());
      // over a connection that has served before, clients like to try once more
      trial.createOnce();
      trial.createOnce(new CreateFault.ClosesAfterCharge());
      trial.createOnce();
      trial.createOnce(new CreateFault.ResetsAfterCharge());

      trial.hub().nextConnection(new ConnectionFault.ResetsAfterAccept());
      trial.renew();
      long before = trial.hub().requests().createsBegun();
      SubmissionOutcome outcome = Judgements.outcome(trial.create());
      // on a second connection, as long as nothing went over the first: some clients do
      assertThat(trial.hub().requests().createsBegun() - before)
          .as("requests on the wire, with the outcome %s", outcome)
          .isBetween(0L, outcome instanceof SubmissionOutcome.NotSent ? 0L : 1L);
    }
  }

  @Test
  @DisplayName("P12 takes a lost reply for unknown")
  default void takesALostReplyForUnknown() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      Judgements.unknown(trial.create(new CreateFault.ResetsAfterCharge()));
      Judgements.unknown(trial.create(new CreateFault.ClosesAfterCharge()));
      Judgements.unknown(trial.create(new CreateFault.ResetsBeforeRead()));
    }
  }

  @Test
  @DisplayName("P13 takes a reply that breaks off for unknown, and sends once")
  default void takesAReplyThatBreaksOffForUnknownAndSendsOnce() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      Judgements.unknown(trial.createOnce(new CreateFault.CutsHead()));
      Judgements.unknown(trial.createOnce(new CreateFault.AnswersGarbage()));
      CreateReply half = trial.createOnce(new CreateFault.CutsBody());
      Judgements.unknownOrSubmitted(half, trial.bookedLast());
    }
  }

  @Test
  @DisplayName("P14 takes a reply that never comes for unknown, and sends once")
  default void takesAReplyThatNeverComesForUnknownAndSendsOnce() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS, SHORT_DEADLINE)) {
      trial.hurry();
      Judgements.unknown(
          InTime.of(trial.subject, () -> trial.createOnce(new CreateFault.HangsAfterCharge())));
      trial.hub().nextConnection(new ConnectionFault.HangsAfterAccept());
      trial.renew();
      Judgements.unknown(InTime.of(trial.subject, () -> trial.create()));
    }
  }

  @Test
  @DisplayName("P15 gives up on an answer without end")
  default void givesUpOnAnAnswerWithoutEnd() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS, SHORT_DEADLINE, REAL_WIRE)) {
      trial.hurry();
      Judgements.unknown(
          InTime.of(
              trial.subject,
              () -> trial.createOnce(new CreateFault.DripsAnswer(Duration.ofMillis(200)))));
      Judgements.unknown(
          InTime.of(trial.subject, () -> trial.createOnce(new CreateFault.FloodsHead())));
    }
  }

  @Test
  @DisplayName("P16 says that a create was not sent when nobody listens")
  default void saysThatACreateWasNotSentWhenNobodyListens() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      trial.away();

      CreateReply reply = trial.send(trial.provider().prepare(request("a paper boat")));
      assertThat(Judgements.outcome(reply))
          .as("the outcome when nobody listens")
          .isInstanceOf(SubmissionOutcome.NotSent.class);
    }
  }

  @Test
  @DisplayName("P17 gives each of many creates at once its own task, charged once")
  default void givesEachOfManyCreatesAtOnceItsOwnTaskChargedOnce() throws Exception {
    int threads = 16;
    int each = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      List<Future<Map<String, TaskId>>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        String prompt = "boat " + thread;
        running.add(pool.submit(() -> booked(trial, prompt, each)));
      }
      Map<String, TaskId> tasks = new HashMap<>();
      for (Future<Map<String, TaskId>> some : running) {
        tasks.putAll(some.get());
      }

      List<Charge> charges = trial.hub().ledger().charges();
      assertThat(tasks).as("tasks by what was sent for them").hasSize(threads * each);
      assertThat(charges).as("charges").hasSize(threads * each);
      for (Charge charge : charges) {
        assertThat(tasks.get(charge.digest()))
            .as("the task of the create that was charged for %s", charge.taskId())
            .isEqualTo(charge.task().map(TaskId::new).orElse(null));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** The tasks by the digest of what was sent for them. */
  private static Map<String, TaskId> booked(ProviderTrial trial, String prompt, int times) {
    Map<String, TaskId> tasks = new HashMap<>();
    for (int i = 0; i < times; i++) {
      VideoProvider.Create create = trial.provider().prepare(request(prompt + " of " + i));
      TaskId task = Judgements.submitted(create.send());
      assertThat(trial.task(task).id()).as("the id of the task asked for").isEqualTo(task);
      tasks.put(create.bodySha256(), task);
    }
    return tasks;
  }
}
