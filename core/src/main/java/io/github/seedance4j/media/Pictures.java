package io.github.seedance4j.media;

import java.io.IOException;

/**
 * Sizes of pictures. Figures: ISO/IEC 15948 (PNG), ITU-T T.81 (JPEG), the GIF89a specification, RFC
 * 9649 (WebP).
 */
final class Pictures {

  private Pictures() {}

  static MediaFacts png(Window in) throws IOException {
    if (!in.has(12, "IHDR")) {
      throw Window.unreadable("its first chunk is no IHDR");
    }
    return picture(MediaFormat.PNG, in, in.big(16, 4), in.big(20, 4));
  }

  static MediaFacts gif(Window in) throws IOException {
    return picture(MediaFormat.GIF, in, in.little(6, 2), in.little(8, 2));
  }

  /** Segment by segment, to the one that begins the frame. */
  static MediaFacts jpeg(Window in) throws IOException {
    long at = 2;
    while (true) {
      if (in.unsigned(at) != 0xFF) {
        throw Window.unreadable("no segment begins at byte " + at);
      }
      in.stepOver();
      int marker = in.unsigned(at + 1);
      if (marker == 0xFF) { // filling
        at++;
        continue;
      }
      boolean frame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (frame) {
        return picture(MediaFormat.JPEG, in, in.big(at + 7, 2), in.big(at + 5, 2));
      }
      boolean over = marker == 0xD9 || marker == 0xDA;
      boolean alone = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
      long length = over || alone ? 0 : in.big(at + 2, 2);
      if (over || (!alone && length < 2)) {
        throw Window.unreadable("it tells no size before its picture begins");
      }
      at += 2 + length;
    }
  }

  static MediaFacts webp(Window in) throws IOException {
    switch (in.ascii(12, 4)) {
      case "VP8 " -> {
        if (!in.has(23, "\u009d\u0001*")) {
          throw Window.unreadable("its frame has no start code");
        }
        return picture(MediaFormat.WEBP, in, in.little(26, 2) & 0x3FFF, in.little(28, 2) & 0x3FFF);
      }
      case "VP8L" -> {
        if (in.unsigned(20) != 0x2F) {
          throw Window.unreadable("its frame has no signature");
        }
        long bits = in.little(21, 4);
        return picture(MediaFormat.WEBP, in, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
      }
      case "VP8X" -> {
        return picture(MediaFormat.WEBP, in, in.little(24, 3) + 1, in.little(27, 3) + 1);
      }
      default -> throw Window.unreadable("its first chunk holds no picture");
    }
  }

  private static MediaFacts picture(MediaFormat format, Window in, long width, long height)
      throws IOException {
    if (width <= 0 || height <= 0 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw Window.unreadable("it says to be " + width + " by " + height + " pixels");
    }
    return MediaFacts.picture(format, in.size(), (int) width, (int) height);
  }
}
