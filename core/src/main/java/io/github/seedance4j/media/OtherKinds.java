package io.github.seedance4j.media;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people have that is not taken: what it is, and what makes something of it that is. */
final class OtherKinds {

  private static final int BEGINNING = 512;

  /** Major brands of HEIF files, by ISO/IEC 23008-12; phones write the first. */
  private static final Set<String> HEIC =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");

  private static final Set<String> AVIF = Set.of("avif", "avis");
  private static final Set<String> SOUND_ALONE = Set.of("M4A ", "M4B ");

  private OtherKinds() {}

  /** What such a file is and what to do about it; null if it is none of those known here. */
  static @Nullable String of(Window in, String name) throws IOException {
    if (in.size() < 12) {
      return null;
    }
    if (in.has(4, "ftyp")) {
      return ofBrand(in.ascii(8, 4), name);
    }
    if (in.has(0, "\u001aE\u00df\u00a3")) { // EBML
      boolean web = in.ascii(0, (int) Math.min(64, in.size())).contains("webm");
      return video(web ? "WebM" : "Matroska (MKV)", name, web ? "clip.webm" : "clip.mkv");
    }
    if (in.has(0, "RIFF") && in.has(8, "AVI ")) {
      return video("AVI", name, "clip.avi");
    }
    if (in.has(0, "FLV\u0001")) {
      return video("FLV", name, "clip.flv");
    }
    if (in.has(0, "OggS")) {
      return sound("Ogg", name, "sound.ogg");
    }
    if (in.has(0, "fLaC")) {
      return sound("FLAC", name, "sound.flac");
    }
    boolean adts = (in.big(0, 2) & 0xFFF6) == 0xFFF0; // the layer is none of MPEG's
    if (adts) {
      return sound("AAC", name, "sound.aac");
    }
    if (in.has(0, "BM") && in.little(2, 4) == in.size()) {
      return picture("BMP");
    }
    if (in.has(0, "II*\0") || in.has(0, "MM\0*")) {
      return picture("TIFF");
    }
    return in.has(0, "%PDF-") ? picture("PDF") : null;
  }

  private static @Nullable String ofBrand(String brand, String name) {
    if (HEIC.contains(brand)) {
      return picture("HEIC");
    }
    if (AVIF.contains(brand)) {
      return picture("AVIF");
    }
    return SOUND_ALONE.contains(brand) ? soundAlone(name) : null;
  }

  /** Of a film without a picture. */
  static String soundAlone(String name) {
    return sound("M4A (sound alone)", name, "sound.m4a");
  }

  private static String picture(String kind) {
    return "it is " + kind + ", which is not taken: save it as JPEG or PNG";
  }

  private static String video(String kind, String name, String example) {
    String from = name.isEmpty() ? example : name;
    return "it is " + kind + ", which is not taken: " + ffmpeg(from, "", stem(from) + ".mp4");
  }

  private static String sound(String kind, String name, String example) {
    String from = name.isEmpty() ? example : name;
    return "it is "
        + kind
        + ", which is not taken: convert it to WAV or MP3, "
        + ffmpeg(from, "", stem(from) + ".mp3");
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /**
   * The command that makes one file of another, never of itself.
   *
   * @param options with a space behind them, or the empty string
   */
  static String ffmpeg(String from, String options, String to) {
    boolean same = to.toLowerCase(Locale.ROOT).equals(from.toLowerCase(Locale.ROOT));
    return "ffmpeg -i " + word(from) + " " + options + word(same ? "new-" + to : to);
  }

  /** As a shell takes it. */
  private static String word(String name) {
    String plain = name.startsWith("-") ? "./" + name : name;
    return plain.matches("[\\w./+@%=:,-]+") ? plain : "'" + plain.replace("'", "'\\''") + "'";
  }

  /** Whether it begins with nothing but words. */
  static boolean isText(Window in) throws IOException {
    long end = Math.min(BEGINNING, in.size());
    for (int at = 0; at < end; at++) {
      int c = in.unsigned(at);
      boolean blank = c == '\t' || c == '\n' || c == '\r' || c == '\f';
      if (c == 0x7F || (c < ' ' && !blank)) {
        return false;
      }
    }
    return true;
  }
}
