package io.github.seedance4j.adapter.rest.server;

import static io.github.seedance4j.adapter.rest.server.RunningServer.eventually;
import static io.github.seedance4j.adapter.rest.server.RunningServer.limits;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardenedServerTest {

  private static final String GET = "GET /innocent HTTP/1.1\r\nHost: x\r\n\r\n";

  @TempDir Path directory;

  private RunningServer start(java.util.function.Consumer<ServerLimits.Builder> change)
      throws IOException {
    Path file = directory.resolve("clip");
    byte[] bytes = new byte[1_000_000];
    Arrays.fill(bytes, (byte) 'c');
    bytes[999_999] = 'e';
    Files.write(file, bytes);
    return new RunningServer(limits(change), file);
  }

  @Test
  void answersAndKeepsTheConnection() throws Exception {
    try (RunningServer server = start(l -> {});
        Wire wire = new Wire(server.port())) {
      Wire.Answer first = wire.send(GET).answer();
      Wire.Answer second = wire.send(GET).answer();
      assertThat(first.body()).isEqualTo("innocent");
      assertThat(first.header("Server")).isEmpty();
      assertThat(second.status()).isEqualTo(200);
    }
  }

  @Test
  void handsBodiesOnWhole() throws Exception {
    try (RunningServer server = start(l -> {});
        Wire wire = new Wire(server.port())) {
      String body = "b".repeat(300_000);
      wire.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n" + body);
      assertThat(wire.answer().body()).isEqualTo(body);
      wire.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      wire.send("3\r\nabc\r\n").send("2\r\nde\r\n0\r\n\r\n");
      assertThat(wire.answer().body()).isEqualTo("abcde");
      assertThat(wire.send(GET).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void saysContinueOnceAndOnlyForWhatItTakes() throws Exception {
    try (RunningServer server = start(l -> l.maxBody(1000));
        Wire wire = new Wire(server.port());
        Wire large = new Wire(server.port())) {
      String head = "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ";
      wire.send(head + "3\r\n\r\n");
      assertThat(wire.answer().status()).isEqualTo(100);
      Wire.Answer answer = wire.send("abc").answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("abc");
      assertThat(large.send(head + "3000\r\n\r\n").answer().status()).isEqualTo(413);
      assertThat(large.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void refusesBodiesBeyondTheLimitHoweverTheyAreSent() throws Exception {
    try (RunningServer server =
            start(l -> l.maxBody(1000).uploads(path -> path.equals("/upload"), 5000));
        Wire chunked = new Wire(server.port());
        Wire upload = new Wire(server.port());
        Wire tooLarge = new Wire(server.port())) {
      String head = " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
      chunked.send("POST /echo" + head + "600\r\n" + "x".repeat(0x600) + "\r\n0\r\n\r\n");
      assertThat(chunked.answers()).extracting(Wire.Answer::status).containsExactly(413);
      upload.send("POST /upload" + head + "600\r\n" + "x".repeat(0x600) + "\r\n0\r\n\r\n");
      assertThat(upload.answer().body()).isEqualTo("1536");
      tooLarge.send("POST /upload" + head + "1400\r\n" + "x".repeat(0x1400) + "\r\n0\r\n\r\n");
      assertThat(tooLarge.answers()).extracting(Wire.Answer::status).containsExactly(413);
      assertThat(server.served).doesNotContain("POST /echo");
    }
  }

  @Test
  void refusesInTheGatewaysWordsWithoutWhatTheClientSent() throws Exception {
    try (RunningServer server = start(l -> l.maxUri(100))) {
      for (String request :
          List.of(
              "GET /evil\0 HTTP/1.1\r\nHost: x\r\n\r\n",
              "GET /innocent HTTP/1.1\r\nHost: x\r\nevil: " + "e".repeat(9000) + "\r\n\r\n",
              "GET /innocent HTTP/3.0\r\nHost: evil\r\n\r\n",
              "GET /" + "evil".repeat(30) + " HTTP/1.1\r\nHost: x\r\n\r\n",
              "EVIL / HTTP/1.1\r\nHost: x\r\n\r\n",
              "GET /fail?q=evil HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
        try (Wire wire = new Wire(server.port())) {
          Wire.Answer answer = wire.send(request).answer();
          assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
          assertThat(answer.body())
              .contains("\"status\":" + answer.status())
              .doesNotContain("evil", "script", "jetty", "at org.");
          assertThat(wire.isClosedByPeer()).isTrue();
        }
      }
    }
  }

  @Test
  void tellsItsHealthWhileEveryWorkerIsBusy() throws Exception {
    try (RunningServer server = start(l -> l.workers(2).waiting(2));
        Wire probe = new Wire(server.port())) {
      List<Wire> busy = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        busy.add(new Wire(server.port()).send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n"));
      }
      assertThat(eventually(() -> server.hardened.inFlight() == 4)).isTrue();
      try (Wire fifth = new Wire(server.port())) {
        Wire.Answer refused = fifth.send(GET).answer();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
      }
      assertThat(probe.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n").answer().body())
          .isEqualTo("ok");
      assertThat(probe.send("GET /ready HTTP/1.1\r\nHost: x\r\n\r\n").answer().status())
          .isEqualTo(200);
      assertThat(probe.send("POST /ready HTTP/1.1\r\nHost: x\r\n\r\n").answer().status())
          .isEqualTo(405);
      server.gate.countDown();
      for (Wire wire : busy) {
        assertThat(wire.answer().body()).isEqualTo("waited");
        wire.close();
      }
    }
  }

  @Test
  void drainsWhatIsInFlightAndTakesNothingNew() throws Exception {
    try (RunningServer server = start(l -> {});
        Wire inFlight = new Wire(server.port());
        Wire other = new Wire(server.port())) {
      other.send(GET).answer();
      assertThat(eventually(() -> server.hardened.inFlight() == 0)).isTrue();
      inFlight.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(eventually(() -> server.hardened.inFlight() == 1)).isTrue();
      assertThat(server.hardened.drain(Duration.ofMillis(50))).isFalse();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> server.hardened.drain(Duration.ofSeconds(10)));
      Wire.Answer ready = other.send("GET /ready HTTP/1.1\r\nHost: x\r\n\r\n").answer();
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).isEqualTo("ready");
      try (Wire late = new Wire(server.port());
          Wire probe = new Wire(server.port())) {
        Wire.Answer refused = late.send(GET).answer();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(refused.header("Connection")).isEqualTo("close");
        assertThat(probe.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n").answer().status())
            .isEqualTo(200);
      }
      server.gate.countDown();
      Wire.Answer last = inFlight.answer();
      assertThat(last.body()).isEqualTo("waited");
      assertThat(last.header("Connection")).isEqualTo("close");
      assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void sendsPiecesOfFilesAndClosesThem() throws Exception {
    try (RunningServer server = start(l -> {});
        Wire wire = new Wire(server.port())) {
      Wire.Answer whole = wire.send("GET /content HTTP/1.1\r\nHost: x\r\n\r\n").answer();
      assertThat(whole.header("Content-Length")).isEqualTo("1000000");
      assertThat(whole.header("Content-Type")).isEqualTo("video/mp4");
      assertThat(whole.body()).hasSize(1_000_000).endsWith("ce");
      Wire.Answer end = wire.send("GET /content?from=999998 HTTP/1.1\r\nHost: x\r\n\r\n").answer();
      assertThat(end.body()).isEqualTo("ce");
      Wire.Answer nothing =
          wire.send("GET /content?from=1000000 HTTP/1.1\r\nHost: x\r\n\r\n").answer();
      assertThat(nothing.header("Content-Length")).isEqualTo("0");
      Wire.Answer head = wire.send("HEAD /content HTTP/1.1\r\nHost: x\r\n\r\n").answer(true);
      assertThat(head).isNotNull();
      assertThat(head.header("Content-Length")).isEqualTo("1000000");
      assertThat(wire.send(GET).answer().body()).isEqualTo("innocent");
      assertThat(eventually(() -> server.files.stream().noneMatch(f -> f.isOpen()))).isTrue();
      assertThat(eventually(() -> server.hardened.inFlight() == 0)).isTrue();
    }
  }

  @Test
  void sendsSoManyFilesAtOnceAndNoMore() throws Exception {
    Path large = directory.resolve("large");
    try (java.io.RandomAccessFile sparse = new java.io.RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(50L << 20);
    }
    try (RunningServer server = new RunningServer(limits(l -> l.streamsAtOnce(1)), large);
        Wire first = new Wire(server.port());
        Wire second = new Wire(server.port())) {
      first.send("GET /content HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(first.answer(true)).isNotNull();
      Wire.Answer refused = second.send("GET /content HTTP/1.1\r\nHost: x\r\n\r\n").answer();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
      first.socket.close();
      assertThat(eventually(() -> server.files.stream().noneMatch(f -> f.isOpen()))).isTrue();
      assertThat(eventually(() -> server.hardened.inFlight() == 0)).isTrue();
      try (Wire third = new Wire(server.port())) {
        Wire.Answer next =
            third.send("GET /content?from=52428000 HTTP/1.1\r\nHost: x\r\n\r\n").answer();
        assertThat(next.body()).hasSize(800);
      }
    }
  }

  @Test
  void endsAConnectionAfterSoManyRequests() throws Exception {
    try (RunningServer server = start(l -> l.requestsPerConnection(2));
        Wire wire = new Wire(server.port())) {
      assertThat(wire.send(GET).answer().header("Connection")).isEmpty();
      assertThat(wire.send(GET).answer().header("Connection")).isEqualTo("close");
      assertThat(wire.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void letsNewcomersInAndThoseGoWhoKeptItWaitingLongest() throws Exception {
    try (RunningServer server =
            start(l -> l.perAddress(3).loopbackToo(true).head(Duration.ofSeconds(2)));
        Wire worked = new Wire(server.port());
        Wire dripper = new Wire(server.port())) {
      worked.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(eventually(() -> server.hardened.inFlight() == 1)).isTrue();
      dripper.send("GET /inno");
      assertThat(eventually(() -> server.hardened.connections() == 2)).isTrue();
      long dawdling = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(250);
      assertThat(eventually(() -> System.nanoTime() > dawdling)).isTrue();
      try (Wire good = new Wire(server.port())) {
        assertThat(good.send(GET).answer().status()).isEqualTo(200);
        try (Wire newcomer = new Wire(server.port())) {
          assertThat(newcomer.send(GET).answer().status()).isEqualTo(200);
          assertThat(good.send(GET).answer().status()).isEqualTo(200);
        }
      }
      assertThat(dripper.isClosedByPeer()).isTrue();
      assertThat(server.hardened.tally().evicted()).isEqualTo(1);
      assertThat(server.hardened.tally().slowHeads()).isZero();
      server.gate.countDown();
      assertThat(worked.answer().body()).isEqualTo("waited");
    }
  }

  @Test
  void leavesLoopbackOutOfTheCapForEachAddress() throws Exception {
    try (RunningServer server = start(l -> l.perAddress(1));
        Wire first = new Wire(server.port());
        Wire second = new Wire(server.port())) {
      assertThat(second.send(GET).answer().status()).isEqualTo(200);
      assertThat(first.send(GET).answer().status()).isEqualTo(200);
      assertThat(server.hardened.tally().evicted()).isZero();
    }
  }

  @Test
  void keepsSmallBodiesGoingWhenLargeOnesFillTheMemory() throws Exception {
    try (RunningServer server = start(l -> l.memory(1 << 20));
        Wire hog = new Wire(server.port());
        Wire large = new Wire(server.port());
        Wire small = new Wire(server.port())) {
      String head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: ";
      hog.send(head + "1000000\r\n\r\n" + "h".repeat(500_000));
      assertThat(eventually(() -> server.hardened.bodyMemory() > 900_000)).isTrue();
      large.send(head + "500000\r\n\r\n" + "l".repeat(100_000));
      assertThat(large.answer().status()).isEqualTo(503);
      assertThat(small.send(head + "60000\r\n\r\n" + "s".repeat(60_000)).answer().status())
          .isEqualTo(200);
      hog.socket.close();
      assertThat(eventually(() -> server.hardened.bodyMemory() == 0)).isTrue();
    }
  }

  @Test
  void takesSoManyUploadsAtOnceAndNoMore() throws Exception {
    String head = "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n";
    try (RunningServer server =
            start(l -> l.uploadsAtOnce(1).uploads(path -> path.equals("/upload"), 5000));
        Wire first = new Wire(server.port());
        Wire second = new Wire(server.port());
        Wire third = new Wire(server.port())) {
      first.send(head);
      assertThat(eventually(() -> server.hardened.inFlight() == 1)).isTrue();
      assertThat(second.send(head + "abcde").answer().status()).isEqualTo(503);
      assertThat(first.send("abcde").answer().body()).isEqualTo("5");
      assertThat(eventually(() -> server.hardened.inFlight() == 0)).isTrue();
      assertThat(third.send(head + "abcde").answer().body()).isEqualTo("5");
    }
  }

  @Test
  void closesWhoAsksNothing() throws Exception {
    try (RunningServer server = start(l -> l.idle(Duration.ofMillis(100)));
        Wire wire = new Wire(server.port())) {
      assertThat(wire.send(GET).answer().status()).isEqualTo(200);
      assertThat(wire.isClosedByPeer()).isTrue();
      assertThat(server.hardened.tally().idle()).isEqualTo(1);
    }
  }

  @Test
  void tellsWhoDripsABodyAndCutsAnUploadThatDrips() throws Exception {
    try (RunningServer server =
            start(
                l ->
                    l.window(Duration.ofMillis(200))
                        .uploads(path -> path.equals("/upload"), 5000));
        Wire body = new Wire(server.port());
        Wire upload = new Wire(server.port())) {
      body.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\na");
      upload.send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\na");
      assertThat(body.answer().status()).isEqualTo(408);
      assertThat(body.isClosedByPeer()).isTrue();
      assertThat(upload.isClosedByPeer()).isTrue();
      assertThat(eventually(() -> server.hardened.inFlight() == 0)).isTrue();
      assertThat(server.hardened.tally().slowBodies()).isEqualTo(2);
    }
  }

  @Test
  void takesAnIpV6NetworkForOneClient() throws Exception {
    InetAddress one = InetAddress.getByName("2001:db8:1:2::1");
    InetAddress neighbour = InetAddress.getByName("2001:db8:1:2:ffff::2");
    InetAddress other = InetAddress.getByName("2001:db8:1:3::1");
    InetAddress four = InetAddress.getByName("192.0.2.1");
    assertThat(PacedEndPoint.sameClient(one, neighbour)).isTrue();
    assertThat(PacedEndPoint.sameClient(one, other)).isFalse();
    assertThat(PacedEndPoint.sameClient(four, InetAddress.getByName("192.0.2.1"))).isTrue();
    assertThat(PacedEndPoint.sameClient(four, InetAddress.getByName("192.0.2.2"))).isFalse();
    assertThat(PacedEndPoint.sameClient(null, null)).isFalse();
  }
}
