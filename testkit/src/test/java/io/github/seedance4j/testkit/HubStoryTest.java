package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HubStoryTest {

  @Test
  void tellsWhatThereIsNothingOf() {
    try (FakeTokenHub hub = HubClient.hub().seed(7).start()) {
      assertThat(hub.describe())
          .startsWith("seed 7, its clock at ")
          .endsWith(
              "\ntasks: none\nfaults struck: none\nscripted, and not struck yet: none\nledger: none");
    }
  }

  @Test
  void countsWhatStruckOftenAndCutsWhatIsLong() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      HubClient client = new HubClient(hub);
      hub.next().stuck();
      String stuck = client.created(HubClient.BEACH);
      for (int i = 0; i < 50; i++) {
        client.polled(stuck);
      }
      for (int i = 0; i < 24; i++) {
        client.created(HubClient.BEACH);
      }
      hub.onPrompt("storm").chargedThenReset();

      assertThat(hub.describe())
          .contains("tasks:\n  (5 more before these)\n")
          .contains("faults struck:\n  NeverEnds[], 50 times\n")
          .contains("not struck yet:\n  for \"storm\": ResetsAfterCharge[]\n")
          .hasSizeLessThan(10_000);
    }
  }
}
