package io.github.seedance4j.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses repeated bytes without going over them all: a block is deflated once and flushed so
 * that it stands alone, then the same output is repeated. One gzip member (RFC 1952).
 */
final class Gzip {

  private static final int BLOCK = 1 << 20;
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private Gzip() {}

  static RepeatedBody of(RepeatedBody plain) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      List<RepeatedBody.Piece> pieces = new ArrayList<>();
      pieces.add(new RepeatedBody.Piece(HEADER, 1));
      for (RepeatedBody.Piece piece : plain.pieces()) {
        long perBlock = Math.max(1, BLOCK / Math.max(1, piece.size()));
        pieces.add(deflated(deflater, piece, perBlock, piece.times() / perBlock));
        pieces.add(deflated(deflater, piece, piece.times() % perBlock, 1));
      }
      deflater.finish();
      pieces.add(new RepeatedBody.Piece(output(deflater, Deflater.NO_FLUSH), 1));
      pieces.add(new RepeatedBody.Piece(trailer(plain), 1));
      return new RepeatedBody(pieces);
    } finally {
      deflater.end();
    }
  }

  private static RepeatedBody.Piece deflated(
      Deflater deflater, RepeatedBody.Piece piece, long count, long times) {
    if (count == 0 || times == 0) {
      return new RepeatedBody.Piece(new byte[0], 0);
    }
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    write(new RepeatedBody(List.of(piece.times(count))), block);
    deflater.setInput(block.toByteArray());
    return new RepeatedBody.Piece(output(deflater, Deflater.FULL_FLUSH), times);
  }

  private static byte[] output(Deflater deflater, int flush) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    int n;
    do {
      n = deflater.deflate(buffer, 0, buffer.length, flush);
      out.write(buffer, 0, n);
    } while (n == buffer.length || (n > 0 && !deflater.needsInput()));
    return out.toByteArray();
  }

  private static byte[] trailer(RepeatedBody plain) {
    CRC32 sum = new CRC32();
    write(
        plain,
        new OutputStream() {
          @Override
          public void write(int b) {
            sum.update(b);
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            sum.update(bytes, from, length);
          }
        });
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) sum.getValue())
        .putInt((int) plain.length())
        .array();
  }

  private static void write(RepeatedBody body, OutputStream to) {
    try {
      body.writeTo(to);
    } catch (IOException e) {
      throw new UncheckedIOException("memory doesn't fail", e);
    }
  }
}
