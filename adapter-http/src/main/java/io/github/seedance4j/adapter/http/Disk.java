package io.github.seedance4j.adapter.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What a download has the file system change, one step at a time: a seam, so that a disk can be
 * full, or a process die, at any of them. By itself it does what it says.
 */
interface Disk {

  /** The real one. */
  Disk REAL = new Disk() {};

  default FileChannel open(Path file, OpenOption... options) throws IOException {
    return FileChannel.open(file, options);
  }

  /** Like any channel, it may take less than all. */
  default int write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    return channel.write(bytes, at);
  }

  default void truncate(FileChannel channel, long size) throws IOException {
    channel.truncate(size);
  }

  default void force(FileChannel channel, boolean metadata) throws IOException {
    channel.force(metadata);
  }

  /** What {@link #replace} writes to before it takes the file's place. */
  static Path fresh(Path file) {
    return Publication.beside(file, ".new");
  }

  /** Puts that text in the place of another one; if that fails, the other one stays. */
  default void replace(Path file, String text) throws IOException {
    Path fresh = fresh(file);
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  /** One more name for a file, unless something has it. */
  default void link(Path name, Path file) throws IOException {
    Files.createLink(name, file);
  }

  /** Another name for a file, in one step: nothing half done is ever seen under it. */
  default void move(Path file, Path name) throws IOException {
    Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
  }

  default void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /** Makes the names in it durable, if this system has such a thing. */
  default void syncDirectory(Path directory) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (IOException e) {
      return; // Windows opens no directories; it journals names by itself
    }
    try (channel) {
      channel.force(true);
    }
  }
}
