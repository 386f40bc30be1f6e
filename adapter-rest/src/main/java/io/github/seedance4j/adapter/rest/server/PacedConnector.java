package io.github.seedance4j.adapter.rest.server;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * Listens, HTTP/1.1 only, and keeps connections within their number: a new one gets in, and the one
 * that has kept us waiting longest goes.
 */
final class PacedConnector extends ServerConnector {

  private static final int STAYS = 4;

  /** A head dawdles after a tenth of its time: by default a second, for what is one packet. */
  private static final int PATIENCE = 10;

  private static final int BACKLOG = 1024;

  /**
   * What the system keeps of an answer that its client doesn't take. Left to itself it takes
   * megabytes, and we would think them read; at a distance of 50 ms this still does 2.5 MB/s.
   */
  private static final int SEND_BUFFER = 128 << 10;

  private final ServerLimits limits;
  private final Counts counts;

  PacedConnector(Server server, HttpConfiguration http, ServerLimits limits, Counts counts) {
    super(server, new HttpConnectionFactory(http));
    this.limits = limits;
    this.counts = counts;
    setAcceptQueueSize(BACKLOG);
    setAcceptedSendBufferSize(SEND_BUFFER);
    // Jetty's own counts time without a byte, which a drip never lets pass and a long answer does
    setIdleTimeout(0);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    return new PacedEndPoint(channel, selector, key, getScheduler(), limits);
  }

  @Override
  protected void onEndPointOpened(EndPoint opened) {
    super.onEndPointOpened(opened);
    if (opened instanceof PacedEndPoint endPoint) {
      makeRoom(endPoint);
    }
  }

  private void makeRoom(PacedEndPoint newcomer) {
    if (counted(newcomer)) {
      makeRoom(newcomer, true, limits.perAddress);
    }
    makeRoom(newcomer, false, limits.connections);
  }

  private boolean counted(PacedEndPoint newcomer) {
    return limits.perAddress > 0
        && (limits.loopbackToo
            || newcomer.address == null
            || !newcomer.address.isLoopbackAddress());
  }

  private void makeRoom(PacedEndPoint newcomer, boolean sameAddress, int most) {
    if (!sameAddress && getConnectedEndPoints().size() <= most) {
      return;
    }
    int open = 0;
    PacedEndPoint victim = null;
    for (EndPoint each : getConnectedEndPoints()) {
      if (each instanceof PacedEndPoint other
          && other.isOpen()
          && (!sameAddress || PacedEndPoint.sameClient(other.address, newcomer.address))) {
        open++;
        if (other != newcomer && goesBefore(other, victim)) {
          victim = other;
        }
      }
    }
    if (open <= most) {
      return;
    }
    if (victim == null) {
      counts.turnedAway.increment();
      newcomer.cut("no room for another connection");
    } else {
      counts.evicted.increment();
      victim.cut("another connection needs its room");
    }
  }

  private boolean goesBefore(PacedEndPoint one, @Nullable PacedEndPoint other) {
    long now = System.nanoTime();
    int rank = rank(one, now);
    if (rank == STAYS) {
      return false;
    }
    if (other == null) {
      return true;
    }
    int order = Integer.compare(rank, rank(other, now));
    return order != 0 ? order < 0 : one.since() - other.since() < 0;
  }

  /**
   * Heads that dawdle go first, then who asks nothing, bodies, and heads that have just begun.
   * Nobody goes whose request is complete: it may have been paid for.
   */
  private int rank(PacedEndPoint client, long now) {
    return switch (client.phase()) {
      case HEAD -> now - client.since() > limits.head.toNanos() / PATIENCE ? 0 : 3;
      case IDLE -> 1;
      case BODY -> 2;
      case ANSWER -> STAYS;
    };
  }
}
