package io.github.seedance4j.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Puts one answer on the wire, well or badly, as its {@link Delivery} says. Waits hold no lock and
 * end with the connection.
 */
final class ReplyWriter {

  private static final int FLOODING_LINE = 1_000;
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final CuttableConnection connection;
  private final OutputStream out;

  ReplyWriter(CuttableConnection connection) {
    this.connection = connection;
    this.out = connection.output();
  }

  /**
   * @param withBody false for a HEAD
   * @return whether the client has all of it, and the connection can go on
   */
  boolean write(Answer.Reply reply, byte[] head, boolean withBody) throws IOException {
    Delivery delivery = reply.delivery();
    if (delivery instanceof Delivery.CutInHead) {
      out.write(head, 0, head.length / 2);
      out.flush();
      return false;
    }
    if (delivery instanceof Delivery.FloodsHead) {
      return flood(head);
    }
    if (delivery instanceof Delivery.Delayed delay && !connection.pause(delay.by())) {
      return false;
    }
    try {
      if (delivery instanceof Delivery.Drips drips) {
        OutputStream slow = new Dripping(drips.every());
        (drips.headToo() ? slow : out).write(head);
        body(reply, withBody, slow);
      } else {
        out.write(head);
        body(
            reply,
            withBody,
            delivery instanceof Delivery.CutInBody cut ? new Cutting(cut.afterBytes()) : out);
      }
      out.flush();
      return true;
    } catch (Enough e) {
      return end(delivery);
    }
  }

  private static void body(Answer.Reply reply, boolean withBody, OutputStream to)
      throws IOException {
    if (!withBody) {
      return;
    }
    if (ReplyHead.isChunked(reply)) {
      reply.body().writeTo(new Chunking(to));
      to.write(LAST_CHUNK);
    } else {
      reply.body().writeTo(to);
    }
  }

  /** What becomes of the connection when no more is said on it. */
  private boolean end(Delivery delivery) throws IOException {
    Delivery.How how = delivery instanceof Delivery.CutInBody cut ? cut.how() : Delivery.How.CLOSE;
    if (how == Delivery.How.RESET) {
      connection.reset();
    } else if (how == Delivery.How.HANG) {
      connection.hang();
    }
    return false;
  }

  /** Ends when the client has had enough, which it may not. */
  private boolean flood(byte[] head) throws IOException {
    out.write(head, 0, head.length - 2);
    byte[] line =
        ("X-Flood: " + "a".repeat(FLOODING_LINE) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    while (connection.isOpen()) {
      out.write(line);
    }
    return false;
  }

  /** Not a failure: all is sent that shall be. */
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1;
  }

  private final class Dripping extends OutputStream {
    private final Duration every;

    Dripping(Duration every) {
      this.every = every;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      out.flush();
      if (!connection.pause(every)) {
        throw new Enough();
      }
    }
  }

  private final class Cutting extends OutputStream {
    private long left;

    Cutting(long bytes) {
      this.left = bytes;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int now = (int) Math.min(left, length);
      out.write(bytes, from, now);
      left -= now;
      if (now < length) {
        out.flush();
        throw new Enough();
      }
    }
  }

  private static final class Chunking extends OutputStream {
    private static final byte[] END = {'\r', '\n'};
    private final OutputStream to;

    Chunking(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (length == 0) {
        return; // would be the last one
      }
      to.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      to.write(bytes, from, length);
      to.write(END);
    }
  }
}
