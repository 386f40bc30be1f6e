package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.GENERATIONS;
import static io.github.seedance4j.adapter.rest.PretendInternet.PUBLIC;
import static io.github.seedance4j.adapter.rest.PretendInternet.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.ClipDownloads;
import io.github.seedance4j.adapter.http.HttpMediaProbe;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.NamedHosts;
import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whom the gateway can be made to call, by those who send it media and by a provider whose answers
 * somebody else has a hand in: nobody who is not public.
 */
@Execution(ExecutionMode.SAME_THREAD)
class OutboundTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How a link is refused before anybody is called. */
  private static final Pattern REFUSED =
      Pattern.compile(
          ".*(is no public address; it is not called|names no plain host|neither http nor https"
              + "|the link is no URL|redirects to what is no URL).*");

  private static PretendInternet internet;

  @TempDir private Path folder;

  @BeforeAll
  static void goAstray() throws IOException {
    internet = PretendInternet.begin();
  }

  @AfterAll
  static void comeBack() {
    internet.close();
  }

  @AfterEach
  void forget() {
    internet.forget();
  }

  private GatewayBench bench(VideoFetcher fetcher) {
    return GatewayBench.open(
        folder, new InMemoryJobJournal(), service -> service.fetcher(fetcher), gateway -> gateway);
  }

  /** As the provider would say it: this is your clip. */
  private static UnaryOperator<Map<String, Object>> saying(String link) {
    return tree -> {
      Map<String, Object> told = new HashMap<>(tree);
      told.computeIfPresent("data", (name, data) -> List.of(Map.of("video_url", link)));
      return told;
    };
  }

  /** Links to a public host that redirects there; the links themselves if the status is 0. */
  private static List<String> by(int status, List<String> links) {
    if (status == 0) {
      return links;
    }
    internet.serve(
        path ->
            answer(
                status + " Elsewhere",
                "Location: " + links.get(Integer.parseInt(path.substring(1))) + "\r\n"));
    List<String> ways = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      ways.add("http://clips.example:" + internet.port() + "/" + i);
    }
    return ways;
  }

  @Test
  void hasEnoughToTry() {
    assertThat(ForbiddenLinks.to(internet.port())).hasSizeGreaterThan(150).doesNotHaveDuplicates();
  }

  // the provider says where the clip is, and the gateway fetches it

  @ParameterizedTest
  @ValueSource(ints = {0, 302, 307})
  void fetchesNoClipFromThere(int status) {
    fetchesNone(status);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(ints = {301, 303, 308})
  void fetchesNoClipFromThereByRarerRedirectsEither(int status) {
    fetchesNone(status);
  }

  private void fetchesNone(int status) {
    List<String> links = ForbiddenLinks.to(internet.port());
    try (ClipDownloads downloads = NamedHosts.downloads(ForbiddenLinks::resolve)) {
      assertThat(fetched(links, by(status, links), downloads)).isEmpty();
    }
    assertThat(internet.trespasses()).isEmpty();
    assertThat(internet.reached()).isZero();
    assertThat(internet.called()).isGreaterThanOrEqualTo(status == 0 ? 0 : links.size());
  }

  /** With nothing of a test's in the chain. */
  @Test
  void fetchesNoClipFromAnAddressWrittenAsOne() {
    List<String> links = ForbiddenLinks.literalsTo(internet.port());
    try (ClipDownloads downloads = ClipDownloads.open(HttpOptions.standard())) {
      assertThat(fetched(links, links, downloads)).isEmpty();
    }
    assertThat(internet.trespasses()).isEmpty();
    assertThat(internet.reached()).isZero();
    assertThat(internet.called()).isZero();
  }

  /** What went wrong, by link. */
  private Map<String, String> fetched(
      List<String> links, List<String> ways, VideoFetcher downloads) {
    Map<String, String> wrong = new LinkedHashMap<>();
    try (GatewayBench bench = bench(downloads)) {
      Client acme = bench.tenant("acme");
      List<JobId> ids = new ArrayList<>();
      List<CompletableFuture<Job>> ends = new ArrayList<>();
      for (int i = 0; i < ways.size(); i++) {
        String prompt = "Row " + i + ".";
        bench.hub.onPrompt(prompt).with(new TaskFault.RewritesStatus(saying(ways.get(i))));
        ids.add(new JobId(acme.create(prompt).id()));
        ends.add(bench.videos.awaitAsync(ids.get(i), PATIENCE)); // at once: it is tried ever less
      }
      for (int i = 0; i < ids.size(); i++) {
        JobId id = ids.get(i);
        String trouble = "";
        try {
          ends.get(i).join();
        } catch (CompletionException e) {
          trouble = e.getCause().getClass().getSimpleName() + ": " + e.getCause().getMessage();
        }
        Job job = bench.videos.find(id).orElseThrow();
        String seen = acme.get(GENERATIONS + "/" + id).text();
        String note = job.note().orElse("none");
        if (!trouble.startsWith(GiveUpException.class.getSimpleName())
            || !REFUSED.matcher(note).matches()
            || job.state() != JobState.SUCCEEDED
            || !seen.contains("\"status\":\"running\"")
            || seen.contains(note)
            || seen.contains(links.get(i))) {
          wrong.put(links.get(i), job.state() + ", " + trouble + ", note: " + note + ", " + seen);
        }
      }
      assertThat(bench.hub.ledger().charges()).hasSize(ways.size());
    }
    return wrong;
  }

  // a name may mean something else a moment later

  /** Whatever was checked is what is called; what it means next is checked anew. */
  @Test
  void neverCallsWhatANameMeansByTheTimeItIsCalled() {
    Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    NamedHosts.Names flipping =
        host -> {
          int before = asked.computeIfAbsent(host, name -> new AtomicInteger()).getAndIncrement();
          return ForbiddenLinks.resolve(before == 0 || before == 2 ? "clips.example" : host);
        };
    internet.serve(path -> answer("503 Later", ""));
    try (ClipDownloads downloads = NamedHosts.downloads(flipping)) {
      List<String> links = new ArrayList<>();
      for (String host : List.of("loopback.example", "v6.example", "private.example", "metadata")) {
        links.add("http://" + host + ":" + internet.port() + "/clip.mp4");
      }
      assertThat(fetched(links, links, downloads)).isEmpty();
    }
    assertThat(internet.trespasses()).isEmpty();
    assertThat(internet.reached()).isZero();
    assertThat(internet.called()).isPositive();
  }

  /** Nor by the time the redirects come back to it. */
  @Test
  void checksANameAgainWhenARedirectComesBackToIt() {
    AtomicInteger asked = new AtomicInteger();
    NamedHosts.Names turning =
        host -> ForbiddenLinks.resolve(asked.getAndIncrement() == 0 ? "clips.example" : host);
    String link = "http://loopback.example:" + internet.port() + "/clip.mp4";
    internet.serve(path -> answer("302 Again", "Location: " + link + "\r\n"));
    try (ClipDownloads downloads = NamedHosts.downloads(turning)) {
      assertThat(fetched(List.of(link), List.of(link), downloads)).isEmpty();
    }
    assertThat(internet.trespasses()).isEmpty();
    assertThat(internet.called()).isEqualTo(1);
  }

  /** A name server that is fooled for an hour must not cost the clip. */
  @Test
  void fetchesTheClipOnceItsNameIsPublicAgain() {
    AtomicInteger asked = new AtomicInteger();
    NamedHosts.Names healing =
        host -> ForbiddenLinks.resolve(asked.getAndIncrement() < 4 ? host : "clips.example");
    String link = "http://loopback.example:" + internet.port() + "/clip.mp4";
    try (ClipDownloads downloads = NamedHosts.downloads(healing);
        GatewayBench bench = bench(downloads)) {
      internet.serve(path -> answer("200 OK", "", bench.hub.clip(bench.hub.tasks().get(0).id())));
      bench.hub.next().with(new TaskFault.RewritesStatus(saying(link)));
      Client acme = bench.tenant("acme");
      String id = acme.create("Row 0.").id();

      Job job = settled(bench, id);

      assertThat(job.state()).isEqualTo(JobState.STORED);
      assertThat(job.note()).isEmpty();
      assertThat(job.clip().orElseThrow().path())
          .hasBinaryContent(bench.hub.clip(bench.hub.tasks().get(0).id()));
      assertThat(acme.get(GENERATIONS + "/" + id).at("status")).isEqualTo("succeeded");
    }
    assertThat(asked).hasValue(5);
    assertThat(internet.trespasses()).isEmpty();
    assertThat(internet.called()).isEqualTo(1);
  }

  /** Waits as long as it takes: whoever waits is told of each refusal. */
  private static Job settled(GatewayBench bench, String id) {
    while (true) {
      try {
        return bench.videos.await(new JobId(id), PATIENCE);
      } catch (GiveUpException refused) {
        // it goes on trying
      }
    }
  }

  // clients say where media are, and only the provider looks at them

  @Test
  void looksAtNoMediumItself() {
    List<String> links = ForbiddenLinks.to(internet.port());
    List<Map<String, Object>> requests = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      requests.add(referring(i, links.get(i)));
      requests.add(beginningWith(i, links.get(i)));
    }
    List<Integer> statuses = new ArrayList<>();
    try (GatewayBench bench = bench(NamedHosts.downloads(ForbiddenLinks::resolve))) {
      Client acme = bench.tenant("acme");
      for (Map<String, Object> request : requests) {
        Answer quote = acme.post("/api/v1/videos/quotes", request);
        Answer created = acme.post(GENERATIONS, request);
        assertThat(created.status()).as(created.text()).isIn(200, 400);
        assertThat(quote.status()).as(quote.text()).isIn(200, 400);
        statuses.add(created.status());
      }
      assertThat(bench.hub.tasks())
          .hasSize((int) statuses.stream().filter(status -> status == 200).count());
    }
    assertThat(statuses).filteredOn(status -> status == 200).hasSizeGreaterThan(100);
    assertThat(internet.trespasses()).isEmpty();
    assertThat(internet.reached()).isZero();
    assertThat(internet.called()).isZero();
  }

  private static Map<String, Object> referring(int row, String link) {
    Map<String, Object> request = new HashMap<>(GatewayBench.request("Media " + row + "."));
    request.put("image_urls", List.of(link));
    request.put("video_urls", List.of(link));
    request.put("video_durations", List.of(5));
    request.put("audio_urls", List.of(link));
    return request;
  }

  private static Map<String, Object> beginningWith(int row, String link) {
    Map<String, Object> request = new HashMap<>(GatewayBench.request("Frame " + row + "."));
    request.put(
        "content",
        List.of(
            Map.of("type", "image_url", "image_url", Map.of("url", link), "role", "first_frame")));
    return request;
  }

  // whoever has media looked at before they are sent

  @ParameterizedTest
  @ValueSource(ints = {0, 301, 302, 303, 307, 308})
  void probesNoMediumThere(int status) {
    List<String> links = ForbiddenLinks.to(internet.port());
    List<String> ways = by(status, links);
    Map<String, String> wrong = new LinkedHashMap<>();
    for (int i = 0; i < links.size(); i++) {
      try (HttpMediaProbe probe = NamedHosts.probe(ForbiddenLinks::resolve)) {
        if (probe.probe(ways.get(i)).isPresent() || links.get(i).matches("(?i)https?://.*")) {
          wrong.put(links.get(i), "looked at");
        }
      } catch (IOException | InvalidRequestException e) {
        if (!REFUSED.matcher(String.valueOf(e.getMessage())).matches()) {
          wrong.put(links.get(i), String.valueOf(e.getMessage()));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(internet.trespasses()).isEmpty();
    assertThat(internet.reached()).isZero();
    assertThat(internet.called()).isEqualTo(status == 0 ? 0 : links.size());
  }

  @Test
  void probesWhatItHasChecked() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    NamedHosts.Names turning =
        host ->
            asked.getAndIncrement() == 0
                ? new InetAddress[] {InetAddress.getByName(PUBLIC)}
                : ForbiddenLinks.resolve(host);
    internet.serve(path -> answer("404 Not Found", ""));
    String link = "http://loopback.example:" + internet.port() + "/clip.mp4";
    List<String> said = new ArrayList<>();
    try (HttpMediaProbe probe = NamedHosts.probe(turning)) {
      for (int i = 0; i < 2; i++) {
        try {
          probe.probe(link);
        } catch (IOException e) {
          said.add(e.getMessage());
        }
      }
    }
    assertThat(said.get(0)).isEqualTo("loopback.example answered 404");
    assertThat(said.get(1)).matches(REFUSED);
    assertThat(internet.trespasses()).isEmpty();
    assertThat(internet.called()).isEqualTo(1);
  }

  // and what all of this stands on

  @Test
  void sendsNothingOutOfThisMachine() throws IOException {
    internet.serve(path -> answer("200 OK", "", (byte) 1));
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("10.1.2.3", 80), 1_000);
      assertThat(socket.isConnected()).isTrue();
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.2", internet.port()), 1_000);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
    assertThat(internet.trespasses())
        .extracting(PretendInternet.Attempt::host)
        .containsExactly("10.1.2.3", "127.0.0.2");
    assertThat(internet.reached()).isEqualTo(1);
  }
}
