package io.github.seedance4j.testkit.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an MP4's index says of its first picture track, and whether there is sound: enough to see
 * what was made, without a codec or another program.
 *
 * @param codec four letters, such as {@code avc1}
 * @param ticks how long the track is, of which {@code ticksPerSecond} are a second
 */
record Picture(
    int width,
    int height,
    long frames,
    long ticks,
    long ticksPerSecond,
    String codec,
    boolean sound) {

  /** An index is small; a larger one is not read. */
  private static final long LARGEST_INDEX = 16L << 20;

  private static final int HEADER = 8;

  /** Such as {@code 992x432}. */
  String size() {
    return width + "x" + height;
  }

  /** Whole frames a second; empty where they don't come out even. */
  Optional<Long> framesPerSecond() {
    return ticks > 0 && frames * ticksPerSecond % ticks == 0
        ? Optional.of(frames * ticksPerSecond / ticks)
        : Optional.empty();
  }

  /** Empty if the file has no index of the usual form. */
  static Optional<Picture> of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer index = index(channel);
      return index == null ? Optional.empty() : Optional.ofNullable(read(index));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return Optional.empty(); // a box that says it is longer than it is
    }
  }

  private static @Nullable ByteBuffer index(FileChannel channel) throws IOException {
    long at = 0;
    while (at + HEADER <= channel.size()) {
      ByteBuffer header = read(channel, at, 2 * HEADER);
      long size = Integer.toUnsignedLong(header.getInt(0));
      if (size == 1) {
        size = header.getLong(HEADER);
      }
      if (type(header, 0).equals("moov")) {
        return size > LARGEST_INDEX ? null : read(channel, at + HEADER, (int) size - HEADER);
      }
      if (size < HEADER) {
        return null; // to the end of the file, or nonsense
      }
      at += size;
    }
    return null;
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
      // until it is full or the file ends
    }
    return buffer.rewind();
  }

  private static @Nullable Picture read(ByteBuffer index) {
    Picture picture = null;
    boolean sound = false;
    for (ByteBuffer track = next(index, "trak"); track != null; track = next(index, "trak")) {
      ByteBuffer media = inside(track, "mdia");
      ByteBuffer handler = media == null ? null : inside(media, "hdlr");
      String kind = handler == null ? "" : text(handler, HEADER);
      sound |= kind.equals("soun");
      if (kind.equals("vide") && media != null && picture == null) {
        picture = picture(media);
      }
    }
    return picture == null
        ? null
        : new Picture(
            picture.width,
            picture.height,
            picture.frames,
            picture.ticks,
            picture.ticksPerSecond,
            picture.codec,
            sound);
  }

  private static @Nullable Picture picture(ByteBuffer media) {
    ByteBuffer header = inside(media, "mdhd");
    ByteBuffer information = inside(media, "minf");
    ByteBuffer table = information == null ? null : inside(information, "stbl");
    ByteBuffer formats = table == null ? null : inside(table, "stsd");
    ByteBuffer times = table == null ? null : inside(table, "stts");
    if (header == null || formats == null || times == null) {
      return null;
    }
    // version 1 has longer dates before the time scale
    long ticksPerSecond = Integer.toUnsignedLong(header.getInt(header.get(0) == 1 ? 20 : 12));
    long frames = 0;
    long ticks = 0;
    int entries = times.getInt(4);
    for (int i = 0; i < entries; i++) {
      long count = Integer.toUnsignedLong(times.getInt(8 + i * 8));
      frames += count;
      ticks += count * Integer.toUnsignedLong(times.getInt(12 + i * 8));
    }
    // behind version, flags and count: the first format, with its size, name, and 24 bytes more
    int format = 8;
    return new Picture(
        Short.toUnsignedInt(formats.getShort(format + 32)),
        Short.toUnsignedInt(formats.getShort(format + 34)),
        frames,
        ticks,
        ticksPerSecond,
        text(formats, format + 4),
        false);
  }

  /** The first box of that type in there, without its header. */
  private static @Nullable ByteBuffer inside(ByteBuffer parent, String type) {
    return next(parent.duplicate().rewind(), type);
  }

  /** The next box of that type, without its header; the parent is then behind it. */
  private static @Nullable ByteBuffer next(ByteBuffer parent, String type) {
    while (parent.remaining() >= HEADER) {
      int start = parent.position();
      int size = parent.getInt(start);
      if (size < HEADER) {
        return null;
      }
      boolean found = type(parent, start).equals(type);
      parent.position(start + size);
      if (found) {
        return parent.slice(start + HEADER, size - HEADER);
      }
    }
    return null;
  }

  private static String type(ByteBuffer buffer, int at) {
    return text(buffer, at + 4);
  }

  private static String text(ByteBuffer buffer, int at) {
    byte[] four = new byte[4];
    buffer.get(at, four);
    return new String(four, StandardCharsets.ISO_8859_1);
  }
}
