package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.Capability.SCRIPTED_FAULTS;
import static io.github.seedance4j.testkit.contract.ProviderTrial.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.testkit.RecordedCreate;
import io.github.seedance4j.testkit.RecordedRequests;
import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who it is, and what it makes ready before a byte leaves. */
interface ProviderPreparingRules extends ProviderSource {

  /** Characters that a fingerprint may have of a key made for that; one more is a part of it. */
  int MOST_SHARED = 3;

  @Test
  @DisplayName("P01 names its account without the key")
  default void namesItsAccountWithoutTheKey() {
    try (ProviderTrial trial = ProviderTrial.of(this)) {
      ProviderAccount account = trial.provider().account();

      Judgements.account(account, trial.subject.key());
      if (trial.subject.hub().isPresent()) {
        Judgements.fingerprint(account.fingerprint(), trial.subject.key(), MOST_SHARED);
      }
      ProviderAccount other = trial.open(ProviderTrial.WRONG_KEY).account();
      Judgements.fingerprint(other.fingerprint(), ProviderTrial.WRONG_KEY, MOST_SHARED);
      trial
          .subject
          .hub()
          .ifPresent(
              hub ->
                  assertThat(account.baseUrl())
                      .as("the account's base URL")
                      .isEqualTo(hub.baseUrl().toString()));
    }
  }

  @Test
  @DisplayName("P02 tells accounts apart by their fingerprint")
  default void tellsAccountsApartByTheirFingerprint() {
    try (ProviderTrial trial = ProviderTrial.of(this)) {
      ProviderAccount account = trial.provider().account();
      ProviderAccount same = trial.open(trial.subject.key()).account();
      ProviderAccount other = trial.open(ProviderTrial.WRONG_KEY).account();

      // like the other but for its end, as the keys of one owner may be
      ProviderAccount alike = trial.open(ProviderTrial.WRONG_KEY + "x").account();

      assertThat(same).as("the account of the same key").isEqualTo(account);
      assertThat(other.fingerprint())
          .as("the fingerprint of another key")
          .isNotEqualTo(account.fingerprint());
      assertThat(alike.fingerprint())
          .as("the fingerprint of a key that is longer by its last character")
          .isNotEqualTo(other.fingerprint());
    }
  }

  @Test
  @DisplayName("P03 prepares without sending anything")
  default void preparesWithoutSendingAnything() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      trial.provider().prepare(request("a paper boat"));

      RecordedRequests requests = trial.hub().requests();
      assertThat(requests.createsBegun()).as("creates").isZero();
      assertThat(requests.polls()).as("polls").isZero();
    }
  }

  @Test
  @DisplayName("P04 gives the same request the same digest")
  default void givesTheSameRequestTheSameDigest() {
    try (ProviderTrial trial = ProviderTrial.of(this)) {
      String digest = trial.provider().prepare(request("a paper boat")).bodySha256();

      Judgements.digest(digest);
      assertThat(trial.provider().prepare(request("a paper boat")).bodySha256())
          .as("the digest once more")
          .isEqualTo(digest);
    }
  }

  @Test
  @DisplayName("P05 gives another request another digest")
  default void givesAnotherRequestAnotherDigest() {
    try (ProviderTrial trial = ProviderTrial.of(this)) {
      assertThat(trial.provider().prepare(request("a paper boat")).bodySha256())
          .isNotEqualTo(trial.provider().prepare(request("a paper boot")).bodySha256());
    }
  }

  @Test
  @DisplayName("P06 gives the digest of the bytes that arrive")
  default void givesTheDigestOfTheBytesThatArrive() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      VideoProvider.Create create = trial.provider().prepare(request("ein Schiff läuft aus 🚢"));
      trial.send(create);

      List<RecordedCreate> arrived = trial.hub().requests().creates();
      assertThat(arrived).as("creates that arrived").hasSize(1);
      assertThat(create.bodySha256()).as("the digest").isEqualTo(arrived.get(0).digest());
    }
  }

  @Test
  @DisplayName("P07 sends a request as its author spelt it")
  default void sendsARequestAsItsAuthorSpeltIt() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      GenerationRequest request = request("\"quoted\", läuft 🐕\n\tand half \ud83d of it");
      trial.send(trial.provider().prepare(request));

      String body = trial.hub().requests().creates().get(0).body();
      assertThat(JsonReader.read(body).tree())
          .as("the body that arrived")
          .isEqualTo(JsonReader.read(JsonWriter.write(request.draft().toMap())).tree());
    }
  }

  @Test
  @DisplayName("P08 sends nothing once it is closed")
  default void sendsNothingOnceItIsClosed() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      VideoProvider.Create create = trial.provider().prepare(request("a paper boat"));
      trial.provider().close();
      CreateReply reply = trial.send(create);

      assertThat(trial.hub().requests().createsBegun())
          .as("requests on the wire of a create that is sent after close()")
          .isZero();
      assertThat(reply).as("the reply after close()").isInstanceOf(CreateReply.Broken.class);
      assertThat(((CreateReply.Broken) reply).phase())
          .as("the phase told after close()")
          .isNotEqualTo(CreateReply.Phase.SENT);
    }
  }
}
