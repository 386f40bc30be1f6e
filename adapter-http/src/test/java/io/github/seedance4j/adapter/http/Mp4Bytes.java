package io.github.seedance4j.adapter.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Small MP4s, box by box: whole enough for a walk, not for an eye. */
public final class Mp4Bytes {

  private Mp4Bytes() {}

  /** 121 frames at 24 a second, with sound of another length, and that much of media. */
  public static byte[] clip(long seed, int mediaBytes) {
    byte[] media = new byte[mediaBytes];
    new Random(seed).nextBytes(media);
    return join(
        box("ftyp", text("isomiso2")),
        film(track("soun", header(48_000, 242_688)), track("vide", header(12_288, 61_952))),
        box("mdat", media));
  }

  public static byte[] film(byte[]... tracks) {
    return box("moov", join(box("mvhd", header(1_000, 5_056)), join(tracks)));
  }

  public static byte[] track(String handler, byte[] header) {
    return box(
        "trak",
        box(
            "mdia",
            join(
                box("mdhd", header), box("hdlr", join(new byte[8], text(handler), new byte[13])))));
  }

  /** What mvhd and mdhd begin with, version 0. */
  public static byte[] header(int perSecond, int ticks) {
    return ByteBuffer.allocate(24)
        .putInt(0)
        .putInt(0)
        .putInt(0)
        .putInt(perSecond)
        .putInt(ticks)
        .array();
  }

  /** The same, version 1. */
  public static byte[] wideHeader(int perSecond, long ticks) {
    return ByteBuffer.allocate(36)
        .putInt(1 << 24)
        .putLong(0)
        .putLong(0)
        .putInt(perSecond)
        .putLong(ticks)
        .array();
  }

  public static byte[] box(String type, byte[] payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .putInt(8 + payload.length)
        .put(text(type))
        .put(payload)
        .array();
  }

  /** With the size in 64 bits. */
  public static byte[] wideBox(String type, long size, byte[] payload) {
    return ByteBuffer.allocate(16 + payload.length)
        .putInt(1)
        .put(text(type))
        .putLong(size)
        .put(payload)
        .array();
  }

  public static byte[] text(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
