package io.github.seedance4j.adapter.rest.upload;

import io.github.seedance4j.adapter.rest.exchange.Language;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.adapter.rest.exchange.Sha256;
import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.media.MediaBytes;
import io.github.seedance4j.media.MediaFacts;
import io.github.seedance4j.media.MediaHeader;
import io.github.seedance4j.request.MediaKind;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A body on its way into a file, a piece at a time.
 *
 * @param kind what it is said to be
 * @param most how many bytes it may have
 */
record Reception(MediaKind kind, long most) {

  private static final int PIECE = 64 * 1024;
  private static final long MOST_TO_LET_PASS = 64 << 20;
  private static final long MEBIBYTE = 1 << 20;

  /** What came. */
  record Received(MediaFacts facts, String sha256) {}

  /**
   * As the request's head announces it.
   *
   * @throws io.github.seedance4j.adapter.rest.exchange.Refusal if that is none of the kinds, or
   *     more than is taken of its kind
   */
  static Reception of(Context request) {
    // the servlet's own reading of it fails on a charset that it does not know
    String type = String.valueOf(request.header("Content-Type")).toLowerCase(Locale.ROOT).strip();
    MediaKind kind;
    if (type.startsWith("image/")) {
      kind = MediaKind.IMAGE;
    } else if (type.startsWith("video/")) {
      kind = MediaKind.VIDEO;
    } else if (type.startsWith("audio/")) {
      kind = MediaKind.AUDIO;
    } else {
      throw Problem.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "Send the file itself as the body, with Content-Type: image/…, video/… or audio/…, as"
                  + " by curl --data-binary @FILE -H 'Content-Type: image/png'; no form.")
          .refusal();
    }
    Reception reception = new Reception(kind, mostBytes(kind));
    if (request.req().getContentLengthLong() > reception.most) {
      letPass(request);
      throw reception.tooLarge();
    }
    return reception;
  }

  /**
   * Reads what a client sends in any case, within reason: one that is still sending when it is
   * refused sees a broken connection, and not why. Whoever asks first is told at once.
   */
  private static void letPass(Context request) {
    long announced = request.req().getContentLengthLong();
    if (announced > MOST_TO_LET_PASS || request.header("Expect") != null) {
      return;
    }
    try (InputStream body = request.req().getInputStream()) {
      body.skipNBytes(announced);
    } catch (IOException gone) {
      // then nobody reads the answer
    }
  }

  /** What upstream takes of one, by its maker's documents of August 2026. */
  private static long mostBytes(MediaKind kind) {
    return switch (kind) {
      case IMAGE -> 30 * MEBIBYTE;
      case VIDEO -> 200 * MEBIBYTE;
      case AUDIO -> 15 * MEBIBYTE;
    };
  }

  private RuntimeException tooLarge() {
    String what =
        switch (kind) {
          case IMAGE -> "A picture";
          case VIDEO -> "A clip";
          case AUDIO -> "A sound";
        };
    return Problem.of(
            ProblemType.TOO_LARGE, what + " may have " + most / MEBIBYTE + " MB at the most.")
        .refusal();
  }

  /**
   * Takes the body in, to the end and synced.
   *
   * @throws IOException if it can't be written
   * @throws io.github.seedance4j.adapter.rest.exchange.Refusal if it is cut off, too large, or not
   *     what it was said to be
   */
  Received take(Context request, Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      InputStream body = request.req().getInputStream();
      byte[] piece = new byte[PIECE];
      long size = 0;
      for (int count = read(body, piece); count >= 0; count = read(body, piece)) {
        size += count;
        if (size > most) {
          throw tooLarge();
        }
        digest.update(piece, 0, count);
        ByteBuffer bytes = ByteBuffer.wrap(piece, 0, count);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      long announced = request.req().getContentLengthLong();
      if (announced >= 0 && announced != size) {
        throw cutOff();
      }
      MediaFacts facts = facts(request, channel);
      channel.force(true);
      return new Received(facts, HexFormat.of().formatHex(digest.digest()));
    }
  }

  private static int read(InputStream body, byte[] piece) {
    try {
      return body.read(piece);
    } catch (IOException e) {
      throw cutOff();
    }
  }

  private static RuntimeException cutOff() {
    return Problem.of(ProblemType.INVALID_REQUEST, "The body ended before its end.").refusal();
  }

  private MediaFacts facts(Context request, FileChannel file) throws IOException {
    MediaFacts facts;
    try {
      facts = MediaHeader.read(MediaBytes.of(file));
    } catch (InvalidRequestException e) {
      Locale language = Language.of(request);
      String why =
          e.violations().stream()
              .map(violation -> violation.message(language))
              .collect(Collectors.joining(" "));
      throw Problem.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              why.isEmpty() ? String.valueOf(e.getMessage()) : why)
          .refusal();
    }
    if (facts.kind() != kind) {
      throw Problem.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "By its bytes it is " + facts.format().mimeType() + ": send it as that.")
          .refusal();
    }
    return facts;
  }
}
