package io.github.seedance4j.media;

import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Length and size of MP4 and MOV clips, by the track of their pictures, whose length is exact where
 * the film's is rounded. Figures: ISO/IEC 14496-12, and Apple's QuickTime File Format.
 */
final class Films {

  /** What a MOV of before 2001 may begin with. */
  private static final Set<String> OLD = Set.of("moov", "mdat", "wide", "free", "skip", "pnot");

  private final Window in;

  private Films(Window in) {
    this.in = in;
  }

  static boolean begins(Window in) throws IOException {
    return in.size() >= 8 && (in.has(4, "ftyp") || OLD.contains(in.ascii(4, 4)));
  }

  static MediaFacts read(Window in) throws IOException {
    return new Films(in).read();
  }

  private MediaFacts read() throws IOException {
    Box film = null;
    for (Box box = box(0, in.size()); box != null && film == null; box = box(box.end, in.size())) {
      film = box.type.equals("moov") ? box : null;
    }
    if (film == null) {
      throw Window.unreadable("it has no moov: it was cut, or is of another kind");
    }
    for (Box track = box(film.body, film.end); track != null; track = box(track.end, film.end)) {
      Box media = track.type.equals("trak") ? child(track, "mdia") : null;
      if (media != null && isOfPictures(media)) {
        return clip(track, media);
      }
    }
    throw Window.unreadable("it has no picture");
  }

  private boolean isOfPictures(Box media) throws IOException {
    Box handler = child(media, "hdlr");
    return handler != null && handler.holds(12) && in.has(handler.body + 8, "vide");
  }

  private MediaFacts clip(Box track, Box media) throws IOException {
    Box header = child(media, "mdhd");
    if (header == null) {
      throw Window.unreadable("it tells no length");
    }
    long size = size(child(track, "tkhd"));
    Box table = child(child(media, "minf"), "stbl");
    Box samples = child(table, "stsz");
    Box coding = child(table, "stsd");
    return new MediaFacts(
        in.has(4, "ftyp") && !in.has(8, "qt  ") ? MediaFormat.MP4 : MediaFormat.MOV,
        in.size(),
        (int) (size >> 32),
        (int) size,
        length(header),
        samples != null && samples.holds(12) ? in.big(samples.body + 8, 4) : 0,
        coding != null && coding.holds(16) ? in.ascii(coding.body + 12, 4) : "");
  }

  /** Width and height, of 32 bits each; 0 where it tells none. */
  private long size(@Nullable Box shape) throws IOException {
    if (shape == null || !shape.holds(1)) {
      return 0;
    }
    int at = in.unsigned(shape.body) == 1 ? 88 : 76; // in 16.16
    return shape.holds(at + 8)
        ? in.big(shape.body + at, 2) << 32 | in.big(shape.body + at + 4, 2)
        : 0;
  }

  /** Version, flags, two times, ticks a second, ticks. */
  private ClipLength length(Box header) throws IOException {
    boolean wide = header.holds(4) && in.unsigned(header.body) == 1;
    if (!header.holds(wide ? 32 : 20)) {
      throw Window.unreadable("it ends before its header does");
    }
    long perSecond = in.big(header.body + (wide ? 20 : 12), 4);
    long ticks = wide ? in.big(header.body + 24, 8) : in.big(header.body + 16, 4);
    boolean unknown = !wide && ticks == 0xFFFF_FFFFL;
    return MediaHeader.length(unknown ? 0 : ticks, perSecond); // nor of one that is streamed
  }

  private @Nullable Box child(@Nullable Box parent, String type) throws IOException {
    if (parent == null) {
      return null;
    }
    Box box = box(parent.body, parent.end);
    while (box != null && !box.type.equals(type)) {
      box = box(box.end, parent.end);
    }
    return box;
  }

  /** The box there; null if there is none before {@code limit}. */
  private @Nullable Box box(long at, long limit) throws IOException {
    if (limit - at < 8) {
      return null;
    }
    in.stepOver();
    long size = in.big(at, 4);
    String type = in.ascii(at + 4, 4);
    long body = at + 8;
    if (size == 1) {
      if (limit - body < 8) {
        return null;
      }
      size = in.big(body, 8);
      body += 8;
    } else if (size == 0) {
      size = limit - at;
    }
    // in this order: a size near 2^63 must not wrap round
    boolean fits = size >= body - at && size <= limit - at;
    return fits ? new Box(type, body, at + size) : null;
  }

  /**
   * @param body where its payload begins
   * @param end where the next box begins
   */
  private record Box(String type, long body, long end) {

    boolean holds(int bytes) {
      return end - body >= bytes;
    }
  }
}
