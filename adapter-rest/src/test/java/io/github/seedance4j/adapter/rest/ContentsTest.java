package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.GENERATIONS;
import static io.github.seedance4j.adapter.rest.GatewayBench.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.testkit.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentsTest {

  private static final byte[] NOTHING = {};

  @TempDir private Path folder;
  private final InMemoryJobJournal journal = new InMemoryJobJournal();
  private final SettableClock clock = SettableClock.running();
  private GatewayBench bench;
  private Client acme;

  @BeforeEach
  void open() {
    bench = GatewayBench.open(folder, journal, service -> service, made -> made.clock(clock));
    acme = bench.tenant("acme");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private String stored() {
    String id = acme.create(PROMPT).id();
    assertThat(acme.ended(id).at("status")).isEqualTo("succeeded");
    return id;
  }

  private static String content(String id) {
    return GENERATIONS + "/" + id + "/content";
  }

  private Clip clip(String id) {
    return bench.videos.find(new JobId(id)).orElseThrow().clip().orElseThrow();
  }

  private byte[] bytes(String id) throws IOException {
    return Files.readAllBytes(clip(id).path());
  }

  @Test
  void givesTheClipToWhoeverHasItsLink() throws IOException {
    String id = stored();
    String link = acme.get(GENERATIONS + "/" + id).at("data.0.video_url").toString();

    Answer got = bench.new Client("").get(link);
    Answer saved = bench.new Client("").get(link + "&download=true");

    assertThat(got.status()).isEqualTo(200);
    assertThat(got.response().body()).isEqualTo(bytes(id));
    assertThat(got.header("Content-Type")).isEqualTo("video/mp4");
    assertThat(got.header("ETag")).isEqualTo("\"" + clip(id).sha256() + "\"");
    assertThat(got.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(got.header("Cache-Control")).isEqualTo("private");
    assertThat(got.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(got.header("Content-Length")).isEqualTo(Long.toString(clip(id).bytes()));
    assertThat(got.header("Content-Disposition")).isEqualTo("inline; filename=\"" + id + ".mp4\"");
    assertThat(saved.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"" + id + ".mp4\"");
  }

  @Test
  void givesItToKeysThatSeeTheJobAlone() {
    String id = stored();

    assertThat(acme.get(content(id)).status()).isEqualTo(200);
    assertThat(bench.admin().get(content(id)).status()).isEqualTo(200);
    assertThat(bench.tenant("other").get(content(id)).status()).isEqualTo(404);
    assertThat(bench.new Client("").get(content(id)).status()).isEqualTo(401);
  }

  @Test
  void refusesForgedAndDeadLinks() {
    String id = stored();
    String link = acme.get(GENERATIONS + "/" + id).at("data.0.video_url").toString();
    char last = link.charAt(link.length() - 1);
    Client nobody = bench.new Client("");

    Answer forged = nobody.get(link.substring(0, link.length() - 1) + (last == '0' ? '1' : '0'));
    Answer stretched = nobody.get(link.replace("expires=1", "expires=2"));
    Answer elsewhere = nobody.get(link.replace(id, stored()));
    clock.advance(Duration.ofHours(25));
    Answer dead = nobody.get(link);

    assertThat(forged.status()).isEqualTo(403);
    assertThat(stretched.status()).isEqualTo(403);
    assertThat(elsewhere.status()).isEqualTo(403);
    assertThat(dead.status()).isEqualTo(403);
    assertThat(dead.at("type")).isEqualTo("urn:seedance4j:problem:link-refused");
  }

  @Test
  void honoursLinksOfTheGatewayBeforeIt() {
    String id = stored();
    URI link = URI.create(acme.get(GENERATIONS + "/" + id).at("data.0.video_url").toString());
    bench.close();
    open();

    assertThat(bench.new Client("").get(link.getRawPath() + "?" + link.getRawQuery()).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=10-19, 10, 20",
    "bytes=-5, -5, 0",
    "bytes=100-, 100, 0",
    "bytes=7-999999999999, 7, 0",
    "BYTES=1-2, 1, 3"
  })
  void givesAPart(String range, int from, int to) throws IOException {
    String id = stored();
    byte[] all = bytes(id);
    int first = from < 0 ? all.length + from : from;
    int end = to == 0 ? all.length : to;

    Answer part = acme.get(content(id), "Range", range);

    assertThat(part.status()).isEqualTo(206);
    assertThat(part.response().body()).isEqualTo(Arrays.copyOfRange(all, first, end));
    assertThat(part.header("Content-Range"))
        .isEqualTo("bytes " + first + "-" + (end - 1) + "/" + all.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=5-2", "bytes=-", "bytes=a-b", "seconds=1-2", "bytes=0-1,5-6", "bytes 0-1"})
  void givesAllForAPartThatCannotBeRead(String range) throws IOException {
    String id = stored();

    Answer whole = acme.get(content(id), "Range", range);

    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.response().body()).isEqualTo(bytes(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=999999999-", "bytes=-0"})
  void refusesAPartThatIsNotThere(String range) throws IOException {
    String id = stored();

    Answer none = acme.get(content(id), "Range", range);

    assertThat(none.status()).isEqualTo(416);
    assertThat(none.header("Content-Range")).isEqualTo("bytes */" + bytes(id).length);
    assertThat(none.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void sendsNothingAgainThatIsKnown() {
    String id = stored();
    String tag = "\"" + clip(id).sha256() + "\"";

    Answer known = acme.get(content(id), "If-None-Match", "\"x\", W/" + tag);
    Answer changed = acme.get(content(id), "If-None-Match", "\"x\"");
    Answer resumed = acme.get(content(id), "If-Range", tag, "Range", "bytes=1-2");
    Answer anew = acme.get(content(id), "If-Range", "\"x\"", "Range", "bytes=1-2");

    assertThat(known.status()).isEqualTo(304);
    assertThat(known.response().body()).isEmpty();
    assertThat(known.header("ETag")).isEqualTo(tag);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(resumed.status()).isEqualTo(206);
    assertThat(anew.status()).isEqualTo(200);
    assertThat(acme.get(content(id), "If-Match", tag).status()).isEqualTo(200);
    assertThat(acme.get(content(id), "If-Match", "\"x\"").status()).isEqualTo(412);
  }

  @Test
  void tellsOfAClipWithoutSendingIt() {
    String id = stored();

    Answer head = acme.call("HEAD", content(id), NOTHING, "Range", "bytes=0-1");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo(Long.toString(clip(id).bytes()));
    assertThat(head.header("Content-Type")).isEqualTo("video/mp4");
    assertThat(bench.new Client("").call("HEAD", content(id), NOTHING).status()).isEqualTo(401);
  }

  @Test
  void tellsWhenToComeBackForAClipThatIsNotThereYet() {
    bench.hub.next().stuck();
    String running = acme.create(PROMPT).id();
    bench.hub.next().chargedThenReset();
    String unknown = acme.create(PROMPT + "?").id();

    Answer soon = acme.get(content(running));
    Answer later = acme.get(content(unknown));

    assertThat(soon.status()).isEqualTo(409);
    assertThat(soon.at("type")).isEqualTo("urn:seedance4j:problem:not-ready");
    assertThat(soon.header("Retry-After")).isEqualTo("5");
    assertThat(later.status()).isEqualTo(409);
    assertThat(later.header("Retry-After")).isEqualTo("60");
  }

  @Test
  void knowsNoClipOfAJobThatFailed() {
    bench.hub.next().outputModeration();
    String id = acme.create(PROMPT).id();
    acme.ended(id);

    assertThat(acme.get(content(id)).status()).isEqualTo(410);
  }

  @Test
  void knowsNoClipThatWasPurged() {
    String id = stored();

    bench.videos.purge(Instant.now().plusSeconds(60));

    assertThat(acme.get(content(id)).status()).isEqualTo(410);
    assertThat(acme.get(content(id)).at("type")).isEqualTo("urn:seedance4j:problem:gone");
  }

  @Test
  void servesNoFileThatIsNotTheClip() throws IOException {
    String missing = stored();
    String cut = stored();
    String linked = stored();
    Files.delete(clip(missing).path());
    Files.write(clip(cut).path(), new byte[10]);
    Path elsewhere = folder.resolve("elsewhere.mp4");
    Files.move(clip(linked).path(), elsewhere);
    Files.createSymbolicLink(clip(linked).path(), elsewhere);

    assertThat(acme.get(content(missing)).status()).isEqualTo(410);
    assertThat(acme.get(content(cut)).status()).isEqualTo(410);
    assertThat(acme.get(content(linked)).status()).isEqualTo(410);
  }
}
