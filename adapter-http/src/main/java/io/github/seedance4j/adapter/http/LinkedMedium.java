package io.github.seedance4j.adapter.http;

import io.github.seedance4j.media.MediaBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A medium behind a link, fetched in the parts that its reader asks for; from its beginning on
 * where the server sends nothing but the whole. Believes no answer that contradicts the first.
 */
final class LinkedMedium implements MediaBytes, AutoCloseable {

  /** As much as its reader asks for at once, so that one answer is enough for most. */
  private static final int FIRST = 64 * 1024;

  /** In all, as its reader has it. */
  private static final int MOST = 4 << 20;

  private static final int BUFFER = 8 * 1024;

  private final ClipRequest requests;
  private final ClipLink link;
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
  private volatile ClipRequest.@Nullable Call call;
  private volatile boolean cut;
  private boolean answered;
  private @Nullable InputStream whole;
  private @Nullable String etag;
  private long size;
  private long asked;

  /** The last part that came, as readers go back and forth. */
  private byte[] latest = new byte[0];

  private long latestAt;

  LinkedMedium(ClipRequest requests, ClipLink link) {
    this.requests = requests;
    this.link = link;
  }

  /**
   * Fetches the beginning; to be called first.
   *
   * @throws io.github.seedance4j.error.SeedanceException as {@link ClipRequest.Call#openPart}
   * @throws IOException if the answer won't do
   */
  void open() throws IOException {
    ClipRequest.Call first = begin();
    ClipRequest.Head head = first.openPart(0, FIRST - 1, null);
    answered = true;
    requireUsable(head, first);
    if (head.status() == 206) {
      size = head.total();
      etag = head.etag();
      beginning.writeBytes(part(first, head, 0, FIRST));
      return;
    }
    whole = first.body();
    size = head.total();
    if (size < 0) {
      size = MOST;
      readOn(first, MOST);
      if (beginning.size() == MOST) {
        throw new IOException(first.host() + " does not say how long it is");
      }
      size = beginning.size();
    }
  }

  /** Whether there was any answer. */
  boolean isAnswered() {
    return answered;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public byte[] read(long at, int most) throws IOException {
    long end = Math.min(size, at + most);
    if (end <= beginning.size()) {
      return Arrays.copyOfRange(beginning.toByteArray(), (int) at, (int) end);
    }
    ClipRequest.Call current = call;
    if (whole != null && current != null) {
      if (end > MOST) {
        throw new IOException(
            current.host() + " sends the whole or nothing, and its header is not at its beginning");
      }
      readOn(current, (int) end);
      if (beginning.size() < end) {
        throw current.broken("the transfer broke off after " + beginning.size() + " of " + size);
      }
      return Arrays.copyOfRange(beginning.toByteArray(), (int) at, (int) end);
    }
    if (at == latestAt && end <= at + latest.length) {
      return Arrays.copyOf(latest, (int) (end - at));
    }
    ClipRequest.Call next = begin();
    ClipRequest.Head head = next.openPart(at, end - 1, etag);
    requireUsable(head, next);
    if (head.status() != 206 || head.total() != size) {
      throw new IOException(next.host() + " sends something else than a moment before");
    }
    latest = part(next, head, at, (int) (end - at));
    latestAt = at;
    return latest.clone();
  }

  private ClipRequest.Call begin() {
    close();
    ClipRequest.Call next = requests.call(link);
    call = next;
    if (cut) {
      next.cut();
    }
    return next;
  }

  private static void requireUsable(ClipRequest.Head head, ClipRequest.Call call)
      throws IOException {
    if (head.status() != 200 && head.status() != 206) {
      throw new IOException(call.host() + " answered " + head.status());
    }
    if (head.packed()) {
      throw new IOException(call.host() + " sends it packed, which nobody asked for");
    }
  }

  /** The body of an answer that has to be exactly that part. */
  private byte[] part(ClipRequest.Call from, ClipRequest.Head head, long at, int most)
      throws IOException {
    long last = Math.min(at + most, head.total()) - 1;
    int length = (int) (last - at + 1);
    asked += Math.max(0, length);
    if (asked > MOST) {
      throw new IOException("its header is larger than any should be");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (head.first() == at && head.last() == last) {
      // one more, to see whether there is more than was announced
      copy(from, from.body(), bytes, length + 1);
    }
    if (bytes.size() != length) {
      throw new IOException(from.host() + " sends another part than it was asked for");
    }
    return bytes.toByteArray();
  }

  private void readOn(ClipRequest.Call from, int end) {
    InputStream in = whole;
    if (in != null) {
      copy(from, in, beginning, end);
    }
  }

  /** Until there are so many, or there is no more. */
  private static void copy(
      ClipRequest.Call from, InputStream in, ByteArrayOutputStream to, int end) {
    while (to.size() < end) {
      byte[] buffer = new byte[Math.min(BUFFER, end - to.size())];
      int n = from.read(in, buffer);
      if (n < 0) {
        return;
      }
      to.write(buffer, 0, n);
    }
  }

  /** Ends it from another thread. */
  void cut() {
    cut = true;
    ClipRequest.Call current = call;
    if (current != null) {
      current.cut();
    }
  }

  @Override
  public void close() {
    ClipRequest.Call current = call;
    if (current != null) {
      current.close();
    }
  }
}
