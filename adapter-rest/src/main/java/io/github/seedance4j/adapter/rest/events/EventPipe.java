package io.github.seedance4j.adapter.rest.events;

import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's events on their way. Whoever puts one in never waits: it goes when the connection
 * takes it, and what waits on the same subject is replaced. Thread-safe.
 */
final class EventPipe implements WriteListener, AsyncListener {

  private static final int MOST_WAITING = 1_000;

  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
  private final Map<String, Frame> waiting = new LinkedHashMap<>();
  private final Supplier<Frame> overflow;
  private @Nullable ServletOutputStream out;
  private boolean heartbeatDue;
  private boolean unflushed;
  private boolean ending;
  private boolean over;

  /**
   * @param overflow what stands for all that a client was too slow for
   */
  EventPipe(Supplier<Frame> overflow) {
    this.overflow = overflow;
  }

  /** Completes when the stream is over, whatever ended it. */
  CompletableFuture<@Nullable Void> done() {
    return done;
  }

  /** Begins to send what waits. */
  CompletableFuture<@Nullable Void> begin(Context request) {
    try {
      AsyncContext async = request.req().getAsyncContext();
      async.setTimeout(0);
      async.addListener(this);
      writeTo(request.res().getOutputStream());
    } catch (IOException | RuntimeException e) {
      cut();
    }
    return done;
  }

  void writeTo(ServletOutputStream stream) {
    stream.setWriteListener(this);
    synchronized (this) {
      out = stream;
      pump();
    }
    settle();
  }

  void put(Frame frame) {
    synchronized (this) {
      waiting.remove(frame.subject()); // it goes in the order of what came last
      waiting.put(frame.subject(), frame);
      if (waiting.size() > MOST_WAITING) {
        waiting.clear();
        Frame instead = overflow.get();
        waiting.put(instead.subject(), instead);
      }
      pump();
    }
    settle();
  }

  void beat() {
    synchronized (this) {
      heartbeatDue = true;
      pump();
    }
    settle();
  }

  /** Ends it when what waits is sent. */
  void end() {
    synchronized (this) {
      ending = true;
      pump();
    }
    settle();
  }

  /** Ends it now. */
  void cut() {
    drop();
    settle();
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      pump();
    }
    settle();
  }

  private synchronized void drop() {
    over = true;
    waiting.clear();
  }

  /** Writes as long as the connection takes something; the container calls again when it does. */
  private void pump() {
    ServletOutputStream stream = out;
    if (stream == null || over) {
      return;
    }
    try {
      while (stream.isReady()) {
        byte[] next = next();
        if (next != null) {
          stream.write(next);
          unflushed = true;
        } else if (unflushed) {
          unflushed = false;
          stream.flush();
        } else {
          over = ending;
          return;
        }
      }
    } catch (IOException | RuntimeException gone) {
      drop();
    }
  }

  private byte @Nullable [] next() {
    Iterator<Frame> frames = waiting.values().iterator();
    if (frames.hasNext()) {
      Frame frame = frames.next();
      frames.remove();
      heartbeatDue = false;
      return frame.bytes().get();
    }
    boolean beat = heartbeatDue;
    heartbeatDue = false;
    return beat ? Frame.HEARTBEAT : null;
  }

  /** Outside of the lock: what completes calls into the server. */
  private void settle() {
    boolean finished;
    synchronized (this) {
      finished = over;
    }
    if (finished) {
      done.complete(null);
    }
  }

  @Override
  public void onError(Throwable gone) {
    cut();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    cut();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    cut();
  }

  @Override
  public void onError(AsyncEvent event) {
    cut();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
