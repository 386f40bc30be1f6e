package io.github.seedance4j.adapter.rest.server;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body to its end before a handler is asked, on whichever thread has bytes and holding none
 * while there are not: a body that drips keeps a connection and its bytes, nothing else. Copied, so
 * that a drip of single bytes does not keep a network buffer for each.
 */
final class BodyReader implements Invocable.Task {

  private static final int FIRST = 1 << 10;

  /** How it ended: with the whole body, or with the status of a refusal. */
  interface Outcome {
    void whole(byte[] bytes, int length);

    void refused(int status);

    void failed(Throwable cause);
  }

  private final Request request;
  private final long most;
  private final BodyMemory.Share memory;
  private final Outcome outcome;
  private final AtomicBoolean settled = new AtomicBoolean();
  private byte[] bytes;
  private int length;

  BodyReader(Request request, long most, BodyMemory.Share memory, Outcome outcome) {
    this.request = request;
    this.most = most;
    this.memory = memory;
    this.outcome = outcome;
    bytes = new byte[(int) Math.max(FIRST, Math.min(request.getLength(), BodyMemory.FREE))];
  }

  /** The client was too slow. Not while another thread reads: one at a time is all Jetty takes. */
  synchronized void giveUp() {
    settle(o -> o.refused(HttpStatus.REQUEST_TIMEOUT_408));
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public synchronized void run() {
    while (!settled.get()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        Throwable cause = chunk.getFailure();
        settle(
            o -> {
              if (cause instanceof HttpException refused) {
                o.refused(refused.getCode());
              } else {
                o.failed(cause);
              }
            });
        return;
      }
      int refusal = take(chunk);
      boolean last = chunk.isLast();
      chunk.release();
      if (refusal != 0) {
        settle(o -> o.refused(refusal));
      } else if (last) {
        settle(o -> o.whole(bytes, length));
      }
    }
  }

  private int take(Content.Chunk chunk) {
    int more = chunk.remaining();
    if (length + (long) more > most) {
      return HttpStatus.PAYLOAD_TOO_LARGE_413;
    }
    if (length + more > bytes.length) {
      long declared = Math.max(request.getLength(), 0);
      long wanted = Math.max(length + more, Math.min(Math.max(2L * bytes.length, declared), most));
      if (!memory.holds(wanted)) {
        return HttpStatus.SERVICE_UNAVAILABLE_503;
      }
      bytes = Arrays.copyOf(bytes, (int) wanted);
    }
    chunk.get(bytes, length, more);
    length += more;
    return 0;
  }

  private void settle(Consumer<Outcome> how) {
    if (settled.compareAndSet(false, true)) {
      how.accept(outcome);
    }
  }

  /** A request whose body is here already. */
  static final class Read extends Request.Wrapper {

    private Content.@Nullable Chunk next;

    Read(Request wrapped, byte[] bytes, int length) {
      super(wrapped);
      next = Content.Chunk.from(ByteBuffer.wrap(bytes, 0, length), true);
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = next == null ? Content.Chunk.EOF : next;
      next = Content.Chunk.EOF;
      return chunk;
    }

    @Override
    public void demand(Runnable callback) {
      callback.run();
    }
  }
}
