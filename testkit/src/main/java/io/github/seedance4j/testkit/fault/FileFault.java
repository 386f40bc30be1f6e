package io.github.seedance4j.testkit.fault;

import java.time.Duration;
import java.util.Objects;

/** Strikes the downloads of a task's clip. A task can have several. */
public sealed interface FileFault extends Fault {

  /**
   * The first link that somebody uses is dead (403).
   *
   * @param forGood whether every link is; otherwise asking for the status again gives another,
   *     which lives
   */
  record KillsLink(boolean forGood) implements FileFault {
    public KillsLink() {
      this(false);
    }
  }

  /** Ranges are answered with 200 and the whole file. */
  record IgnoresRange() implements FileFault {}

  /** Ranges are answered with 206 and another range than was asked for. */
  record AnswersOtherRange() implements FileFault {}

  /** Every answer has another ETag, and other bytes: a clip of the same length made anew. */
  record ChangesFile() implements FileFault {}

  /** That many downloads are closed in their middle. */
  record CutsFile(int times) implements FileFault {
    public CutsFile {
      requireTimes(times);
    }

    public CutsFile() {
      this(1);
    }
  }

  /** That many downloads are reset in their middle. */
  record ResetsFile(int times) implements FileFault {
    public ResetsFile {
      requireTimes(times);
    }

    public ResetsFile() {
      this(1);
    }
  }

  /** The file ends in its middle, under a Content-Length that goes with it. */
  record ShortensFile() implements FileFault {}

  /** That many downloads come to a halt in their middle, the connection open. */
  record HangsFile(int times) implements FileFault {
    public HangsFile {
      requireTimes(times);
    }

    public HangsFile() {
      this(1);
    }
  }

  /** That many downloads come a byte at a time, with that pause (real) after each. */
  record DripsFile(int times, Duration every) implements FileFault {
    public DripsFile {
      requireTimes(times);
      Objects.requireNonNull(every, "every");
    }

    public DripsFile() {
      this(1, Duration.ofMillis(500));
    }
  }

  /** That many downloads are answered with an error status. */
  record RefusesDownloads(int status, int times) implements FileFault {
    public RefusesDownloads {
      requireTimes(times);
    }

    public RefusesDownloads() {
      this(503, 2);
    }
  }

  /** 200 and {@code video/mp4}, but it is a web page. */
  record ServesHtml() implements FileFault {}

  /** The answer doesn't say how long the file is: chunked, no Content-Length. */
  record LeavesOutLength() implements FileFault {}

  private static void requireTimes(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("times: at least 1, not " + times);
    }
  }
}
