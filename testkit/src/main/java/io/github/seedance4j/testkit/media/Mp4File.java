package io.github.seedance4j.testkit.media;

import java.util.ArrayList;
import java.util.List;

/**
 * Packs the frames of a clip into an MP4: ftyp, moov, mdat in this order, one chunk per track.
 *
 * <p>Clause numbers are those of ISO/IEC 14496-12. Times of creation are 0, so that equal clips are
 * equal files.
 */
final class Mp4File {

  private static final int MOVIE_TIMESCALE = 48_000; // both tracks' lengths are whole in it
  private static final int VIDEO_TRACK = 1;
  private static final int AUDIO_TRACK = 2;
  private static final int UNDETERMINED = 0x55C4; // the language code "und", clause 8.4.2.3

  private final ClipSpec spec;
  private final byte[] sps;
  private final byte[] pps;
  private final List<byte[]> videoFrames = new ArrayList<>();
  private final int videoBytes;
  private final int audioFrames;
  private BoxWriter out = new BoxWriter();

  private Mp4File(ClipSpec spec, H264Stream stream) {
    this.spec = spec;
    sps = stream.sequenceParameterSet();
    pps = stream.pictureParameterSet();
    videoFrames.add(stream.intraFrame());
    for (int i = 1; i < spec.frames(); i++) {
      videoFrames.add(stream.repeatedFrame(i));
    }
    videoBytes = videoFrames.stream().mapToInt(frame -> 4 + frame.length).sum();
    audioFrames = spec.audio() ? SilentAac.frames(spec.frames()) : 0;
  }

  static byte[] write(ClipSpec spec, H264Stream stream) {
    return new Mp4File(spec, stream).toByteArray();
  }

  private byte[] toByteArray() {
    // moov holds the data's address, which depends on moov's size, which no address changes.
    fileType();
    movie(0);
    int firstData = out.size() + 8;
    out = new BoxWriter();
    fileType();
    movie(firstData);
    out.box("mdat", this::mediaData);
    return out.toByteArray();
  }

  private void fileType() {
    out.box("ftyp", () -> out.ascii("isom").u32(512).ascii("isomiso2avc1mp42"));
  }

  private void mediaData() {
    for (byte[] frame : videoFrames) {
      out.u32(frame.length).raw(frame);
    }
    byte[] silence = SilentAac.frame();
    for (int i = 0; i < audioFrames; i++) {
      out.raw(silence);
    }
  }

  private void movie(int firstData) {
    out.box(
        "moov",
        () -> {
          out.fullBox("mvhd", 0, this::movieHeader);
          out.box("trak", () -> videoTrack(firstData));
          if (audioFrames > 0) {
            out.box("trak", () -> audioTrack(firstData + videoBytes));
          }
        });
  }

  /** Clause 8.2.2. */
  private void movieHeader() {
    out.zeros(8).u32(MOVIE_TIMESCALE).u32(videoDuration());
    out.u32(0x10000).u16(0x100).zeros(10); // normal rate, full volume
    unityMatrix();
    out.zeros(24).u32(AUDIO_TRACK + 1); // next_track_ID
  }

  private int videoDuration() {
    return spec.frames() * (MOVIE_TIMESCALE / ClipSpec.FRAMES_PER_SECOND);
  }

  private void videoTrack(int firstData) {
    trackHeader(VIDEO_TRACK, videoDuration(), 0, spec.width(), spec.height());
    media(
        ClipSpec.FRAMES_PER_SECOND,
        spec.frames(),
        "vide",
        () -> out.fullBox("vmhd", 1, () -> out.zeros(8)),
        () -> {
          out.fullBox("stsd", 0, () -> out.u32(1).box("avc1", this::visualSampleEntry));
          out.fullBox("stts", 0, () -> out.u32(1).u32(spec.frames()).u32(1));
          out.fullBox("stss", 0, () -> out.u32(1).u32(1)); // only the first frame stands alone
          singleChunk(spec.frames(), firstData);
          out.fullBox(
              "stsz",
              0,
              () -> {
                out.u32(0).u32(videoFrames.size());
                videoFrames.forEach(frame -> out.u32(4 + frame.length));
              });
        });
  }

