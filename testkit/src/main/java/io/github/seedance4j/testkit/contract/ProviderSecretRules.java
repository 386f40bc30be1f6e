package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.Capability.LOGS;
import static io.github.seedance4j.testkit.contract.Capability.REAL_WIRE;
import static io.github.seedance4j.testkit.contract.Capability.SCRIPTED_FAULTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.RecordedHead;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The key goes to the provider, and to nobody else. */
interface ProviderSecretRules extends ProviderSource {

  @Test
  @DisplayName("P57 sends the key in Authorization and nowhere else")
  default void sendsTheKeyInAuthorizationAndNowhereElse() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS, REAL_WIRE)) {
      TaskId task = trial.booked();
      trial.state(task);

      String key = trial.subject.key();
      List<RecordedHead> heads = trial.hub().requests().heads();
      assertThat(heads).as("requests").hasSize(2);
      for (RecordedHead head : heads) {
        assertThat(head.values("Authorization")).as("Authorization").hasSize(1);
        assertThat(head.values("Authorization").get(0).equals("Bearer " + key))
            .as("Authorization is Bearer and the key")
            .isTrue();
        Judgements.withoutSecret("the request's target", head.target(), key);
        head.headers().stream()
            .filter(header -> !header.getKey().equalsIgnoreCase("Authorization"))
            .forEach(header -> Judgements.withoutSecret(header.getKey(), header.getValue(), key));
      }
      Judgements.withoutSecret("the body", trial.hub().requests().creates().get(0).body(), key);
    }
  }

  @Test
  @DisplayName("P58 keeps the key out of every message and text")
  default void keepsTheKeyOutOfEveryMessageAndText() {
    try (ProviderTrial trial = ProviderTrial.of(this)) {
      String key = trial.subject.key();
      VideoProvider provider = trial.provider();
      VideoProvider stranger = trial.open(ProviderTrial.WRONG_KEY);

      Judgements.withoutSecret("the provider's text", provider.toString(), key);
      Judgements.withoutSecret("the account's text", provider.account().toString(), key);
      Judgements.withoutSecret(
          "a create's text", provider.prepare(ProviderTrial.request("a boat")).toString(), key);
      Judgements.withoutSecret(catchThrowable(() -> provider.task(ProviderTrial.NOBODYS)), key);
      Judgements.withoutSecret(
          catchThrowable(() -> stranger.task(ProviderTrial.NOBODYS)), ProviderTrial.WRONG_KEY);
    }
  }

  @Test
  @DisplayName("P59 keeps the key out of what it says of trouble, even where it is repeated to it")
  default void keepsTheKeyOutOfWhatItSaysOfTroubleEvenWhereItIsRepeatedToIt() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      String key = trial.subject.key();
      for (CreateFault fault :
          List.of(
              new CreateFault.Refuses(400, "InvalidParameter", "Your key " + key + " is odd."),
              new CreateFault.Refuses(500, true),
              new CreateFault.AnswersGarbage(),
              new CreateFault.ResetsAfterCharge())) {
        Judgements.withoutSecret("the reply", trial.create(fault).toString(), key);
      }
      TaskId failed = trial.booked(new TaskFault.Fails("Odd", "Your key " + key, false));
      Judgements.withoutSecret("the state", trial.state(failed).toString(), key);
      TaskId troubled = trial.booked(new TaskFault.ResetsPolls(1_000));
      Judgements.withoutSecret(catchThrowable(() -> trial.state(troubled)), key);
      trial.away();
      Judgements.withoutSecret(
          "the reply",
          trial.send(trial.provider().prepare(ProviderTrial.request("a boat"))).toString(),
          key);
    }
  }

  @Test
  @DisplayName("P60 keeps the key out of the logs")
  default void keepsTheKeyOutOfTheLogs() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS, LOGS)) {
      trial.state(trial.booked());
      trial.create(new CreateFault.Refuses(500, true));
      trial.create(new CreateFault.ResetsAfterCharge());
      Judgements.unknownTask(catchThrowable(() -> trial.provider().task(ProviderTrial.NOBODYS)));

      Judgements.withoutSecret("the log", trial.subject.log(), trial.subject.key());
    }
  }
}
