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
          && (!sameAddress || other.sharesAddressWith(newcomer))) {
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

  /** Nobody goes whose request is complete: it may have been paid for. */
  private static boolean goesBefore(PacedEndPoint one, @Nullable PacedEndPoint other) {
    PacedEndPoint.Phase phase = one.phase();
    if (phase == PacedEndPoint.Phase.ANSWER) {
      return false;
    }
    if (other == null) {
      return true;
    }
    int order = phase.compareTo(other.phase());
    return order != 0 ? order < 0 : one.since() - other.since() < 0;
  }
}
