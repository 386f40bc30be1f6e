package io.github.seedance4j.testkit.media;

import java.util.Arrays;

/**
 * A still picture as H.264 (ITU-T H.264, Constrained Baseline): parameter sets, one IDR frame,
 * frames that repeat it.
 *
 * <p>The intra frame is exact, by a picture made for it: the first macroblock of each row is raw
 * samples, and every other one is predicted from its left neighbour (Intra_16x16_Horizontal), which
 * carries colours that differ by line only. What a caption adds are lit dots of 4x4 pixels: one DC
 * level per 4x4 block, and at {@link #QP} a level is worth one lit dot without rounding. The
 * deblocking filter, which would blur them, is off.
 */
final class H264Stream {

  /** Where LevelScale(QP % 6) << (QP / 6 - 6) makes a lit dot {@link Picture#DOT_LUMA} brighter. */
  private static final int QP = 48;

  private static final int PROFILE_BASELINE = 66;
  private static final int NAL_SLICE = 0x41; // nal_ref_idc 2, nal_unit_type 1
  private static final int NAL_IDR_SLICE = 0x65;
  private static final int NAL_SPS = 0x67;
  private static final int NAL_PPS = 0x68;
  private static final int FRAME_NUM_BITS = 8;

  /** The 4x4 zig-zag scan of clause 8.5.6: row * 4 + column by scanning index. */
  private static final int[] ZIG_ZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

  /** The DC transform of clause 8.5.10, its own inverse but for a factor of 4. */
  private static final int[][] HADAMARD = {
    {1, 1, 1, 1}, {1, 1, -1, -1}, {1, -1, -1, 1}, {1, -1, 1, -1}
  };

  /** Table A-1: level_idc, MaxMBPS, MaxFS. Bit rate and buffers never matter here. */
  private static final int[][] LEVELS = {
    {10, 1_485, 99},
    {11, 3_000, 396},
    {12, 6_000, 396},
    {13, 11_880, 396},
    {21, 19_800, 792},
    {22, 20_250, 1_620},
    {30, 40_500, 1_620},
    {31, 108_000, 3_600},
    {32, 216_000, 5_120},
    {40, 245_760, 8_192},
    {42, 522_240, 8_704},
    {50, 589_824, 22_080},
    {51, 983_040, 36_864},
    {52, 2_073_600, 36_864},
    {60, 4_177_920, 139_264},
  };

  private final Picture picture;
  private final ClipSpec spec;

  H264Stream(Picture picture, ClipSpec spec) {
    this.picture = picture;
    this.spec = spec;
  }

  /** The sequence parameter set, clause 7.3.2.1.1, with the VUI of annex E.1.1. */
  byte[] sequenceParameterSet() {
    BitWriter out = new BitWriter(64);
    out.u(8, PROFILE_BASELINE)
        .u(8, 0b1100_0000) // constraint_set0 and 1: Constrained Baseline
        .u(8, levelIdc())
        .ue(0) // seq_parameter_set_id
        .ue(FRAME_NUM_BITS - 4)
        .ue(2) // pic_order_cnt_type: output order is decoding order
        .ue(1) // max_num_ref_frames
        .flag(false) // gaps_in_frame_num_value_allowed
        .ue(picture.macroblockColumns() - 1)
        .ue(picture.macroblockRows() - 1)
        .flag(true) // frame_mbs_only
        .flag(true); // direct_8x8_inference
    int cropRight = (picture.macroblockColumns() * 16 - spec.width()) / 2; // in chroma samples
    int cropBottom = (picture.macroblockRows() * 16 - spec.height()) / 2;
    out.flag(cropRight > 0 || cropBottom > 0);
    if (cropRight > 0 || cropBottom > 0) {
      out.ue(0).ue(cropRight).ue(0).ue(cropBottom);
    }
    out.flag(true) // vui_parameters_present
        .flag(true) // aspect_ratio_info_present
        .u(8, 1) // square samples
        .flag(false) // overscan_info_present
        .flag(true) // video_signal_type_present
        .u(3, 5) // video_format: unspecified
        .flag(false) // video_full_range
        .flag(true) // colour_description_present
        .u(8, 1) // primaries, transfer, matrix: BT.709
        .u(8, 1)
        .u(8, 1)
        .flag(false) // chroma_loc_info_present
        .flag(true) // timing_info_present
        .u(32, 1) // num_units_in_tick
        .u(32, 2 * ClipSpec.FRAMES_PER_SECOND) // time_scale: in fields
        .flag(true) // fixed_frame_rate
        .flag(false) // nal_hrd_parameters_present
        .flag(false) // vcl_hrd_parameters_present
        .flag(false) // pic_struct_present
        .flag(true) // bitstream_restriction: a decoder need not hold frames back
        .flag(true) // motion_vectors_over_pic_boundaries
        .ue(0) // max_bytes_per_pic_denom: no limit
        .ue(0) // max_bits_per_mb_denom: no limit
        .ue(0) // log2_max_mv_length_horizontal: vectors are zero
        .ue(0) // log2_max_mv_length_vertical
        .ue(0) // max_num_reorder_frames
        .ue(1); // max_dec_frame_buffering
    return nalUnit(NAL_SPS, out);
  }

  /** The picture parameter set, clause 7.3.2.2. */
  byte[] pictureParameterSet() {
    BitWriter out = new BitWriter(16);
    out.ue(0) // pic_parameter_set_id
        .ue(0) // seq_parameter_set_id
        .flag(false) // entropy_coding_mode: CAVLC
        .flag(false) // bottom_field_pic_order_in_frame_present
        .ue(0) // num_slice_groups_minus1
        .ue(0) // num_ref_idx_l0_default_active_minus1
        .ue(0) // num_ref_idx_l1_default_active_minus1
        .flag(false) // weighted_pred
        .u(2, 0) // weighted_bipred_idc
        .se(QP - 26) // pic_init_qp
        .se(0) // pic_init_qs
        .se(0) // chroma_qp_index_offset
        .flag(true) // deblocking_filter_control_present
        .flag(false) // constrained_intra_pred
        .flag(false); // redundant_pic_cnt_present
    return nalUnit(NAL_PPS, out);
  }

