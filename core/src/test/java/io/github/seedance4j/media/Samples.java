package io.github.seedance4j.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small media, written byte by byte: headers as the standards have them, and nothing to see. */
final class Samples {

  private Samples() {}

  /** One of each form, by name. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("png", png(1280, 720));
    all.put("jpeg", jpeg(640, 360));
    all.put("gif", gif(320, 240));
    all.put("webp, lossy", lossyWebp(640, 361));
    all.put("webp, lossless", losslessWebp(641, 360));
    all.put("webp, extended", extendedWebp(16_384, 2));
    all.put("wav", wav(44_100, 2, 441_000));
    all.put("mp3, counted", mp3("Xing", 100));
    all.put("mp3, tagged", concat(id3(1_000), mp3("Info", 100)));
    all.put("mp3, of one bit rate", mp3("", 0));
    all.put("mp4", film("isom", 0, 121, 24));
    all.put("mp4, of wide fields", film("isom", 1, 121, 24));
    all.put("mov", film("qt  ", 0, 150, 30));
    all.put(
        "mp4, of fragments",
        filmOf(mvhd(0, 3_000, 1_000), fragmented(0, 12_000), track("vide", 0, 3_000, 72, 24)));
    return all;
  }

  static byte[] png(int width, int height) {
    return concat(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'},
        big(4, 13),
        ascii("IHDR"),
        big(4, width),
        big(4, height),
        new byte[] {8, 2, 0, 0, 0});
  }

  static byte[] jpeg(int width, int height) {
    return concat(
        new byte[] {(byte) 0xFF, (byte) 0xD8},
        segment(0xE0, ascii("JFIF\0\1\1\0\0\1\0\1\0\0")),
        new byte[] {(byte) 0xFF}, // filling
        segment(0xC4, new byte[20]),
        segment(0xC2, concat(big(1, 8), big(2, height), big(2, width), new byte[10])));
  }

  static byte[] gif(int width, int height) {
    return concat(ascii("GIF89a"), little(2, width), little(2, height), new byte[3]);
  }

  static byte[] lossyWebp(int width, int height) {
    byte[] frame =
        concat(
            new byte[] {0x10, 0, 0, (byte) 0x9D, 1, 0x2A},
            little(2, width | 0x4000), // a scale, which is no size
            little(2, height));
    return riff("WEBP", chunk("VP8 ", frame));
  }

  static byte[] losslessWebp(int width, int height) {
    long bits = (width - 1) | (long) (height - 1) << 14;
    return riff("WEBP", chunk("VP8L", concat(new byte[] {0x2F}, little(4, bits))));
  }

  static byte[] extendedWebp(int width, int height) {
    byte[] canvas = concat(new byte[4], little(3, width - 1), little(3, height - 1));
    return riff("WEBP", chunk("VP8X", canvas));
  }

  /** Of 16 bits a sample. */
  static byte[] wav(int rate, int channels, int bytes) {
    byte[] format =
        concat(
            little(2, 1),
            little(2, channels),
            little(4, rate),
            little(4, 2L * rate * channels),
            little(2, 2L * channels),
            little(2, 16));
    return riff("WAVE", chunk("fmt ", format), chunk("LIST", new byte[7]), data(bytes));
  }

  private static byte[] data(int bytes) {
    return concat(ascii("data"), little(4, bytes), new byte[bytes]);
  }

  /**
   * Layer III of version 1, 44.1 kHz, stereo, 128 kbit/s.
   *
   * @param note what the first frame is marked with
   * @param frames how many it says there are
   */
  static byte[] mp3(String note, int frames) {
    byte[] first = new byte[417];
    ByteBuffer.wrap(first).putInt(0xFFFB9000);
    byte[] mark = ascii(note);
    System.arraycopy(mark, 0, first, 4 + 32, mark.length);
    if (!note.isEmpty()) {
      ByteBuffer.wrap(first).putInt(4 + 32 + 4, 1).putInt(4 + 32 + 8, frames);
    }
    return concat(first, new byte[32_000 - first.length]);
  }

  static byte[] id3(int size) {
    return concat(
        ascii("ID3\4\0\0"),
        new byte[] {0, 0, (byte) (size >> 7), (byte) (size & 0x7F)},
        new byte[size]);
  }

