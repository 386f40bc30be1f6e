package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.GENERATIONS;
import static io.github.seedance4j.adapter.rest.GatewayBench.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.adapter.rest.GatewayBench.Listening;
import io.github.seedance4j.adapter.rest.events.StreamTimes;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventsTest {

  private static final String ALL = GENERATIONS + "/events";
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration OFTEN = Duration.ofMillis(20);

  @TempDir private Path folder;
  private final InMemoryJobJournal journal = new InMemoryJobJournal();
  private final SettableClock clock = SettableClock.running();
  private GatewayBench bench;
  private Client acme;

  @BeforeEach
  void open() {
    bench = gateway(new StreamTimes(NEVER, NEVER, NEVER), made -> made);
    acme = bench.tenant("acme");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private GatewayBench gateway(StreamTimes times, UnaryOperator<GatewayBuilder> more) {
    return GatewayBench.open(
        folder,
        journal,
        service -> service,
        made -> more.apply(made.clock(clock).streamTimes(times)));
  }

  private static String events(String id) {
    return GENERATIONS + "/" + id + "/events";
  }

  private String unknown(String prompt) {
    bench.hub.next().chargedThenReset();
    return acme.create(prompt).id();
  }

  private void lose(String id) {
    bench.videos.resolve(new JobId(id), new OutcomeResolution.Lost());
  }

  @Test
  void tellsAJobsStatesUntilItHasEnded() {
    String id = unknown(PROMPT);
    try (Listening stream = acme.listen(events(id))) {
      Listening.Event now = stream.next();
      lose(id);
      Listening.Event end = stream.next();

      assertThat(stream.response().statusCode()).isEqualTo(200);
      assertThat(stream.response().headers().firstValue("Content-Type"))
          .contains("text/event-stream");
      assertThat(now.at("status")).isEqualTo("unknown");
      assertThat(end.at("state")).isEqualTo("LOST");
      assertThat(Long.parseLong(end.id())).isGreaterThan(Long.parseLong(now.id()));
      assertThat(end.data()).isEqualTo(acme.get(GENERATIONS + "/" + id).text());
      assertThat(stream.nextOfAny()).isNull();
    }
  }

  @Test
  void followsAClipToItsStoredCopy() {
    String id = acme.create(PROMPT).id();
    try (Listening stream = acme.listen(events(id))) {
      Listening.Event end = stream.until("status", "succeeded");

      assertThat(end).isNotNull();
      assertThat(stream.nextOfAny()).isNull();
    }
  }

  @Test
  void tellsNothingAgainThatTheClientHas() {
    String id = unknown(PROMPT);
    String last;
    try (Listening stream = acme.listen(events(id))) {
      last = stream.next().id();
    }
    try (Listening again = acme.listen(events(id), "Last-Event-ID", last)) {
      lose(id);
      Listening.Event first = again.next();

      assertThat(first.at("state")).isEqualTo("LOST");
      assertThat(acme.get(events(id), "Last-Event-ID", first.id()).status())
          .as("an end that is known: a browser comes back no more")
          .isEqualTo(204);
    }
    try (Listening missed = acme.listen(events(id), "Last-Event-ID", last)) {
      assertThat(missed.next().at("state")).isEqualTo("LOST");
      assertThat(missed.nextOfAny()).isNull();
    }
  }

  @Test
  void tellsWhatAnotherGatewayDoes() {
    GatewayBench watcher =
        gateway(new StreamTimes(NEVER, OFTEN, NEVER), made -> made.feed(new JobFeed()));
    try (watcher) {
      Client there = watcher.tenant("acme");
      String id = unknown(PROMPT);
      try (Listening one = there.listen(events(id));
          Listening all = there.listen(ALL)) {
        assertThat(one.next().at("status")).isEqualTo("unknown");
        assertThat(all.next("ready")).isNotNull();
        lose(id);

        assertThat(one.next().at("state")).isEqualTo("LOST");
        assertThat(all.until("state", "LOST").at("id")).isEqualTo(id);
        String next = acme.create(PROMPT + " anew").id();
        assertThat(all.until("id", next)).isNotNull();
        assertThat(all.until("status", "succeeded").at("id")).isEqualTo(next);
      }
    }
  }

  @Test
  void tellsOfEveryJobOfATenantAndOfNoOther() {
    Client other = bench.tenant("other");
    try (Listening mine = acme.listen(ALL);
        Listening admins = bench.admin().listen(ALL)) {
      mine.next("ready");
      admins.next("ready");
      String theirs = other.create(PROMPT + " theirs").id();
      other.ended(theirs);
      String id = acme.create(PROMPT + " mine").id();

      assertThat(mine.next().at("id")).isEqualTo(id);
      assertThat(mine.until("status", "succeeded").at("id")).isEqualTo(id);
      assertThat(admins.next().at("id")).isEqualTo(theirs);
      assertThat(admins.until("id", id)).isNotNull();
    }
  }

  @Test
  void tellsOfDownloads() {
    try (Listening stream = acme.listen(ALL)) {
      stream.next("ready");
      String id = acme.create(PROMPT).id();

      Listening.Event progress = stream.next("progress");

      assertThat(progress.at("id")).isEqualTo(id);
      assertThat(progress.at("bytes").toString()).matches("\\d+");
      assertThat(progress.id()).isEmpty();
    }
  }

  @Test
  void tellsAfterABreakWhatChangedMeanwhile() {
    String first = unknown(PROMPT + " first");
    String second = unknown(PROMPT + " second");
    String third = unknown(PROMPT + " third");
    lose(first);
    clock.advance(Duration.ofHours(1)); // the gateway's alone: for it they changed an hour ago

    String now;
    try (Listening fresh = acme.listen(ALL)) {
      now = fresh.next("ready").id();
      lose(third);
      assertThat(fresh.next().at("id")).isEqualTo(third);
    }
    String before = Long.toString(Long.parseLong(now) - Duration.ofMinutes(70).toMillis());
    try (Listening again = acme.listen(ALL, "Last-Event-ID", before)) {
      List<Object> told = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        told.add(again.next().at("id"));
      }
      assertThat(told).containsExactly(second, first, third);
    }
    try (Listening later = acme.listen(ALL, "Last-Event-ID", now)) {
      later.next("ready");
      lose(second);
      assertThat(later.next().at("id")).isEqualTo(second);
    }
  }

  @Test
  void saysWhenItCannotTellWhatChanged() {
    try (Listening tooLong = acme.listen(ALL, "Last-Event-ID", "1000");
        Listening nonsense = acme.listen(ALL, "Last-Event-ID", "x")) {
      assertThat(tooLong.next("reset").id()).isNotEmpty();
      assertThat(nonsense.next("reset").id()).isNotEmpty();
    }
  }

  @Test
  void keepsTenantsApart() {
    String id = unknown(PROMPT);

    assertThat(bench.tenant("other").get(events(id)).status()).isEqualTo(404);
    assertThat(bench.new Client("").get(events(id)).status()).isEqualTo(401);
    assertThat(bench.new Client("").get(ALL).status()).isEqualTo(401);
  }

  @Test
  void showsThatItIsAlive() {
    GatewayBench beating = gateway(new StreamTimes(OFTEN, NEVER, NEVER), made -> made);
    try (beating;
        Listening stream = beating.tenant("acme").listen(ALL)) {
      stream.next("ready");

      assertThat(stream.nextOfAny()).isEqualTo(new Listening.Event("", "", ""));
      assertThat(stream.nextOfAny()).isEqualTo(new Listening.Event("", "", ""));
    }
  }

  @Test
  void endsWithTheKey() {
    GatewayBench looking = gateway(new StreamTimes(NEVER, OFTEN, NEVER), made -> made);
    try (looking;
        Listening stream = looking.tenant("acme").listen(ALL)) {
      stream.next("ready");
      looking.keys.revoke(looking.keys.list().get(0).id());

      assertThat(stream.nextOfAny()).isNull();
    }
  }

  @Test
  void endsAfterItsLife() {
    GatewayBench looking =
        gateway(new StreamTimes(NEVER, OFTEN, Duration.ofHours(1)), made -> made);
    try (looking;
        Listening stream = looking.tenant("acme").listen(ALL)) {
      stream.next("ready");
      clock.advance(Duration.ofHours(1));

      assertThat(stream.nextOfAny()).isNull();
    }
  }

  @Test
  void endsWhenTheGatewayDoes() {
    GatewayBench ending = gateway(StreamTimes.USUAL, made -> made);
    try (ending;
        Listening stream = ending.tenant("acme").listen(ALL)) {
      stream.next("ready");
      ending.close();

      assertThat(stream.nextOfAny()).isNull();
    }
  }

  @Test
  void holdNoThreadOfTheServer() {
    List<Listening> streams = new ArrayList<>();
    try {
      for (Client client : List.of(acme, bench.tenant("b"), bench.tenant("c"))) {
        for (int i = 0; i < 32; i++) { // in all more than the server has workers
          streams.add(client.listen(ALL));
        }
      }

      assertThat(acme.get(GENERATIONS).status()).isEqualTo(200);
      assertThat(streams).allMatch(stream -> stream.response().statusCode() == 200);
    } finally {
      streams.forEach(Listening::close);
    }
  }

  @Test
  void opensOnlySoManyForOneKey() {
    List<Listening> streams = new ArrayList<>();
    try {
      for (int i = 0; i < 32; i++) {
        streams.add(acme.listen(ALL));
      }
      Answer refused = acme.get(ALL);
      try (Listening other = bench.tenant("other").listen(ALL)) {
        assertThat(other.response().statusCode()).isEqualTo(200);
      }

      assertThat(streams).allMatch(stream -> stream.response().statusCode() == 200);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("5");
    } finally {
      streams.forEach(Listening::close);
    }
  }
}
