package io.github.seedance4j.testkit.fault;

import java.time.Duration;
import java.util.Objects;

/** Strikes the downloads of a task's clip. A task can have several. */
public sealed interface FileFault extends Fault {

  /**
   * How many downloads it strikes, where it strikes but some: faults of this kind strike one after
   * another, in the order in which they were scripted. {@code Integer.MAX_VALUE}: it has no end.
   */
  default int turns() {
    return Integer.MAX_VALUE;
  }

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

  /** Ranges are answered with 206 and a range that begins one byte off, and says so. */
  record AnswersOtherRange() implements FileFault {}

  /**
   * Every answer has another ETag, and other bytes at the file's beginning and end: a clip of the
   * same length made anew.
   */
  record ChangesFile() implements FileFault {}

  /** That many downloads are closed in their middle. */
  record CutsFile(int times) implements FileFault {
    public CutsFile {
      requireTimes(times);
    }

    public CutsFile() {
      this(1);
    }

    @Override
    public int turns() {
      return times;
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

    @Override
    public int turns() {
      return times;
    }
  }

  /** The file ends in its middle, under a Content-Length and an ETag that go with it. */
  record ShortensFile() implements FileFault {}

  /** That many downloads come to a halt in their middle, the connection open. */
  record HangsFile(int times) implements FileFault {
    public HangsFile {
      requireTimes(times);
    }

    public HangsFile() {
      this(1);
    }

    @Override
    public int turns() {
      return times;
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

    @Override
    public int turns() {
      return times;
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

    @Override
    public int turns() {
      return times;
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
