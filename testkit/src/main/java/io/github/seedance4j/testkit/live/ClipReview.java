package io.github.seedance4j.testkit.live;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.task.GeneratedVideo;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Holds the clip that came against what was asked for and what the catalogue says. */
final class ClipReview {

  /** Sizes are whole blocks, so a picture is only about as wide as it should be. */
  private static final double RATIO_TOLERANCE = 0.03;

  private final Notebook notes;
  private final GenerationRequest request;

  ClipReview(Notebook notes, GenerationRequest request) {
    this.notes = notes;
    this.request = request;
  }

  void review(Clip clip, GeneratedVideo video) throws IOException {
    ClipLength length = clip.length();
    notes.see("clip_bytes", clip.bytes());
    notes.see("clip_sha256", clip.sha256());
    notes.see("clip_length", length.ticks() + "/" + length.ticksPerSecond());
    notes.see("clip_seconds", length.seconds());
    notes.judge(
        "the clip is as long as asked, or one frame longer",
        isAsLongAsAsked(length),
        "asked for " + request.duration() + " s, got " + length.seconds() + " s");
    BigDecimal told = video.reportedSeconds();
    if (told != null) {
      notes.see("usage_seconds", told);
      notes.judge(
          "the usage that is told is the clip's length, or its whole seconds",
          told.compareTo(length.seconds()) == 0
              || told.compareTo(length.seconds().setScale(0, RoundingMode.DOWN)) == 0,
          "told " + told + " s for " + length.seconds() + " s");
    }
    Picture picture = Picture.of(clip.path()).orElse(null);
    if (picture == null) {
      notes.see("picture", "the file's index is not of the form that is read here");
    } else {
      review(picture);
    }
  }

  private boolean isAsLongAsAsked(ClipLength length) {
    BigDecimal ticks = BigDecimal.valueOf(length.ticks());
    BigDecimal asked = request.duration().multiply(BigDecimal.valueOf(length.ticksPerSecond()));
    BigDecimal frame =
        BigDecimal.valueOf(length.ticksPerSecond())
            .divide(BigDecimal.valueOf(request.model().framesPerSecond()), 0, RoundingMode.UP);
    return ticks.compareTo(asked) >= 0 && ticks.compareTo(asked.add(frame)) <= 0;
  }

  private void review(Picture picture) {
    notes.see("picture_size", picture.size());
    notes.see("picture_frames", picture.frames());
    notes.see("codec", picture.codec());
    notes.see("has_sound", picture.sound());
    picture.framesPerSecond().ifPresent(frames -> notes.see("frames_per_second", frames));
    notes.see("ratio_made", isOfTheRatio(picture));
    List<String> sizes =
        request.model().frameSizes(OneClip.RESOLUTION, OneClip.RATIO).stream()
            .map(ClipReview::text)
            .toList();
    notes.judge(
        "the picture has the size that the catalogue says",
        sizes.contains(picture.size()),
        "is " + picture.size() + ", expected " + sizes);
    int frames = request.model().framesPerSecond();
    notes.judge(
        "the picture has the frame rate that the catalogue says",
        picture.framesPerSecond().filter(rate -> rate == frames).isPresent(),
        picture.frames()
            + " frames in "
            + picture.ticks()
            + "/"
            + picture.ticksPerSecond()
            + " s, expected "
            + frames
            + " a second");
    notes.judge("no sound was made, as asked", !picture.sound(), "there is a sound track");
  }

  private static boolean isOfTheRatio(Picture picture) {
    String[] parts = OneClip.RATIO.value().split(":");
    double wanted = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
    double made = (double) picture.width() / picture.height();
    return Math.abs(made / wanted - 1) <= RATIO_TOLERANCE;
  }

  private static String text(ModelSpec.FrameSize size) {
    return size.width() + "x" + size.height();
  }
}
