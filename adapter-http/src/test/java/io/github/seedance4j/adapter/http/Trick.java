package io.github.seedance4j.adapter.http;

import io.github.seedance4j.adapter.http.RoughLine.Reply;
import io.github.seedance4j.adapter.http.RoughLine.Stroke;
import io.github.seedance4j.adapter.http.WireServer.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** What can become of a clip between the provider and us: lines, proxies, caches, servers. */
enum Trick {
  CUT {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      begin(reply, stroke, peer);
      peer.drop();
    }
  },
  RESET {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      begin(reply, stroke, peer);
      peer.reset();
    }
  },
  STALL {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      begin(reply, stroke, peer);
      peer.stall();
    }
  },
  /** The rest comes, but so slowly that it never will. */
  DRIP {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      begin(reply, stroke, peer);
      peer.drip(reply.body(), stroke.in(reply.body()));
      peer.drop();
    }
  },
  CUT_IN_HEAD {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      byte[] head = (reply.head() + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
      peer.send(Arrays.copyOf(head, stroke.in(head)));
      peer.drop();
    }
  },
  /** It ends too early, under a length that says so. */
  SHORTER {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      byte[] less = Arrays.copyOf(reply.body(), Math.max(1, stroke.in(reply.body())));
      answer(peer, reply.status(), less.length, kept(reply), less);
    }
  },
  /** A length that never comes. */
  LONGER {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      int length = reply.body().length + 1 + stroke.permille();
      answer(peer, reply.status(), length, kept(reply), reply.body());
      peer.drop();
    }
  },
  /** A second answer behind the right one: somebody else's clip, whole. */
  ONE_TOO_MANY {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      byte[] other = Mp4Bytes.clip(7, 5_000);
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      String head = DownloadFixture.head(reply.status(), reply.body().length, kept(reply));
      both.write(head.getBytes(StandardCharsets.ISO_8859_1));
      both.write(reply.body());
      both.write(DownloadFixture.head(200, other.length, "").getBytes(StandardCharsets.US_ASCII));
      both.write(other);
      peer.send(both.toByteArray());
    }
  },
  GZIP {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      byte[] packed = gzip(reply.body());
      answer(
          peer, reply.status(), packed.length, kept(reply) + "Content-Encoding: gzip\r\n", packed);
    }
  },
  /** As long as the clip, and cut: who goes on from there mixes two things. */
  GZIP_CUT {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      byte[] packed = Arrays.copyOf(gzip(reply.body()), stroke.in(reply.body()));
      String headers = kept(reply) + "Content-Encoding: gzip\r\n";
      answer(peer, reply.status(), reply.body().length, headers, packed);
      peer.drop();
    }
  },
  PAGE {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      text(peer, 200, "Content-Type: text/html\r\n", "<!doctype html><p>Please log in</p>");
    }
  },
  ERROR_AS_SUCCESS {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      text(peer, 200, "Content-Type: application/json\r\n", "{\"error\":{\"code\":\"Expired\"}}");
    }
  },
  NOTHING {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      text(peer, 200, kept(reply), "");
    }
  },
  NO_CONTENT {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      peer.send("HTTP/1.1 204 No Content\r\n\r\n");
    }
  },
  FORBIDDEN {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      text(peer, 403, "", "<Error><Code>AccessDenied</Code></Error>");
    }
  },
  GONE {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      text(peer, stroke.permille() % 2 == 0 ? 404 : 410, "", "");
    }
  },
  UNAVAILABLE {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      text(peer, 500 + stroke.permille() % 5, "Retry-After: 1\r\n", "");
    }
  },
  TOO_MANY {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      text(peer, 429, "Retry-After: soon\r\n", "");
    }
  },
  REDIRECT_TO_NOWHERE {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      text(peer, 302, "Location: /away\r\n", "");
    }
  },
  /** The line asks for the whole, whatever was asked. */
  IGNORE_RANGE {
    @Override
    boolean suits(int status) {
      return status == 200;
    }

    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      answer(peer, 200, reply.body().length, kept(reply), reply.body());
    }
  },
  NO_SUCH_RANGE {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      text(peer, 416, "Content-Range: bytes */" + reply.body().length + "\r\n", "");
    }
  },
  /** A byte off, and it says so. */
  OTHER_RANGE {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      int from = from(reply) + 1;
      byte[] rest = Arrays.copyOfRange(reply.body(), 1, reply.body().length);
      part(reply, from, from(reply) + reply.body().length, rest, etag(reply), peer);
    }
  },
  OTHER_TOTAL {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      int total = from(reply) + reply.body().length + 1;
      part(reply, from(reply), total, reply.body(), etag(reply), peer);
    }
  },
  OTHER_ETAG {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      int total = from(reply) + reply.body().length;
      byte[] other = reply.body().clone();
      other[stroke.in(other)] ^= 1;
      part(reply, from(reply), total, other, "\"another\"", peer);
    }
  },
  /** Less than was asked for, which it may. */
  SHORT_RANGE {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      byte[] less = Arrays.copyOf(reply.body(), Math.max(1, stroke.in(reply.body())));
      part(reply, from(reply), from(reply) + reply.body().length, less, etag(reply), peer);
    }
  },
  NO_CONTENT_RANGE {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      answer(peer, 206, reply.body().length, etag(reply), reply.body());
    }
  },
  SEVERAL_RANGES {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      String type = "Content-Type: multipart/byteranges; boundary=x\r\n";
      text(peer, 206, type, "--x\r\nContent-Range: bytes 0-0/9\r\n\r\nx\r\n--x--\r\n");
    }
  },
  CHUNKS_CUT {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      String size = Integer.toHexString(reply.body().length) + "\r\n";
      String coding = "Transfer-Encoding: chunked\r\n" + kept(reply);
      peer.send("HTTP/1.1 " + reply.status() + " X\r\n" + coding + "\r\n" + size);
      peer.send(Arrays.copyOf(reply.body(), stroke.in(reply.body())));
      peer.drop();
    }
  },
  /** No length, and the end of the connection is the end of the clip: or is it? */
  UNTOLD_AND_CUT {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      peer.send(
          "HTTP/1.1 " + reply.status() + " X\r\nConnection: close\r\n" + kept(reply) + "\r\n");
      peer.send(Arrays.copyOf(reply.body(), stroke.in(reply.body())));
      peer.drop();
    }
  },
  UNTOLD {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      peer.send(
          "HTTP/1.1 " + reply.status() + " X\r\nConnection: close\r\n" + kept(reply) + "\r\n");
      peer.send(reply.body());
      peer.drop();
    }
  },
  WEAK_ETAG_AND_CUT {
    @Override
    void play(Reply reply, Stroke stroke, Peer peer) throws Exception {
      String weak = kept(reply).replace("ETag: ", "ETag: W/");
      byte[] some = Arrays.copyOf(reply.body(), stroke.in(reply.body()));
      answer(peer, reply.status(), reply.body().length, weak, some);
      peer.drop();
    }
  };

  /** Does it; what follows on that connection is the next request's answer. */
  abstract void play(Reply reply, Stroke stroke, Peer peer) throws Exception;

  /** Whether it can be played on an answer of that status. */
  boolean suits(int status) {
    return true;
  }

  private static void begin(Reply reply, Stroke stroke, Peer peer) throws IOException {
    byte[] some = Arrays.copyOf(reply.body(), stroke.in(reply.body()));
    answer(peer, reply.status(), reply.body().length, kept(reply), some);
  }

  private static void part(Reply reply, int from, int total, byte[] body, String etag, Peer peer)
      throws IOException {
    String range = "bytes " + from + "-" + (from + body.length - 1) + "/" + total;
    answer(peer, 206, body.length, etag + "Content-Range: " + range + "\r\n", body);
  }

  private static void answer(Peer peer, int status, int length, String headers, byte[] body)
      throws IOException {
    peer.send(DownloadFixture.head(status, length, headers));
    peer.send(body);
  }

  private static void text(Peer peer, int status, String headers, String body) throws IOException {
    peer.send(WireServer.answer(status, headers, body));
  }

  /** What the provider says of its bytes. */
  private static String kept(Reply reply) {
    String range = reply.header("Content-Range");
    return etag(reply) + (range.isEmpty() ? "" : "Content-Range: " + range + "\r\n");
  }

  private static String etag(Reply reply) {
    return "ETag: " + reply.header("ETag") + "\r\n";
  }

  /** Where the body begins in the clip. */
  private static int from(Reply reply) {
    String range = reply.header("Content-Range");
    return range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("bytes (\\d+)-.*", "$1"));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