  private void audioTrack(int firstData) {
    int duration = audioFrames * SilentAac.SAMPLES_PER_FRAME;
    trackHeader(AUDIO_TRACK, duration, 0x100, 0, 0);
    media(
        SilentAac.SAMPLE_RATE,
        duration,
        "soun",
        () -> out.fullBox("smhd", 0, () -> out.zeros(4)),
        () -> {
          out.fullBox("stsd", 0, () -> out.u32(1).box("mp4a", this::audioSampleEntry));
          out.fullBox(
              "stts", 0, () -> out.u32(1).u32(audioFrames).u32(SilentAac.SAMPLES_PER_FRAME));
          singleChunk(audioFrames, firstData);
          out.fullBox("stsz", 0, () -> out.u32(SilentAac.frame().length).u32(audioFrames));
        });
  }

  /** Clause 8.3.2. */
  private void trackHeader(int id, int duration, int volume, int width, int height) {
    out.fullBox(
        "tkhd",
        3, // enabled, in the movie
        () -> {
          out.zeros(8).u32(id).u32(0).u32(duration).zeros(12).u16(volume).u16(0);
          unityMatrix();
          out.u32(width << 16).u32(height << 16);
        });
  }

  private void unityMatrix() {
    out.u32(0x10000).zeros(12).u32(0x10000).zeros(12).u32(0x40000000);
  }

  /** Clause 8.4: what both kinds of track have around their header and sample table. */
  private void media(
      int timescale, int duration, String handler, Runnable header, Runnable sampleTable) {
    out.box(
        "mdia",
        () -> {
          out.fullBox(
              "mdhd", 0, () -> out.zeros(8).u32(timescale).u32(duration).u16(UNDETERMINED).u16(0));
          out.fullBox("hdlr", 0, () -> out.u32(0).ascii(handler).zeros(13));
          out.box(
              "minf",
              () -> {
                header.run();
                out.box(
                    "dinf",
                    () ->
                        out.fullBox(
                            "dref", 0, () -> out.u32(1).fullBox("url ", 1, () -> {}))); // this file
                out.box("stbl", sampleTable);
              });
        });
  }

  /** Clauses 8.7.4 and 8.7.5. */
  private void singleChunk(int samples, int offset) {
    out.fullBox("stsc", 0, () -> out.u32(1).u32(1).u32(samples).u32(1));
    out.fullBox("stco", 0, () -> out.u32(1).u32(offset));
  }

  /** Clause 12.1.3, and the AVC configuration of ISO/IEC 14496-15 clause 5.3.3.1. */
  private void visualSampleEntry() {
    out.zeros(6).u16(1).zeros(16).u16(spec.width()).u16(spec.height());
    out.u32(0x480000).u32(0x480000).u32(0).u16(1); // 72 dpi, one frame per sample
    out.zeros(32).u16(24).u16(0xFFFF); // no compressor name, colour without alpha
    out.box(
        "avcC",
        () -> {
          out.u8(1).raw(new byte[] {sps[1], sps[2], sps[3]}); // profile, constraints, level
          out.u8(0xFF).u8(0xE1).u16(sps.length).raw(sps); // four-byte lengths, one SPS
          out.u8(1).u16(pps.length).raw(pps);
        });
    out.box("pasp", () -> out.u32(1).u32(1));
  }

  /** Clause 12.2.3, and the ES_Descriptor of ISO/IEC 14496-1 clause 7.2.6.5. */
  private void audioSampleEntry() {
    out.zeros(6).u16(1).zeros(8).u16(1).u16(16).u32(0).u32(SilentAac.SAMPLE_RATE << 16);
    int bitRate =
        SilentAac.frame().length * 8 * SilentAac.SAMPLE_RATE / SilentAac.SAMPLES_PER_FRAME;
    out.fullBox(
        "esds",
        0,
        () ->
            out.descriptor(
                3, // ES_Descriptor
                () -> {
                  out.u16(AUDIO_TRACK).u8(0);
                  out.descriptor(
                      4, // DecoderConfigDescriptor: AAC, an audio stream
                      () -> {
                        out.u8(0x40).u8(0x15).zeros(3).u32(bitRate).u32(bitRate);
                        out.descriptor(5, () -> out.raw(SilentAac.decoderConfig()));
                      });
                  out.descriptor(6, () -> out.u8(2)); // SLConfigDescriptor: as in MP4 files
                }));
  }
}
