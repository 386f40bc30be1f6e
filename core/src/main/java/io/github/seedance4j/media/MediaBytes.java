package io.github.seedance4j.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** A medium wherever it is: a file, or behind an address that serves ranges. */
public interface MediaBytes {

  /** In bytes. */
  long size();

  /**
   * The bytes from there on, as many as wanted, fewer only at the end.
   *
   * @throws IOException if they can't be had
   */
  byte[] read(long at, int most) throws IOException;

  /** A file that stays open meanwhile, and is taken to keep the size it has now. */
  static MediaBytes of(FileChannel channel) throws IOException {
    long size = channel.size();
    return new MediaBytes() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public byte[] read(long at, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(most, size - at)));
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
          // until it is full, or the file is shorter by now
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
      }
    };
  }
}
