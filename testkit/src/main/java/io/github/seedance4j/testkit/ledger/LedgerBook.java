package io.github.seedance4j.testkit.ledger;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pen of the ledger: appends entries, to memory and, where there is one, to a file, each line
 * in one write that reaches the operating system before {@link #append} returns. Thread-safe. An
 * existing file is continued. Not API: for the fake.
 */
public final class LedgerBook implements AutoCloseable {

  private final List<LedgerEntry> entries = new ArrayList<>();
  private final @Nullable OutputStream file;

  private LedgerBook(@Nullable OutputStream file) {
    this.file = file;
  }

  public static LedgerBook inMemory() {
    return new LedgerBook(null);
  }

  /**
   * @throws IOException if the file can't be opened for appending, or has anything but whole ledger
   *     lines: it would be somebody else's, or one more line would become part of a cut one
   */
  public static LedgerBook onFile(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      requireLedger(path);
    }
    // not a channel: the interrupt of one client's thread would close it, for all and for ever
    return new LedgerBook(
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  private static void requireLedger(Path path) throws IOException {
    // whatever the bytes are they make some text; a ledger's are all ASCII
    String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    try {
      Ledger.parse(text);
    } catch (IllegalArgumentException e) {
      throw new FileSystemException(path.toString(), null, e.getMessage());
    }
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw new FileSystemException(path.toString(), null, "its last line has no end");
    }
  }

  /**
   * @throws UncheckedIOException if the line can't be written; the entry is then not in memory
   *     either
   */
  public void append(LedgerEntry entry) {
    byte[] line =
        file == null ? new byte[0] : (entry.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      if (file != null) {
        write(file, line);
      }
      entries.add(entry);
      notifyAll();
    }
  }

  /**
   * What this book has written since it was opened, as soon as that is so many entries; what there
   * is by then once the time, a real one, is over.
   */
  public synchronized Ledger await(int least, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toNanos();
        entries.size() < least && left > 0;
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return read();
  }

  private static void write(OutputStream file, byte[] line) {
    try {
      file.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What this book has written since it was opened. */
  public synchronized Ledger read() {
    return new Ledger(entries);
  }

  @Override
  public synchronized void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
