package io.github.seedance4j.adapter.cli.command;

import java.util.Timer;
import java.util.TimerTask;

/** Draws a live display again and again, as the time in it goes on; at once for the first time. */
public final class Ticker {

  private static final long TICK_MILLIS = 500;

  private final Timer timer;

  public Ticker(String name, Runnable draw) {
    timer = new Timer(name, true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            draw.run();
          }
        },
        0,
        TICK_MILLIS);
  }

  /** What is being drawn just now is still drawn. */
  public void stop() {
    timer.cancel();
  }
}
