package io.github.seedance4j.adapter.http;

import io.github.seedance4j.job.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Downloads into a directory of their own, from servers that know Range or don't. */
abstract class DownloadFixture {

  static final byte[] CLIP = Mp4Bytes.clip(7, 900_000);
  static final String ETAG = "\"clip-7\"";
  static final HttpOptions SANDBOX = HttpOptions.builder().allowLoopback(true).build();

  @TempDir Path directory;

  Path target() {
    return directory.resolve("dog.mp4");
  }

  Clip download(WireServer server) throws IOException {
    return download(server, SANDBOX);
  }

  Clip download(WireServer server, HttpOptions options) throws IOException {
    try (ClipDownloads downloads = ClipDownloads.open(options)) {
      return downloads.fetch(link(server), target(), progress -> {});
    }
  }

  static String link(WireServer server) {
    return server.uri("/clips/7.mp4?X-Tos-Signature=s1gned").toString();
  }

  List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  static String head(int status, long length, String headers) {
    return "HTTP/1.1 " + status + " X\r\nContent-Length: " + length + "\r\n" + headers + "\r\n";
  }

  static void sendFrom(WireServer.Peer peer, byte[] clip, int from, String etag, int upTo)
      throws IOException {
    String range =
        from == 0
            ? ""
            : "Content-Range: bytes " + from + "-" + (clip.length - 1) + "/" + clip.length + "\r\n";
    peer.send(head(from == 0 ? 200 : 206, clip.length - from, "ETag: " + etag + "\r\n" + range));
    peer.send(Arrays.copyOfRange(clip, from, upTo));
  }

  static int from(WireServer.Request request) {
    String range = request.headers().get("range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
  }

  static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** Serves the clip, Range and all; the first answer breaks off at half. */
  static WireServer breakingOnce() throws IOException {
    return new WireServer(
        (request, peer) -> {
          if (request.number() == 1) {
            sendFrom(peer, CLIP, 0, ETAG, CLIP.length / 2);
            peer.drop();
          } else {
            sendFrom(peer, CLIP, from(request), ETAG, CLIP.length);
          }
        });
  }
}
