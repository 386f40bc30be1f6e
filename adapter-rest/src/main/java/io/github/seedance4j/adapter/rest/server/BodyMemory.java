package io.github.seedance4j.adapter.rest.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that bodies on their way may take together. The first {@value #FREE} bytes of each are
 * free: whoever fills the rest shuts out large bodies, never the ordinary ones.
 */
final class BodyMemory {

  /** 64 KiB: any request without media inside. */
  static final int FREE = 64 << 10;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  BodyMemory(long most) {
    this.most = most;
  }

  /** What one body holds; to be closed when its exchange is over. */
  final class Share implements AutoCloseable {

    private long held;
    private boolean closed;

    /** Whether that much may be held in all; it is from then on. */
    synchronized boolean holds(long bytes) {
      long more = Math.max(0, bytes - FREE) - held;
      if (closed || (more > 0 && taken.addAndGet(more) > most)) {
        if (!closed) {
          taken.addAndGet(-more);
        }
        return false;
      }
      held += Math.max(0, more);
      return true;
    }

    @Override
    public synchronized void close() {
      taken.addAndGet(-held);
      held = 0;
      closed = true;
    }
  }

  Share share() {
    return new Share();
  }

  long taken() {
    return taken.get();
  }
}
