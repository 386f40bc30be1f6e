package io.github.seedance4j.adapter.rest.server;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every connection, about once a second, and cuts those that keep us waiting for longer
 * than they may. Neither Jetty's idle timeout nor its rates do that for a head that drips.
 */
final class Sweep extends AbstractLifeCycle {

  private static final Duration SLOWEST = Duration.ofSeconds(1);

  /** How long a client may leave its side open after our last word: time to read it. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Connector connector;
  private final ServerLimits limits;
  private final Counts counts;
  private final ScheduledExecutorService clock;
  private @Nullable Future<?> looking;

  Sweep(Connector connector, ServerLimits limits, Counts counts) {
    this.connector = connector;
    this.limits = limits;
    this.counts = counts;
    ScheduledThreadPoolExecutor one =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "gateway-sweep");
              thread.setDaemon(true);
              return thread;
            });
    one.setRemoveOnCancelPolicy(true);
    clock = one;
  }

  @Override
  protected void doStart() {
    long every =
        Math.min(SLOWEST.toNanos(), Math.min(limits.head.toNanos(), limits.window.toNanos()) / 8);
    looking = clock.scheduleWithFixedDelay(this::look, every, every, TimeUnit.NANOSECONDS);
  }

  @Override
  protected void doStop() {
    if (looking != null) {
      looking.cancel(false);
    }
    clock.shutdownNow();
  }

  private void look() {
    for (EndPoint each : connector.getConnectedEndPoints()) {
      if (each instanceof PacedEndPoint endPoint) {
        try {
          judge(endPoint, System.nanoTime());
        } catch (RuntimeException broken) {
          // a connection that can't even be looked at; the others are to be looked at still
          endPoint.close(broken);
        }
      }
    }
  }

  private void judge(PacedEndPoint client, long now) {
    if (client.shutAt() != 0 && now - client.shutAt() > LINGER.toNanos()) {
      client.close();
      return;
    }
    PacedEndPoint.Phase phase = client.phase();
    long waited = now - client.since();
    if (phase == PacedEndPoint.Phase.IDLE && waited > limits.idle.toNanos()) {
      counts.idle.increment();
      client.close();
    } else if (phase == PacedEndPoint.Phase.HEAD && waited > limits.head.toNanos()) {
      counts.slowHeads.increment();
      client.cut("the head of a request did not come in time");
    }
    if (client.writing.tooSlow(client.isWriting(), client.out(), now)) {
      counts.slowReaders.increment();
      client.cut("the answer was taken too slowly");
    }
    boolean body =
        (phase == PacedEndPoint.Phase.BODY || phase == PacedEndPoint.Phase.ANSWER)
            && client.isFillInterested();
    if (client.reading.tooSlow(body, client.in(), now)) {
      counts.slowBodies.increment();
      Runnable refusal = client.takeRefusal();
      if (refusal == null) {
        client.cut("the body came too slowly");
      } else {
        refusal.run();
      }
    }
  }
}
