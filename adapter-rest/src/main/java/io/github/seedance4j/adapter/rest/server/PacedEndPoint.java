package io.github.seedance4j.adapter.rest.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that knows what it is waited for: for its next request's head, for a body, or for
 * taking an answer, and how many bytes moved. {@link Sweep} judges it; {@link Front} tells it where
 * a request begins and ends.
 */
final class PacedEndPoint extends SocketChannelEndPoint {

  /** What a connection is at. */
  enum Phase {
    /** Between two requests. */
    IDLE,
    /** Its first request, or a begun one, has not come whole. */
    HEAD,
    /** A request's body may still come. */
    BODY,
    /** A handler works, or an answer goes out. */
    ANSWER
  }

  private static final int PREFIX = 8;

  final Pace reading;
  final Pace writing;
  final @Nullable InetAddress address;
  private final AtomicLong in = new AtomicLong();
  private final AtomicLong out = new AtomicLong();
  private Phase phase = Phase.HEAD;
  private long since = System.nanoTime();
  private long sequence;
  private @Nullable Runnable tooSlow;
  private volatile long shutAt;

  PacedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      ServerLimits limits) {
    super(channel, selector, key, scheduler);
    reading = new Pace(limits.window, limits.rate);
    writing = new Pace(limits.window, limits.rate);
    SocketAddress remote = getRemoteSocketAddress();
    address = remote instanceof InetSocketAddress where ? where.getAddress() : null;
  }

  /** A request's head is complete; the number is to be given back at its {@link #end}. */
  synchronized long begin(boolean body) {
    phase = body ? Phase.BODY : Phase.ANSWER;
    since = System.nanoTime();
    tooSlow = null;
    return ++sequence;
  }

  /** All of the body is there. */
  synchronized void answering(long request) {
    if (request == sequence) {
      phase = Phase.ANSWER;
      tooSlow = null;
    }
  }

  /** What to do, in place of cutting the connection, if the body comes too slowly. */
  synchronized void onSlowBody(long request, Runnable refusal) {
    if (request == sequence) {
      tooSlow = refusal;
    }
  }

  /** That request is over. Of no effect if the next has begun. */
  synchronized void end(long request) {
    if (request == sequence) {
      phase = Phase.IDLE;
      since = System.nanoTime();
      tooSlow = null;
    }
  }

  synchronized Phase phase() {
    return phase;
  }

  synchronized long since() {
    return since;
  }

  synchronized @Nullable Runnable takeRefusal() {
    Runnable refusal = tooSlow;
    tooSlow = null;
    return refusal;
  }

  long in() {
    return in.get();
  }

  long out() {
    return out.get();
  }

  boolean isWriting() {
    return getWriteFlusher().isPending();
  }

  /** When our side was shut, nanoseconds; 0 if it is not. */
  long shutAt() {
    return shutAt;
  }

  /** Ends it at once: nothing that is still under way to a client which doesn't take it stays. */
  void cut(String why) {
    try {
      getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException | UnsupportedOperationException gone) {
      // closed by the other side meanwhile
    }
    close(new TimeoutException(why));
  }

  /** Whether both are one client, as far as an address tells: for IPv6 the same /64. */
  static boolean sameClient(@Nullable InetAddress one, @Nullable InetAddress other) {
    if (one instanceof Inet6Address && other instanceof Inet6Address) {
      return Arrays.equals(one.getAddress(), 0, PREFIX, other.getAddress(), 0, PREFIX);
    }
    return one != null && one.equals(other);
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int filled = super.fill(buffer);
    if (filled > 0) {
      in.addAndGet(filled);
      synchronized (this) {
        if (phase == Phase.IDLE) {
          phase = Phase.HEAD;
          since = System.nanoTime();
        }
      }
    }
    return filled;
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    long before = BufferUtil.remaining(buffers);
    try {
      return super.flush(buffers);
    } finally {
      out.addAndGet(before - BufferUtil.remaining(buffers));
    }
  }

  @Override
  protected void doShutdownOutput() {
    shutAt = Math.max(1, System.nanoTime());
    super.doShutdownOutput();
  }
}
