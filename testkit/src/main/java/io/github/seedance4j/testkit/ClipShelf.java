package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.media.ClipSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The clips. One is made when it is first downloaded; the latest are kept, others are made again,
 * byte for byte. Thread-safe.
 */
final class ClipShelf {

  private static final long MOST_KEPT_BYTES = 64L << 20;
  private static final int MOST_SHOWN_CHARACTERS = 4_000;
  private static final byte[] MOVIE_HEADER = "mvhd".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FREE_SPACE = "free".getBytes(StandardCharsets.US_ASCII);

  private final Function<ClipSpec, byte[]> renderer;
  private final Map<String, Clip> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long keptBytes;

  ClipShelf(Function<ClipSpec, byte[]> renderer) {
    this.renderer = renderer;
  }

  /** A file and the ETag that goes with its bytes. */
  static final class Clip {
    private final byte[] bytes;
    private final String etag;

    Clip(byte[] bytes) {
      this.bytes = bytes;
      this.etag = "\"" + Digests.sha256(bytes).substring(0, 32) + "\"";
    }

    byte[] bytes() {
      return bytes;
    }

    String etag() {
      return etag;
    }

    /** Its first half. */
    Clip shortened() {
      return new Clip(Arrays.copyOf(bytes, bytes.length / 2));
    }

    /**
     * The same pictures in a file made anew, that many times: all of one length, no two the same,
     * neither at their beginning (the movie's time of creation) nor at their end (some free space).
     */
    Clip anew(int times) {
      byte[] other = Arrays.copyOf(bytes, bytes.length + 12);
      ByteBuffer buffer = ByteBuffer.wrap(other);
      int header = indexOf(other, MOVIE_HEADER);
      if (header >= 0) {
        buffer.putInt(header + 8, times); // after the name, version and flags
      }
      buffer.position(bytes.length);
      buffer.putInt(12).put(FREE_SPACE).putInt(times);
      return new Clip(other);
    }
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  Clip clip(HubTask task) {
    Wanted made = task.made();
    String name = task.id() + " " + made.frames();
    // one rendering a task at a time; other tasks go on
    synchronized (task) {
      Clip clip = find(name);
      if (clip == null) {
        clip = render(task.id(), made);
        keep(name, clip);
      }
      return clip;
    }
  }

  private Clip render(String id, Wanted made) {
    Wanted.Size size = made.size();
    return new Clip(
        renderer.apply(
            new ClipSpec(
                size.width(),
                size.height(),
                made.frames(),
                made.audio(),
                List.of(id, shown(made.prompt())))));
  }

  /** No picture has room for more, and a prompt may have megabytes. */
  private static String shown(String prompt) {
    return prompt.substring(0, Math.min(prompt.length(), MOST_SHOWN_CHARACTERS));
  }

  private @Nullable Clip find(String name) {
    synchronized (kept) {
      return kept.get(name);
    }
  }

  private void keep(String name, Clip clip) {
    synchronized (kept) {
      kept.put(name, clip);
      keptBytes += clip.bytes.length;
      Iterator<Clip> oldest = kept.values().iterator();
      while (keptBytes > MOST_KEPT_BYTES && kept.size() > 1) {
        keptBytes -= oldest.next().bytes.length;
        oldest.remove();
      }
    }
  }
}
