package io.github.seedance4j.media;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Length and size of MP4 and MOV clips. The length is that of whatever lasts longest, as it may be
 * what is billed; the pictures' own where nothing does, as that is exact where the film's is
 * rounded. None is told of a film in fragments that does not tell its own. Figures: ISO/IEC
 * 14496-12, and Apple's QuickTime File Format.
 */
final class Films {

  /** What a MOV of before 2001 may begin with. */
  private static final Set<String> OLD = Set.of("moov", "mdat", "wide", "free", "skip", "pnot");

  private final Window in;

  private final String name;
  private final List<Times> lengths = new ArrayList<>();

  /** How long each track is shown, which counts what an edit list puts before it. */
  private final List<Long> shown = new ArrayList<>();

  /** Of sounds that tell what is heard of them: an encoder begins with some that is not. */
  private final List<Times> sounds = new ArrayList<>();

  private @Nullable Track pictures;
  private boolean hasSound;
  private boolean isFragmented;
  private Times whole = new Times(0, 0);
  private long inAll;

  private Films(Window in, String name) {
    this.in = in;
    this.name = name;
  }

  static boolean begins(Window in) throws IOException {
    return in.size() >= 8 && (in.has(4, "ftyp") || OLD.contains(in.ascii(4, 4)));
  }

  /**
   * @param name what to call it in advice
   */
  static MediaFacts read(Window in, String name) throws IOException {
    return new Films(in, name).read();
  }

  private MediaFacts read() throws IOException {
    Box film = box(0, in.size());
    while (film != null && !film.type.equals("moov")) {
      film = box(film.end, in.size());
    }
    if (film == null) {
      throw Window.unreadable("it has no moov: it was cut, or is of another kind");
    }
    for (Box box = box(film.body, film.end); box != null; box = box(box.end, film.end)) {
      switch (box.type) {
        case "mvhd" -> whole = times(box);
        case "mvex" -> extended(child(box, "mehd"));
        case "trak" -> track(box);
        default -> {
          // nothing of length or kind
        }
      }
    }
    if (pictures == null) {
      throw Window.unreadable(hasSound ? OtherKinds.soundAlone(name) : "it has no picture");
    }
    return clip(pictures);
  }

  /** Both a film's and a track's: version, flags, two times, ticks a second, ticks. */
  private Times times(Box header) throws IOException {
    boolean wide = isWide(header);
    if (!header.holds(wide ? 32 : 20)) {
      throw Window.unreadable("it ends before its header does");
    }
    int at = wide ? 20 : 12;
    return new Times(ticks(header.body + at + 4, wide), in.big(header.body + at, 4));
  }

  /** Of all bits set, and of a sign, nobody knows the length. */
  private long ticks(long at, boolean wide) throws IOException {
    long ticks = in.big(at, wide ? 8 : 4);
    return !wide && ticks == 0xFFFF_FFFFL ? 0 : Math.max(0, ticks);
  }

  /** It goes on in fragments, of which the lengths told so far know nothing. */
  private void extended(@Nullable Box header) throws IOException {
    isFragmented = true;
    boolean wide = isWide(header);
    if (header != null && header.holds(wide ? 12 : 8)) {
      inAll = ticks(header.body + 4, wide);
    }
  }

  private void track(Box track) throws IOException {
    Box shape = child(track, "tkhd");
    boolean wide = isWide(shape);
    boolean told = shape != null && shape.holds(wide ? 36 : 24);
    long ticks = shape != null && told ? ticks(shape.body + (wide ? 28 : 20), wide) : 0;
    shown.add(ticks);
    Box media = child(track, "mdia");
    Box header = child(media, "mdhd");
    Times times = header == null ? new Times(0, 0) : times(header);
    Box handler = child(media, "hdlr");
    String kind = handler != null && handler.holds(12) ? in.ascii(handler.body + 8, 4) : "";
    boolean isSound = kind.equals("soun");
    hasSound |= isSound;
    (isSound && ticks > 0 ? sounds : lengths).add(times);
    if (pictures == null && kind.equals("vide")) {
      pictures = new Track(shape, media, times);
    }
  }

  private MediaFacts clip(Track track) throws IOException {
    long size = size(track.shape);
    Box table = child(child(track.media, "minf"), "stbl");
    Box samples = child(table, "stsz");
    Box coding = child(table, "stsd");
    Times length = longest(track.times);
    boolean ofPictures = length.equals(track.times) && !isFragmented;
    return new MediaFacts(
        in.has(4, "ftyp") && !in.has(8, "qt  ") ? MediaFormat.MP4 : MediaFormat.MOV,
        in.size(),
        (int) (size >> 32),
        (int) size,
        length.isKnown() ? MediaHeader.length(length.ticks, length.perSecond) : null,
        ofPictures && samples != null && samples.holds(12) ? in.big(samples.body + 8, 4) : 0,
        coding != null && coding.holds(16) ? in.ascii(coding.body + 12, 4) : "");
  }

  /** The pictures' own length, unless anything in the film lasts longer than they do. */
  private Times longest(Times own) {
    Times fragments = new Times(inAll, whole.perSecond);
    if (isFragmented ? !fragments.isKnown() : !own.isKnown() && !whole.isKnown()) {
      return new Times(0, 0);
    }
    lengths.addAll(whole.perSecond > 0 ? List.of(whole, fragments) : sounds);
    shown.forEach(ticks -> lengths.add(new Times(ticks, whole.perSecond)));
    Times longest = own;
    for (Times length : lengths) {
      longest = length.isKnown() && length.isLonger(longest) ? length : longest;
    }
    return longest;
  }

  private boolean isWide(@Nullable Box header) throws IOException {
    return header != null && header.holds(4) && in.unsigned(header.body) == 1;
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

  /** The first track of pictures. */
  private record Track(@Nullable Box shape, @Nullable Box media, Times times) {}

  private record Times(long ticks, long perSecond) {

    boolean isKnown() {
      return ticks > 0 && perSecond > 0;
    }

    /** By more than a tick, which is how much it may have been rounded up. */
    boolean isLonger(Times other) {
      if (!other.isKnown()) {
        return true;
      }
      BigInteger ours = BigInteger.valueOf(ticks - 1).multiply(BigInteger.valueOf(other.perSecond));
      return ours.compareTo(BigInteger.valueOf(other.ticks).multiply(BigInteger.valueOf(perSecond)))
          > 0;
    }
  }
}