  /** 1280 by 720, with a track of sound before that of the pictures. */
  static byte[] film(String brand, int version, int frames, int perSecond) {
    byte[] sound =
        box("trak", tkhd(version, 0, 0), box("mdia", mdhd(version, 1, 48_000), hdlr("soun")));
    byte[] table =
        box(
            "stbl",
            box("stsd", big(4, 0), big(4, 1), big(4, 16), ascii("avc1"), new byte[8]),
            box("stsz", big(4, 0), big(4, 0), big(4, frames), new byte[frames * 4]));
    byte[] pictures =
        box(
            "trak",
            tkhd(version, 1280, 720),
            box(
                "mdia",
                mdhd(version, frames * 512L, perSecond * 512L),
                hdlr("vide"),
                box("minf", table)));
    return concat(
        box("ftyp", ascii(brand), big(4, 512)),
        box("mdat", new byte[1_000]),
        box("moov", box("mvhd", new byte[100]), sound, pictures));
  }

  /** A film of these boxes in its moov. */
  static byte[] filmOf(byte[]... boxes) {
    return concat(
        box("ftyp", ascii("isom"), big(4, 512)), box("moov", boxes), box("mdat", new byte[100]));
  }

  static byte[] mvhd(int version, long ticks, long perSecond) {
    return timed("mvhd", version, ticks, perSecond);
  }

  /**
   * A track.
   *
   * @param kind {@code vide} or {@code soun}
   * @param shown in ticks of the film
   * @param ticks of its own
   */
  static byte[] track(String kind, int version, long shown, long ticks, long perSecond) {
    byte[] table = box("stbl", box("stsz", big(4, 0), big(4, 0), big(4, 72), new byte[72 * 4]));
    return box(
        "trak",
        tkhd(version, shown, 1280, 720),
        box("mdia", mdhd(version, ticks, perSecond), hdlr(kind), box("minf", table)));
  }

  /** What tells that a film goes on in fragments; how long, where it is not negative. */
  static byte[] fragmented(int version, long inAll) {
    byte[] header =
        inAll < 0
            ? new byte[0]
            : box("mehd", big(1, version), new byte[3], big(version == 1 ? 8 : 4, inAll));
    return box("mvex", header, box("trex", new byte[24]));
  }

  private static byte[] tkhd(int version, int width, int height) {
    return tkhd(version, 0, width, height);
  }

  private static byte[] tkhd(int version, long shown, int width, int height) {
    return box(
        "tkhd",
        big(1, version),
        new byte[version == 1 ? 27 : 19],
        big(version == 1 ? 8 : 4, shown),
        new byte[52],
        big(4, (long) width << 16),
        big(4, (long) height << 16));
  }

  private static byte[] mdhd(int version, long ticks, long perSecond) {
    return timed("mdhd", version, ticks, perSecond);
  }

  private static byte[] timed(String type, int version, long ticks, long perSecond) {
    int wide = version == 1 ? 8 : 4;
    return box(
        type,
        big(1, version),
        new byte[3 + 2 * wide],
        big(4, perSecond),
        big(wide, ticks),
        new byte[4]);
  }

  private static byte[] hdlr(String type) {
    return box("hdlr", new byte[8], ascii(type), new byte[13]);
  }

  static byte[] box(String type, byte[]... parts) {
    byte[] body = concat(parts);
    return concat(big(4, body.length + 8L), ascii(type), body);
  }

  private static byte[] segment(int marker, byte[] body) {
    return concat(new byte[] {(byte) 0xFF, (byte) marker}, big(2, body.length + 2L), body);
  }

  private static byte[] riff(String form, byte[]... chunks) {
    byte[] body = concat(chunks);
    return concat(ascii("RIFF"), little(4, body.length + 4L), ascii(form), body);
  }

  private static byte[] chunk(String name, byte[] body) {
    return concat(ascii(name), little(4, body.length), body, new byte[body.length & 1]);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] big(int length, long value) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[length - 1 - i] = (byte) (value >> 8 * i);
    }
    return bytes;
  }

  static byte[] little(int length, long value) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (value >> 8 * i);
    }
    return bytes;
  }
}
