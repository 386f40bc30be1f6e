package io.github.seedance4j.adapter.rest;

import io.github.seedance4j.job.JobEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What happens to the jobs of a service, passed on to the gateway in front of it: give it to the
 * service as its listener, and to the gateway. Thread-safe; events that come before a gateway is
 * there are nobody's.
 */
public final class JobFeed implements Consumer<JobEvent> {

  private final List<Consumer<JobEvent>> listeners = new CopyOnWriteArrayList<>();

  @Override
  public void accept(JobEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  /** Tells that listener of every event from now on. It has to be quick. */
  void listen(Consumer<JobEvent> listener) {
    listeners.add(listener);
  }

  void leave(Consumer<JobEvent> listener) {
    listeners.remove(listener);
  }
}
