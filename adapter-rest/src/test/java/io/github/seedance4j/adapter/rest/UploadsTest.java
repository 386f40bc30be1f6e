package io.github.seedance4j.adapter.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.testkit.SettableClock;
import io.github.seedance4j.testkit.media.ClipSpec;
import io.github.seedance4j.testkit.media.PlayableClip;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest {

  private static final String UPLOADS = "/api/v1/uploads";
  private static final byte[] NOTHING = {};

  @TempDir private Path folder;
  private final SettableClock clock = SettableClock.running();
  private GatewayBench bench;
  private Client acme;

  @BeforeEach
  void open() {
    open(made -> made);
  }

  private void open(UnaryOperator<GatewayBuilder> more) {
    bench =
        GatewayBench.open(
            folder,
            new InMemoryJobJournal(),
            service -> service,
            made -> more.apply(made.clock(clock)));
    acme = bench.tenant("acme");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static byte[] png(int width, int height) {
    return ByteBuffer.allocate(29)
        .putLong(0x89504E470D0A1A0AL)
        .putInt(13)
        .put("IHDR".getBytes(US_ASCII))
        .putInt(width)
        .putInt(height)
        .put(new byte[] {8, 2, 0, 0, 0})
        .array();
  }

  /** 16 bits, one channel, 8 kHz. */
  private static byte[] wav(int samples) {
    return ByteBuffer.allocate(44 + 2 * samples)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(US_ASCII))
        .putInt(36 + 2 * samples)
        .put("WAVEfmt ".getBytes(US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(8_000)
        .putInt(16_000)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(US_ASCII))
        .putInt(2 * samples)
        .array();
  }

  private static byte[] mp4() {
    return PlayableClip.render(new ClipSpec(1280, 720, 121, true, List.of("uploaded")));
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private List<Path> files() throws IOException {
    Path root = folder.resolve("uploads");
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void makesAPictureALinkThatAnybodyReads() throws Exception {
    byte[] picture = png(1280, 720);

    Answer made = acme.upload(picture, "image/png");
    Answer got = bench.new Client("").get(made.at("url").toString());

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("object")).isEqualTo("upload");
    assertThat(made.at("kind")).isEqualTo("image");
    assertThat(made.at("format")).isEqualTo("image/png");
    assertThat(made.at("bytes").toString()).isEqualTo("29");
    assertThat(made.at("sha256")).isEqualTo(sha256(picture));
    assertThat(made.at("width").toString()).isEqualTo("1280");
    assertThat(made.at("height").toString()).isEqualTo("720");
    assertThat(made.at("duration")).isNull();
    assertThat(Long.parseLong(made.at("expires_at").toString()))
        .isBetween(
            clock.instant().plus(Duration.ofHours(23)).getEpochSecond(),
            clock.instant().plus(Duration.ofHours(24)).getEpochSecond());
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.response().body()).isEqualTo(picture);
    assertThat(got.header("Content-Type")).isEqualTo("image/png");
    assertThat(got.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void tellsTheExactLengthOfClipsAndSounds() {
    Answer clip = acme.upload(mp4(), "video/mp4");
    Answer sound = acme.upload(wav(20_001), "audio/wav");

    assertThat(clip.at("kind")).isEqualTo("video");
    assertThat(clip.at("duration").toString()).isEqualTo("5.042");
    assertThat(clip.at("width").toString()).isEqualTo("1280");
    assertThat(sound.at("kind")).isEqualTo("audio");
    assertThat(sound.at("format")).isEqualTo("audio/wav");
    assertThat(sound.at("duration").toString()).isEqualTo("2.501");
    assertThat(sound.at("width")).isNull();
    assertThat(acme.get(clip.at("url").toString(), "Range", "bytes=4-7").text()).isEqualTo("ftyp");
  }

  @Test
  void advisesOnWhatUpstreamDoesNotTake() {
    Answer small = acme.upload(png(100, 100), "image/png");

    assertThat(small.status()).isEqualTo(201);
    assertThat(small.at("advice.0.code")).isEqualTo("media-sides");
    assertThat(small.at("advice.0.path")).isEqualTo("image_url");
  }

  @Test
  void saysWhereNoProviderReachesItsLinks() {
    Answer near = acme.upload(png(800, 600), "image/png");
    bench.close();
    open(made -> made.publicUrl(URI.create("https://videos.example/")));
    Answer far = acme.upload(png(800, 600), "image/png");
    bench.close();
    open(made -> made.nearProvider(true));
    Answer sandbox = acme.upload(png(800, 600), "image/png");

    assertThat(near.at("advice.0.code")).isEqualTo("upload-unreachable");
    assertThat(far.at("url").toString()).startsWith("https://videos.example/api/v1/uploads/up-");
    assertThat(far.at("advice")).isEqualTo(List.of());
    assertThat(sandbox.at("advice")).isEqualTo(List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "multipart/form-data; boundary=x", "text/html", "image"})
  void takesNothingButMedia(String type) throws IOException {
    Answer refused = acme.upload(png(800, 600), type);

    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.at("detail").toString()).contains("--data-binary");
    assertThat(files()).isEmpty();
  }

  @Test
  void believesTheBytesAndNotWhatIsSaidOfThem() throws IOException {
    Answer other = acme.upload(mp4(), "image/png");
    Answer none = acme.upload("<svg onload=alert(1)>".getBytes(US_ASCII), "image/png");
    Answer empty = acme.upload(NOTHING, "image/png");
    Answer jpegInName = acme.upload(png(800, 600), "image/jpeg");

    assertThat(other.status()).isEqualTo(415);
    assertThat(other.at("detail").toString()).contains("video/mp4");
    assertThat(none.status()).isEqualTo(415);
    assertThat(empty.status()).isEqualTo(415);
    assertThat(jpegInName.status()).isEqualTo(201);
    assertThat(jpegInName.at("format")).isEqualTo("image/png");
    assertThat(files()).hasSize(1);
  }

  @Test
  void refusesWhatIsTooLarge() throws IOException {
    byte[] sound = Arrays.copyOf(wav(100), (15 << 20) + 1);

    Answer announced = acme.upload(sound, "audio/wav");
    String onTheWay = raw("Transfer-Encoding: chunked\r\n", sound);

    assertThat(announced.status()).isEqualTo(413);
    assertThat(announced.at("detail").toString()).contains("15 MB");
    assertThat(onTheWay).startsWith("HTTP/1.1 413");
    assertThat(files()).isEmpty();
  }

  /** Sends a sound in one chunk that does not end, and reads the head of the answer. */
  private String raw(String header, byte[] body) throws IOException {
    try (Socket socket = post(header)) {
      OutputStream out = socket.getOutputStream();
      out.write((Integer.toHexString(body.length) + "\r\n").getBytes(US_ASCII));
      out.write(body);
      out.flush();
      return new String(socket.getInputStream().readNBytes(12), US_ASCII);
    }
  }

  private Socket post(String header) throws IOException {
    Socket socket = new Socket("127.0.0.1", bench.gateway.address().getPort());
    socket.setSoTimeout(30_000);
    String head =
        "POST "
            + UPLOADS
            + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
            + acme.secret
            + "\r\nContent-Type: audio/wav\r\n"
            + header
            + "\r\n";
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    return socket;
  }

  @Test
  void keepsNothingOfWhatIsCutOff() throws IOException {
    byte[] sound = wav(100);
    try (Socket socket = post("Content-Length: " + sound.length + "\r\n")) {
      socket.getOutputStream().write(sound, 0, 60);
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .matches(answer -> answer.isEmpty() || answer.startsWith("HTTP/1.1 400"));
    }
    bench.close(); // waits for what is being done

    assertThat(files()).isEmpty();
    open();
  }

  @Test
  void keepsTenantsApart() {
    String id = acme.upload(png(800, 600), "image/png").id();
    Client other = bench.tenant("other");
    other.upload(png(640, 480), "image/png");

    assertThat(acme.get(UPLOADS + "/" + id).status()).isEqualTo(200);
    assertThat(other.get(UPLOADS + "/" + id).status()).isEqualTo(404);
    assertThat(other.call("DELETE", UPLOADS + "/" + id, NOTHING).status()).isEqualTo(404);
    assertThat(other.get(UPLOADS).text()).doesNotContain(id);
    assertThat(bench.new Client("").get(UPLOADS + "/" + id).status()).isEqualTo(401);
    assertThat(bench.new Client("").upload(png(1, 1), "image/png").status()).isEqualTo(401);
    assertThat(bench.admin().get(UPLOADS + "/" + id).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%2f..%2fclips",
        "%2e%2e",
        "up-00000000000000000000000000.png",
        ".hidden",
        "up-0.png",
        "acme%2fup-00000000000000000000000000.png"
      })
  void findsNothingUnderOtherNames(String id) {
    acme.upload(png(800, 600), "image/png");

    assertThat(acme.get(UPLOADS + "/" + id).status()).isIn(400, 404);
    assertThat(acme.call("DELETE", UPLOADS + "/" + id, NOTHING).status()).isIn(400, 404);
  }

  @Test
  void deletesOnesOwn() throws IOException {
    Answer made = acme.upload(png(800, 600), "image/png");

    assertThat(acme.call("DELETE", UPLOADS + "/" + made.id(), NOTHING).status()).isEqualTo(204);
    assertThat(acme.call("DELETE", UPLOADS + "/" + made.id(), NOTHING).status()).isEqualTo(404);
    assertThat(bench.new Client("").get(made.at("url").toString()).status()).isEqualTo(404);
    assertThat(files()).isEmpty();
  }

  @Test
  void listsTheNewestFirstUnderLinksThatRead() throws IOException {
    Answer first = acme.upload(png(800, 600), "image/png");
    Answer second = acme.upload(mp4(), "video/mp4");
    Path older = folder.resolve("uploads/acme").resolve(first.id());
    Files.setLastModifiedTime(
        older, java.nio.file.attribute.FileTime.from(clock.instant().minusSeconds(60)));

    Answer list = acme.get(UPLOADS);

    assertThat(list.at("data.0.id")).isEqualTo(second.id());
    assertThat(list.at("data.1.id")).isEqualTo(first.id());
    assertThat(list.at("has_more")).isEqualTo(false);
    assertThat(bench.new Client("").get(list.at("data.1.url").toString()).status()).isEqualTo(200);
  }

  @Test
  void keepsLinksOverARestartUntilTheyDie() {
    URI link = URI.create(acme.upload(png(800, 600), "image/png").at("url").toString());
    String path = link.getRawPath() + "?" + link.getRawQuery();
    bench.close();
    open();

    assertThat(bench.new Client("").get(path).status()).isEqualTo(200);
    assertThat(bench.new Client("").get(path.replace(".png?", ".gif?")).status()).isEqualTo(403);
    clock.advance(Duration.ofHours(25));
    assertThat(bench.new Client("").get(path).status()).isEqualTo(403);
  }

  @Test
  void keepsEachTenantWithinItsQuota() {
    bench.close();
    open(made -> made.uploadQuota(50));

    assertThat(acme.upload(png(800, 600), "image/png").status()).isEqualTo(201);
    Answer over = acme.upload(png(800, 600), "image/png");

    assertThat(over.status()).isEqualTo(413);
    assertThat(over.at("detail").toString()).contains("delete some");
    assertThat(bench.tenant("other").upload(png(800, 600), "image/png").status()).isEqualTo(201);
  }

  @Test
  void givesTheQuotaBackOfWhatWasRefused() {
    bench.close();
    open(made -> made.uploadQuota(50));

    assertThat(acme.upload("no picture, but a text".getBytes(US_ASCII), "image/png").status())
        .isEqualTo(415);
    assertThat(acme.upload("no picture, but a text".getBytes(US_ASCII), "image/png").status())
        .isEqualTo(415);
    assertThat(acme.upload(png(800, 600), "image/png").status()).isEqualTo(201);
  }

  @Test
  void takesNothingWhileTheDiskIsFull() throws IOException {
    bench.close();
    open(made -> made.minFree(Long.MAX_VALUE));

    Answer refused = acme.upload(png(800, 600), "image/png");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(files()).isEmpty();
  }
}
