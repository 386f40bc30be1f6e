package io.github.seedance4j.adapter.cli.settings;

import io.github.seedance4j.adapter.cli.text.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Small text files for their owner alone, written whole or not at all. */
public final class PrivateFile {

  private static final int LONGEST = 64 * 1024;
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private PrivateFile() {}

  /**
   * What is in it; empty where there is none.
   *
   * @throws IOException whose message does not repeat what is in it
   */
  static Optional<String> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new IOException("it is larger than " + (LONGEST >> 10) + " KiB");
      }
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)) + "");
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new IOException("it is not UTF-8", e);
    }
  }

  /** Puts it there, readable by its owner alone, and waits until the disk has it. */
  public static void write(Path wanted, String text) throws IOException {
    // a link that somebody put there stays one
    Path file = Files.exists(wanted) ? wanted.toRealPath() : wanted.toAbsolutePath();
    Path directory = file.getParent();
    if (directory == null) {
      throw new IOException("it has no directory");
    }
    boolean posix = makeDirectory(directory);
    Path part = Files.createTempFile(directory, ".seedance-", ".tmp"); // 0600 from the start
    try {
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    if (posix) {
      try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
        entry.force(true);
      }
    }
  }

  /**
   * Makes a directory for its owner alone, where there is none.
   *
   * @return whether the platform knows of permissions
   */
  public static boolean makeDirectory(Path directory) throws IOException {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (Files.isDirectory(directory)) {
      return posix; // a link to one, too
    }
    if (posix) {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNERS));
    } else {
      Files.createDirectories(directory);
    }
    return posix;
  }

  /** What others than its owner may do with it; nothing where the platform has no such bits. */
  public static Set<PosixFilePermission> forOthers(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    Set<PosixFilePermission> bits = EnumSet.noneOf(PosixFilePermission.class);
    if (view != null) {
      bits.addAll(view.readAttributes().permissions());
      bits.removeAll(OWNERS);
    }
    return bits;
  }

  /** What to type to keep others away. */
  public static String chmod(Path file) {
    return "chmod 600 " + Shell.quote(file.toString());
  }
}
