package io.github.seedance4j.testkit.media;

/** Silence as AAC LC, mono: one constant frame and its decoder configuration. */
final class SilentAac {

  static final int SAMPLE_RATE = 48_000;

  /** PCM samples in one AAC frame (ISO/IEC 14496-3 clause 4.5.1.1, frameLengthFlag 0). */
  static final int SAMPLES_PER_FRAME = 1024;

  private SilentAac() {}

  /** The AudioSpecificConfig of ISO/IEC 14496-3 clause 1.6.2.1. */
  static byte[] decoderConfig() {
    return new BitWriter(2)
        .u(5, 2) // audioObjectType: AAC LC
        .u(4, 3) // samplingFrequencyIndex: 48 kHz
        .u(4, 1) // channelConfiguration: mono
        .u(3, 0) // GASpecificConfig: 1024 samples, no core coder, no extension
        .toByteArray();
  }

  /** A raw_data_block of ISO/IEC 14496-3 clause 4.4.2 with no spectral data at all. */
  static byte[] frame() {
    return new BitWriter(4)
        .u(3, 0) // ID_SCE
        .u(4, 0) // element_instance_tag
        .u(8, 0) // global_gain
        .u(4, 0) // reserved, ONLY_LONG_SEQUENCE, sine window
        .u(6, 0) // max_sfb: no scale factor band, hence no section, scale factor, spectrum
        .u(1, 0) // predictor_data_present
        .u(3, 0) // no pulse data, no TNS, no gain control
        .u(3, 7) // ID_END
        .toByteArray();
  }

  /** As many frames as fit the video, so that the video decides the length a player shows. */
  static int frames(int videoFrames) {
    return videoFrames * (SAMPLE_RATE / ClipSpec.FRAMES_PER_SECOND) / SAMPLES_PER_FRAME;
  }
}
