package io.github.seedance4j.media;

import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lengths of sounds. Figures: the RIFF/WAVE specification, ISO/IEC 11172-3 and 13818-3. */
final class Sounds {

  private static final int[][] KILOBITS = {
    // version 1, layers I to III; version 2, layer I and the others
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
  };
  private static final int[] RATES = {44_100, 48_000, 32_000};
  private static final int ID3V1 = 128;

  private Sounds() {}

  static MediaFacts wav(Window in) throws IOException {
    long bytesPerSecond = 0;
    long at = 12;
    while (true) {
      String chunk = in.ascii(at, 4);
      long size = in.little(at + 4, 4);
      if (chunk.equals("fmt ")) {
        bytesPerSecond = in.little(at + 16, 4);
      } else if (chunk.equals("data")) {
        long left = in.size() - at - 8; // a recording that was cut, or written on the fly
        long length = Math.min(size, left);
        return MediaFacts.sound(
            MediaFormat.WAV, in.size(), MediaHeader.length(length, bytesPerSecond));
      }
      in.stepOver();
      at += 8 + size + (size & 1);
    }
  }

  static boolean beginsMp3(Window in) throws IOException {
    return in.has(0, "ID3") || (in.size() >= 4 && Frame.at(in, 0) != null);
  }

  /** By the frame count of an encoder's note, else by the bit rate of the first frame. */
  static MediaFacts mp3(Window in) throws IOException {
    long at = 0;
    while (in.has(at, "ID3")) {
      long size = 0;
      for (int i = 6; i < 10; i++) {
        size = size << 7 | (in.unsigned(at + i) & 0x7F);
      }
      boolean footer = (in.unsigned(at + 5) & 0x10) != 0;
      in.stepOver();
      at += 10 + size + (footer ? 10 : 0);
    }
    while (at < in.size() && in.unsigned(at) == 0) {
      in.stepOver();
      at++; // filling behind a tag
    }
    Frame first = at + 4 <= in.size() ? Frame.at(in, at) : null;
    if (first == null) {
      throw Window.unreadable("no MPEG frame follows its tag");
    }
    long frames = frames(in, at, first);
    if (frames > 0) {
      return sound(in, MediaHeader.length(frames * first.samples, first.rate));
    }
    long end = in.size() - (in.has(in.size() - ID3V1, "TAG") ? ID3V1 : 0);
    return sound(in, MediaHeader.length(end - at, first.kilobits * 125L));
  }

  private static MediaFacts sound(Window in, ClipLength length) {
    return MediaFacts.sound(MediaFormat.MP3, in.size(), length);
  }

  private static long frames(Window in, long at, Frame first) throws IOException {
    long note = at + 4 + first.sideInformation;
    if (in.has(note, "Xing") || in.has(note, "Info")) {
      boolean counted = (in.big(note + 4, 4) & 1) != 0;
      return counted ? in.big(note + 8, 4) : 0;
    }
    return in.has(at + 36, "VBRI") ? in.big(at + 36 + 14, 4) : 0;
  }

  /**
   * @param samples in a frame
   * @param rate samples a second
   * @param sideInformation bytes between header and data
   */
  private record Frame(int samples, int rate, int kilobits, int sideInformation) {

    /** Null if no frame begins there. */
    static @Nullable Frame at(Window in, long at) throws IOException {
      long header = in.big(at, 4);
      int version = (int) (header >> 19 & 3); // 3 is 1, 2 is 2, 0 is 2.5
      int layer = 4 - (int) (header >> 17 & 3);
      int bitrate = (int) (header >> 12 & 15);
      int rate = (int) (header >> 10 & 3);
      boolean sync = header >>> 21 == 0x7FF;
      if (!sync || version == 1 || layer == 4 || bitrate == 0 || bitrate == 15 || rate == 3) {
        return null;
      }
      boolean first = version == 3;
      boolean mono = (header >> 6 & 3) == 3;
      int row = first ? layer - 1 : layer == 1 ? 3 : 4;
      int samples = layer == 1 ? 384 : layer == 3 && !first ? 576 : 1152;
      int sideInformation = first ? (mono ? 17 : 32) : mono ? 9 : 17;
      return new Frame(
          samples,
          RATES[rate] / (first ? 1 : version == 2 ? 2 : 4),
          KILOBITS[row][bitrate],
          sideInformation);
    }
  }
}
