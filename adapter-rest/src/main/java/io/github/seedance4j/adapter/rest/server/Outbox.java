package io.github.seedance4j.adapter.rest.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way: takes what a handler writes without making it wait for a slow client, up to
 * a few hundred KiB, and sends a {@link FileContent} after it. Beyond that a writer waits, until
 * the client takes more or is cut. It stands for the answer's end as well: the exchange is over
 * when the last byte is out.
 */
final class Outbox extends Response.Wrapper implements Callback {

  /** Twice the longest page of a list; an answer that a client does not take holds no more. */
  private static final int ROOM = 512 << 10;

  private static final int CHUNK = 64 << 10;

  /**
   * The writer is whoever waits for it; nobody does for what was copied, of which there are size.
   */
  private record Piece(boolean last, ByteBuffer bytes, int size, @Nullable Callback writer) {}

  private final Front front;
  private final Callback whole;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private final Pump pump = new Pump();
  private int held;
  private boolean begun;
  private boolean refused;
  private boolean ended;
  private boolean over;
  private @Nullable Throwable failure;
  private @Nullable FileContent content;
  private @Nullable ByteBuffer chunk;

  Outbox(Front front, Request request, Response response, Callback whole) {
    super(request, response);
    this.front = front;
    this.whole = whole;
  }

  @Override
  public void write(boolean last, @Nullable ByteBuffer source, Callback callback) {
    ByteBuffer bytes = source == null ? ByteBuffer.allocate(0) : source;
    FileContent found = last ? contentToSend() : null;
    if (found != null && !front.beginStream(getRequest())) {
      synchronized (this) {
        refused = true;
      }
      reset();
      front.refuse(getRequest(), getWrapped(), Callback.from(this::refusalSent, this::failed), 503);
      callback.succeeded();
      return;
    }
    Throwable broken;
    boolean taken = false;
    synchronized (this) {
      broken = failure;
      if (broken == null) {
        if (!begun) {
          begun = true;
          front.beforeFirstByte(this);
        }
        taken = held + bytes.remaining() <= ROOM;
        content = found;
        boolean lastPiece = last && found == null;
        if (taken) {
          int size = bytes.remaining();
          held += size;
          ByteBuffer copy = ByteBuffer.allocate(size);
          copy.put(bytes).flip();
          pieces.add(new Piece(lastPiece, copy, size, null));
        } else {
          pieces.add(new Piece(lastPiece, bytes, 0, callback));
        }
      }
    }
    if (broken != null) {
      callback.failed(broken);
      return;
    }
    pump.iterate();
    if (taken) {
      callback.succeeded();
    }
  }

  /** What follows the handler's own bytes, once its length is said. */
  private @Nullable FileContent contentToSend() {
    Request request = getRequest();
    if (!(request.getAttribute(FileContent.ATTRIBUTE) instanceof FileContent found)
        || isCommitted()
        || getStatus() >= 300) {
      return null;
    }
    getHeaders().put(HttpHeader.CONTENT_LENGTH, found.length());
    return "HEAD".equals(request.getMethod()) || found.isSent() ? null : found;
  }

  @Override
  public void succeeded() {
    synchronized (this) {
      if (refused) {
        return;
      }
      ended = true;
    }
    pump.iterate();
  }

  @Override
  public void failed(Throwable cause) {
    if (finish(cause)) {
      pump.abort(cause);
      whole.failed(cause);
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  private void refusalSent() {
    if (finish(null)) {
      whole.succeeded();
    }
  }

  private synchronized boolean finish(@Nullable Throwable cause) {
    if (over) {
      return false;
    }
    over = true;
    failure = cause == null ? new EofException("the answer is complete") : cause;
    return true;
  }

  private final class Pump extends IteratingCallback {

    private @Nullable Piece current;

    @Override
    protected Action process() throws IOException {
      Piece next;
      synchronized (Outbox.this) {
        next = pieces.poll();
        current = next;
        if (next == null) {
          FileContent file = content;
          if (file != null && !file.isSent()) {
            ByteBuffer bytes = nextChunk(file);
            next = new Piece(file.isSent(), bytes, 0, null);
          } else if (ended) {
            return Action.SUCCEEDED;
          } else {
            return Action.IDLE;
          }
        }
      }
      getWrapped().write(next.last(), next.bytes(), this);
      return Action.SCHEDULED;
    }

    private ByteBuffer nextChunk(FileContent file) throws IOException {
      ByteBuffer buffer = chunk;
      if (buffer == null) {
        buffer = ByteBuffer.allocate(CHUNK);
        chunk = buffer;
      }
      file.next(buffer);
      return buffer;
    }

    @Override
    protected void onSuccess() {
      Piece done = current;
      current = null;
      if (done == null) {
        return;
      }
      Callback writer = done.writer();
      if (writer != null) {
        writer.succeeded();
      } else {
        synchronized (Outbox.this) {
          held -= done.size();
        }
      }
    }

    @Override
    protected void onCompleteSuccess() {
      if (finish(null)) {
        whole.succeeded();
      }
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
      if (finish(cause)) {
        whole.failed(cause);
      }
      Deque<Piece> unsent;
      synchronized (Outbox.this) {
        unsent = new ArrayDeque<>(pieces);
        pieces.clear();
      }
      Piece broken = current;
      if (broken != null) {
        unsent.addFirst(broken);
      }
      for (Piece piece : unsent) {
        Callback writer = piece.writer();
        if (writer != null) {
          writer.failed(cause);
        }
      }
    }

    /** File reads and waiting writers are no work for the threads that all connections share. */
    @Override
    public InvocationType getInvocationType() {
      return InvocationType.BLOCKING;
    }
  }
}
