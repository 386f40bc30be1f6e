package io.github.seedance4j.adapter.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** A disk that has room for so many bytes of a clip, or refuses one kind of step, until freed. */
final class FullDisk implements Disk {

  private static final String FULL = "No space left on device";

  /** What it can refuse. */
  enum Step {
    OPEN,
    WRITE,
    REPLACE,
    FORCE,
    NAME,
    SYNC_DIRECTORY,
    DELETE
  }

  private final Step refused;
  private long room;
  private boolean full = true;

  private FullDisk(Step refused, long room) {
    this.refused = refused;
    this.room = room;
  }

  static FullDisk at(Step refused) {
    return new FullDisk(refused, 0);
  }

  static FullDisk withRoomFor(long bytes) {
    return new FullDisk(Step.WRITE, bytes);
  }

  /** Somebody has tidied up. */
  void free() {
    full = false;
  }

  /** As the JDK has it: channels say what, but not where. */
  private void step(Step step) throws IOException {
    if (full && step == refused) {
      throw new IOException(FULL);
    }
  }

  private void step(Step step, Path file) throws IOException {
    if (full && step == refused) {
      throw new FileSystemException(file.toString(), null, FULL);
    }
  }

  @Override
  public FileChannel open(Path file, OpenOption... options) throws IOException {
    step(Step.OPEN, file);
    return Disk.super.open(file, options);
  }

  @Override
  public int write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    if (!full || refused != Step.WRITE) {
      return Disk.super.write(channel, bytes, at);
    }
    if (room == 0) {
      throw new IOException(FULL);
    }
    ByteBuffer fits = bytes.slice();
    fits.limit((int) Math.min(fits.remaining(), room));
    int written = Disk.super.write(channel, fits, at);
    bytes.position(bytes.position() + written);
    room -= written;
    return written;
  }

  @Override
  public void force(FileChannel channel, boolean metadata) throws IOException {
    step(Step.FORCE);
    Disk.super.force(channel, metadata);
  }

  @Override
  public void replace(Path file, String text) throws IOException {
    step(Step.REPLACE, file);
    Disk.super.replace(file, text);
  }

  @Override
  public void link(Path name, Path file) throws IOException {
    step(Step.NAME, name);
    Disk.super.link(name, file);
  }

  @Override
  public void move(Path file, Path name) throws IOException {
    step(Step.NAME, name);
    Disk.super.move(file, name);
  }

  @Override
  public void delete(Path file) throws IOException {
    step(Step.DELETE, file);
    Disk.super.delete(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    step(Step.SYNC_DIRECTORY);
    Disk.super.syncDirectory(directory);
  }
}