  /** The first frame: the picture, as one IDR slice. */
  byte[] intraFrame() {
    BitWriter out = new BitWriter(picture.macroblockRows() * 1024);
    out.ue(0) // first_mb_in_slice
        .ue(7) // slice_type: I, all slices
        .ue(0) // pic_parameter_set_id
        .u(FRAME_NUM_BITS, 0)
        .ue(0) // idr_pic_id
        .flag(false) // no_output_of_prior_pics
        .flag(false) // long_term_reference
        .se(0) // slice_qp_delta
        .ue(1); // disable_deblocking_filter_idc
    int[] levels = new int[16];
    for (int row = 0; row < picture.macroblockRows(); row++) {
      writeRawMacroblock(out, row);
      for (int column = 1; column < picture.macroblockColumns(); column++) {
        out.ue(2) // mb_type: I_16x16_1_0_0, horizontal prediction, DC levels only
            .ue(1) // intra_chroma_pred_mode: horizontal
            .se(0); // mb_qp_delta
        dotLevels(row, column, levels);
        // Clause 9.2.1: a raw neighbour counts as 16 coefficients, ours as none, so that nC is
        // 8 or 16 in the second column and 0 in those after it.
        Cavlc.write(out, levels, column == 1);
      }
    }
    return nalUnit(NAL_IDR_SLICE, out);
  }

  /** Frame {@code index}, from 1 on: a P slice that is a single run of skipped macroblocks. */
  byte[] repeatedFrame(int index) {
    BitWriter out = new BitWriter(16);
    out.ue(0) // first_mb_in_slice
        .ue(5) // slice_type: P, all slices
        .ue(0) // pic_parameter_set_id
        .u(FRAME_NUM_BITS, index) // modulo MaxFrameNum
        .flag(false) // num_ref_idx_active_override
        .flag(false) // ref_pic_list_modification_flag_l0
        .flag(false) // adaptive_ref_pic_marking_mode
        .se(0) // slice_qp_delta
        .ue(1) // disable_deblocking_filter_idc
        .ue(picture.macroblockRows() * picture.macroblockColumns()); // mb_skip_run
    return nalUnit(NAL_SLICE, out);
  }

  /** An I_PCM macroblock, clause 7.3.5: the first of its row, which holds colours only. */
  private void writeRawMacroblock(BitWriter out, int row) {
    out.ue(25).align();
    for (int y = row * 16; y < row * 16 + 16; y++) {
      for (int x = 0; x < 16; x++) {
        out.u(8, picture.luma(y));
      }
    }
    for (int y = row * 8; y < row * 8 + 8; y++) {
      for (int x = 0; x < 8; x++) {
        out.u(8, picture.blue(y));
      }
    }
    for (int y = row * 8; y < row * 8 + 8; y++) {
      for (int x = 0; x < 8; x++) {
        out.u(8, picture.red(y));
      }
    }
  }

  /** The Intra16x16DCLevel of a macroblock: how its dots differ from the one left of it. */
  private void dotLevels(int row, int column, int[] levels) {
    int[][] difference = new int[4][4];
    boolean same = true;
    for (int y = 0; y < 4; y++) {
      int left = picture.dot(column * 4 - 1, row * 4 + y);
      for (int x = 0; x < 4; x++) {
        difference[y][x] = picture.dot(column * 4 + x, row * 4 + y) - left;
        same &= difference[y][x] == 0;
      }
    }
    if (same) {
      Arrays.fill(levels, 0);
      return;
    }
    int[][] transformed = multiply(multiply(HADAMARD, difference), HADAMARD);
    for (int i = 0; i < 16; i++) {
      levels[i] = transformed[ZIG_ZAG[i] / 4][ZIG_ZAG[i] % 4];
    }
  }

  private static int[][] multiply(int[][] a, int[][] b) {
    int[][] product = new int[4][4];
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        for (int i = 0; i < 4; i++) {
          product[y][x] += a[y][i] * b[i][x];
        }
      }
    }
    return product;
  }

  /** The lowest level of annex A.3.1 that allows this size at 24 frames a second. */
  private int levelIdc() {
    int columns = picture.macroblockColumns();
    int rows = picture.macroblockRows();
    for (int[] level : LEVELS) {
      int longestSide = (int) Math.sqrt(level[2] * 8.0);
      if (columns * rows <= level[2]
          && columns * rows * ClipSpec.FRAMES_PER_SECOND <= level[1]
          && Math.max(columns, rows) <= longestSide) {
        return level[0];
      }
    }
    throw new IllegalStateException("no level for " + spec); // ClipSpec's limits fit the last one
  }

  /**
   * Clauses 7.3.1 and 7.4.1: stop bit, header byte, and a 3 wherever the payload could look like a
   * start.
   */
  private static byte[] nalUnit(int header, BitWriter payload) {
    byte[] plain = payload.u(1, 1).toByteArray();
    BitWriter out = new BitWriter(plain.length + plain.length / 64 + 8);
    out.u(8, header);
    int zeros = 0;
    for (byte next : plain) {
      if (zeros >= 2 && (next & 0xFF) <= 3) {
        out.u(8, 3);
        zeros = 0;
      }
      out.u(8, next);
      zeros = next == 0 ? zeros + 1 : 0;
    }
    return out.toByteArray();
  }
}
