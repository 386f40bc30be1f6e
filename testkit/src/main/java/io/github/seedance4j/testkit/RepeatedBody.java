package io.github.seedance4j.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Pieces one after the other, each repeated: megabytes that take a few hundred bytes to keep. */
record RepeatedBody(List<Piece> pieces) implements Body {

  private static final int AT_ONCE = 64 << 10;

  /** Some bytes, that many times. */
  static final class Piece {
    private final byte[] bytes;
    private final long times;

    Piece(byte[] bytes, long times) {
      this.bytes = bytes;
      this.times = times;
    }

    int size() {
      return bytes.length;
    }

    long times() {
      return times;
    }

    Piece times(long other) {
      return new Piece(bytes, other);
    }

    void writeTo(OutputStream out) throws IOException {
      int together = Math.max(1, AT_ONCE / Math.max(1, bytes.length));
      byte[] many = repeated((int) Math.min(together, times));
      for (long left = times; left > 0; left -= together) {
        out.write(many, 0, (int) Math.min(many.length, left * bytes.length));
      }
    }

    private byte[] repeated(int count) {
      byte[] many = new byte[bytes.length * count];
      for (int i = 0; i < count; i++) {
        System.arraycopy(bytes, 0, many, i * bytes.length, bytes.length);
      }
      return many;
    }
  }

  RepeatedBody {
    pieces = List.copyOf(pieces);
  }

  static RepeatedBody of(String text) {
    return new RepeatedBody(List.of()).then(text, 1);
  }

  RepeatedBody then(String text, long times) {
    Piece more = new Piece(text.getBytes(StandardCharsets.UTF_8), times);
    return new RepeatedBody(Stream.concat(pieces.stream(), Stream.of(more)).toList());
  }

  @Override
  public long length() {
    return pieces.stream().mapToLong(piece -> piece.bytes.length * piece.times).sum();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (Piece piece : pieces) {
      piece.writeTo(out);
    }
  }
}
