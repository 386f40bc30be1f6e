package io.github.seedance4j.adapter.http;

import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks a file's MP4 boxes to its end: begins with ftyp, has moov and mdat, and every box fits. The
 * length is the video track's own, which is exact (121/24) where the film's is rounded to
 * milliseconds. Figures: ISO/IEC 14496-12. Reads a few bytes per box, and gives up on files made of
 * too many.
 */
final class Mp4File {

  /** A clip has about five boxes at the top and two hundred in moov. */
  private static final int MOST_BOXES = 20_000;

  private final FileChannel channel;
  private final boolean announced;
  private int boxes;

  private Mp4File(FileChannel channel, boolean announced) {
    this.channel = channel;
    this.announced = announced;
  }

  /** Whether it is a whole MP4. */
  sealed interface Verdict {}

  /** It is. */
  record Whole(ClipLength length) implements Verdict {}

  /** It is not. */
  record Torn(String why) implements Verdict {}

  /**
   * @param announced whether the size was promised beforehand; else a box that reaches "to the end"
   *     proves nothing
   */
  static Verdict read(FileChannel channel, long size, boolean announced) throws IOException {
    return new Mp4File(channel, announced).walk(size);
  }

  private Verdict walk(long size) throws IOException {
    boolean media = false;
    Box film = null;
    long at = 0;
    while (at < size) {
      Box box = box(at, size);
      if (box == null) {
        return new Torn("the box at byte " + at + " does not fit");
      }
      if (at == 0 && !box.is("ftyp")) {
        return new Torn("it begins with no ftyp");
      }
      media |= box.is("mdat");
      film = box.is("moov") && film == null ? box : film;
      at = box.end();
    }
    if (film == null || !media) {
      return new Torn(size == 0 ? "it is empty" : "it has no " + (media ? "moov" : "mdat"));
    }
    ClipLength length = length(film);
    return length == null ? new Torn("its moov tells no length") : new Whole(length);
  }

  private @Nullable ClipLength length(Box film) throws IOException {
    ClipLength whole = null;
    for (Box box = first(film); box != null; box = next(box, film)) {
      if (box.is("trak")) {
        ClipLength track = videoTrack(box);
        if (track != null) {
          return track;
        }
      } else if (box.is("mvhd")) {
        whole = duration(box);
      }
    }
    return whole;
  }

  private @Nullable ClipLength videoTrack(Box track) throws IOException {
    Box media = child(track, "mdia");
    Box handler = media == null ? null : child(media, "hdlr");
    Box header = media == null ? null : child(media, "mdhd");
    if (handler == null || header == null) {
      return null;
    }
    // version and flags, a reserved word, then the handler's type
    ByteBuffer type = bytes(handler.body() + 8, 4, handler.end());
    boolean video =
        type != null && StandardCharsets.US_ASCII.decode(type).toString().equals("vide");
    return video ? duration(header) : null;
  }

  /** mvhd and mdhd begin alike: version, flags, two times, ticks a second, ticks. */
  private @Nullable ClipLength duration(Box header) throws IOException {
    ByteBuffer version = bytes(header.body(), 4, header.end());
    if (version == null) {
      return null;
    }
    boolean wide = version.get(0) == 1;
    ByteBuffer fields = bytes(header.body() + (wide ? 20 : 12), wide ? 12 : 8, header.end());
    if (fields == null) {
      return null;
    }
    long perSecond = Integer.toUnsignedLong(fields.getInt());
    long ticks = wide ? fields.getLong() : Integer.toUnsignedLong(fields.getInt());
    boolean unknown = ticks <= 0 || (!wide && ticks == 0xFFFF_FFFFL);
    if (perSecond == 0 || unknown) {
      return null;
    }
    long common = BigInteger.valueOf(ticks).gcd(BigInteger.valueOf(perSecond)).longValueExact();
    return new ClipLength(ticks / common, perSecond / common);
  }

  private @Nullable Box child(Box parent, String type) throws IOException {
    for (Box box = first(parent); box != null; box = next(box, parent)) {
      if (box.is(type)) {
        return box;
      }
    }
    return null;
  }

  private @Nullable Box first(Box parent) throws IOException {
    return box(parent.body(), parent.end());
  }

  private @Nullable Box next(Box sibling, Box parent) throws IOException {
    return box(sibling.end(), parent.end());
  }

  /** The box there; null if none fits before {@code limit}, or there were too many. */
  private @Nullable Box box(long at, long limit) throws IOException {
    ByteBuffer head = bytes(at, 8, limit);
    if (head == null || ++boxes > MOST_BOXES) {
      return null;
    }
    long size = Integer.toUnsignedLong(head.getInt());
    int type = head.getInt();
    long body = at + 8;
    if (size == 1) {
      ByteBuffer wide = bytes(body, 8, limit);
      if (wide == null) {
        return null;
      }
      size = wide.getLong();
      body += 8;
    } else if (size == 0 && announced) {
      size = limit - at;
    }
    // in this order: a size near 2^63 must not wrap round
    boolean fits = size >= body - at && size <= limit - at;
    return fits ? new Box(type, body, at + size) : null;
  }

  private @Nullable ByteBuffer bytes(long at, int length, long limit) throws IOException {
    if (limit - at < length) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        return null;
      }
    }
    return buffer.flip();
  }

  /**
   * @param body where its payload begins
   * @param end where the next box begins
   */
  private record Box(int type, long body, long end) {

    boolean is(String name) {
      return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt() == type;
    }
  }
}
