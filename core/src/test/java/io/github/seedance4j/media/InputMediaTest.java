package io.github.seedance4j.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.MediaKind;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Rule;
import io.github.seedance4j.request.Verdict;
import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputMediaTest {

  private static final String FAR = "https://media.example/far.mp4";
  private static final String CHANGED =
      "cat.png changed since its price was told; nothing was sent";

  @TempDir Path folder;

  private String file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toUri().toString();
  }

  private static GenerationDraft.Builder draft() {
    return GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt("a cat");
  }

  private static Quote quote(GenerationDraft draft) {
    return Tariff.tokenHub()
        .quote(RequestRules.of(ModelCatalog.tokenHub()).judge(draft).request().orElseThrow());
  }

  @Test
  void makesThePriceOfAClipFromDiskExact() throws IOException {
    String clip = file("a clip.mp4", Samples.film("isom", 0, 121, 24));
    InputMedia media = InputMedia.of(draft().referenceVideo(clip).build(), MediaProbe.FILES);

    Quote quote = quote(media.draft());
    assertThat(media.draft().videoDurations()).containsExactly(new BigDecimal("5.042"));
    assertThat(quote.low()).isEqualTo(quote.high()).isEqualTo(Money.usd("2.0084"));
    assertThat(media.files()).containsExactly(folder.resolve("a clip.mp4"));
    assertThat(media.advice()).isEmpty();
  }

  @Test
  void sendsWhatWasStagedWithItsLengthsEachFileOnce() throws IOException {
    String picture = file("cat.png", Samples.png(1280, 720));
    String clip = file("cat.mov", Samples.film("qt  ", 0, 150, 30));
    GenerationDraft asked =
        draft()
            .referenceImage(picture)
            .referenceImage(picture)
            .referenceVideo(clip)
            .referenceAudio("https://media.example/a.mp3")
            .build();
    List<Path> staged = new ArrayList<>();
    GenerationDraft sent =
        InputMedia.of(asked, MediaProbe.FILES)
            .staged(
                path -> {
                  staged.add(path);
                  return "https://media.example/" + path.getFileName();
                });
    assertThat(sent)
        .isEqualTo(
            draft()
                .referenceImage("https://media.example/cat.png")
                .referenceImage("https://media.example/cat.png")
                .referenceVideo("https://media.example/cat.mov", Duration.ofSeconds(5))
                .referenceAudio("https://media.example/a.mp3")
                .build());
    assertThat(staged).containsExactly(folder.resolve("cat.png"), folder.resolve("cat.mov"));
  }

  @Test
  void putsPicturesAndSoundsIntoTheRequest() throws IOException {
    byte[] png = Samples.png(1280, 720);
    byte[] mp3 = Samples.mp3("Info", 100);
    GenerationDraft asked = draft().image(file("a.png", png)).audio(file("a.mp3", mp3)).build();
    GenerationDraft sent = InputMedia.of(asked, MediaProbe.FILES).inlined();
    assertThat(sent.url(MediaKind.IMAGE))
        .contains("data:image/png;base64," + Base64.getEncoder().encodeToString(png));
    assertThat(sent.url(MediaKind.AUDIO))
        .contains("data:audio/mpeg;base64," + Base64.getEncoder().encodeToString(mp3));

    String clip = file("a.mp4", Samples.film("isom", 0, 121, 24));
    InputMedia video = InputMedia.of(draft().video(clip).build(), MediaProbe.FILES);
    assertThatThrownBy(video::inlined)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith(folder.resolve("a.mp4").toString());
  }

  @Test
  void leavesLengthsAloneThatSomebodyDeclaredOrNobodyKnows() throws IOException {
    String clip = file("a.mp4", Samples.film("isom", 0, 121, 24));
    GenerationDraft declared = draft().referenceVideo(clip, Duration.ofSeconds(6)).build();
    GenerationDraft inAll =
        draft().referenceVideo(clip).inputVideoDuration(Duration.ofSeconds(7)).build();
    GenerationDraft half = draft().referenceVideo(clip).referenceVideo(FAR).build();
    assertThat(InputMedia.of(declared, MediaProbe.FILES).draft().videoDurations())
        .containsExactly(new BigDecimal("6"));
    assertThat(InputMedia.of(inAll, MediaProbe.FILES).draft().inputVideoDuration())
        .contains(new BigDecimal("7"));
    assertThat(InputMedia.of(half, MediaProbe.FILES).draft().videoDurations()).isEmpty();

    MediaFacts far = MediaHeader.read(folder.resolve("a.mp4"));
    MediaProbe both =
        address -> address.equals(FAR) ? Optional.of(far) : MediaProbe.FILES.probe(address);
    assertThat(InputMedia.of(half, both).draft().videoDurations()).hasSize(2);
  }

  @Test
  void takesNoDeclarationBelowWhatWasMeasured() throws IOException {
    String clip = file("a.mp4", Samples.film("isom", 0, 288, 24));
    assertThatThrownBy(
            () ->
                InputMedia.of(
                    draft().referenceVideo(clip, Duration.ofSeconds(2)).build(), MediaProbe.FILES))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "a.mp4 is 12 s long, and declared to be 2 s (video_durations[0]): the real length is"
                + " billed; declare that, or nothing, as it is measured");
    GenerationDraft.Builder half =
        draft()
            .referenceVideo(clip)
            .referenceVideo(FAR)
            .inputVideoDuration(Duration.ofMillis(11_800));
    assertThatThrownBy(() -> InputMedia.of(half.build(), MediaProbe.FILES))
        .hasMessageStartingWith(
            "a.mp4 is 12 s long, and declared to be 11.8 s (input_video_duration): ");
  }

  @Test
  void raisesADeclarationThatWasRoundedDown() throws IOException {
    String clip = file("a.mp4", Samples.film("isom", 0, 121, 24));
    InputMedia each =
        InputMedia.of(
            draft().referenceVideo(clip, Duration.ofSeconds(5)).build(), MediaProbe.FILES);
    InputMedia all =
        InputMedia.of(
            draft().referenceVideo(clip).inputVideoDuration(Duration.ofSeconds(5)).build(),
            MediaProbe.FILES);

    assertThat(each.draft().videoDurations()).containsExactly(new BigDecimal("5.042"));
    assertThat(all.draft().inputVideoDuration()).contains(new BigDecimal("5.042"));
    assertThat(all.draft().videoDurations()).isEmpty();
    GenerationDraft rounded = draft().referenceVideo(FAR, Duration.ofSeconds(5)).build();
    GenerationDraft longer = draft().referenceVideo(FAR, Duration.ofSeconds(6)).build();
    assertThat(each.isSentAs(rounded)).as("as it was sent unmeasured").isTrue();
    assertThat(each.isSentAs(longer)).isFalse();
  }

  @Test
  void letsADeclarationStandForALengthThatNoHeaderTells() throws IOException {
    byte[] film =
        Samples.filmOf(
            Samples.mvhd(0, 1_024, 1_000),
            Samples.track("vide", 0, 1_024, 1_024, 1_000),
            Samples.fragmented(0, -1));
    String clip = file("frag.mp4", film);
    InputMedia unknown = InputMedia.of(draft().referenceVideo(clip).build(), MediaProbe.FILES);
    InputMedia declared =
        InputMedia.of(
            draft().referenceVideo(clip, Duration.ofSeconds(12)).build(), MediaProbe.FILES);

    Verdict verdict = RequestRules.of(ModelCatalog.tokenHub()).judge(unknown.draft());
    Quote interval = quote(unknown.draft());
    assertThat(interval.low()).isNotEqualTo(interval.high());
    assertThat(unknown.advice(verdict))
        .contains(new Finding(Rule.VIDEO_LENGTH_UNKNOWN, "", "frag.mp4 tells none", null));
    assertThat(declared.draft().videoDurations()).containsExactly(new BigDecimal("12"));
    assertThat(quote(declared.draft()).low()).isEqualTo(quote(declared.draft()).high());
  }

  @Test
  void saysOnceOfWhichFileIsTooLongAndWhatCutsIt() throws IOException {
    String clip = file("long.mp4", Samples.film("isom", 0, 480, 24));
    InputMedia one = InputMedia.of(draft().referenceVideo(clip).build(), MediaProbe.FILES);
    Verdict verdict = RequestRules.of(ModelCatalog.tokenHub()).judge(one.draft());
    assertThat(one.named(verdict.violations()))
        .containsExactly(
            new Finding(
                Rule.INPUT_VIDEO_TOO_LONG,
                "",
                "long.mp4, 20 s",
                "15 s (ffmpeg -i long.mp4 -t 15 short.mp4)"));
    assertThat(one.advice(verdict)).isEmpty();

    String short1 = file("a.mp4", Samples.film("isom", 0, 240, 24));
    String short2 = file("b.mp4", Samples.film("isom", 0, 192, 24));
    InputMedia two =
        InputMedia.of(
            draft().referenceVideo(short1).referenceVideo(short2).build(), MediaProbe.FILES);
    Verdict both = RequestRules.of(ModelCatalog.tokenHub()).judge(two.draft());
    assertThat(two.named(both.violations()))
        .containsExactly(
            new Finding(Rule.INPUT_VIDEO_TOO_LONG, "", "a.mp4, 10 s; b.mp4, 8 s", "15 s"));
  }

  @Test
  void stagesNothingThatChangedSinceItWasLookedAt() throws IOException {
    String picture = file("cat.png", Samples.png(1280, 720));
    InputMedia media = InputMedia.of(draft().image(picture).build(), MediaProbe.FILES);
    Files.write(folder.resolve("cat.png"), Samples.concat(Samples.png(640, 720), new byte[1]));

    assertThatThrownBy(() -> media.staged(path -> fail("staged")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(CHANGED);
    assertThatThrownBy(media::inlined)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(CHANGED);
    assertThatThrownBy(media::identified)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(CHANGED);
    Files.delete(folder.resolve("cat.png"));
    assertThatThrownBy(() -> media.staged(path -> fail("staged")))
        .hasMessage("cat.png is gone since its price was told; nothing was sent");
  }

  @Test
  void sendsNothingThatChangedWhileItWasStaged() throws IOException {
    byte[] png = Samples.png(1280, 720);
    String picture = file("cat.png", png);
    InputMedia media = InputMedia.of(draft().image(picture).build(), MediaProbe.FILES);
    assertThatThrownBy(
            () ->
                media.staged(
                    path -> {
                      Files.write(path, Samples.concat(png, new byte[1]));
                      return "https://media.example/1";
                    }))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(CHANGED);
  }

  @Test
  void takesAFileThatWasOnlyTouchedForTheSameIfItKnowsWhatWasInIt() throws IOException {
    byte[] png = Samples.png(1280, 720);
    GenerationDraft asked = draft().image(file("cat.png", png)).build();
    InputMedia known = InputMedia.of(asked, MediaProbe.FILES);
    InputMedia unknown = InputMedia.of(asked, MediaProbe.FILES);
    assertThat(known.identified().canonical()).contains("sha256:");
    Path file = folder.resolve("cat.png");

    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    assertThat(known.staged(path -> FAR).url(MediaKind.IMAGE)).contains(FAR);
    assertThatThrownBy(() -> unknown.staged(path -> FAR)).hasMessage(CHANGED);

    Files.write(file, Samples.png(720, 1280)); // as many bytes
    Files.setLastModifiedTime(file, FileTime.fromMillis(2_000));
    assertThatThrownBy(() -> known.staged(path -> FAR)).hasMessage(CHANGED);
  }

  @Test
  void sendsNoStandIn() throws IOException {
    String picture = file("cat.png", Samples.png(1280, 720));
    GenerationDraft priced =
        InputMedia.of(draft().firstFrame(picture).build(), MediaProbe.FILES).draft();
    assertThatThrownBy(() -> InputMedia.of(priced, MediaProbe.FILES))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "content[0].image_url.url: a file of one's own stood here that was never staged; name"
                + " it again");
  }

  @Test
  void isTheSameRequestWhereverItsFilesAre() throws IOException {
    byte[] png = Samples.png(1280, 720);
    InputMedia here =
        InputMedia.of(draft().firstFrame(file("a.png", png)).build(), MediaProbe.FILES);
    InputMedia there =
        InputMedia.of(draft().firstFrame(file("b.png", png)).build(), MediaProbe.FILES);
    InputMedia another =
        InputMedia.of(
            draft().firstFrame(file("c.png", Samples.png(720, 1280))).build(), MediaProbe.FILES);
    assertThat(here.identified()).isEqualTo(there.identified());
    assertThat(here.identified()).isNotEqualTo(another.identified());
    assertThat(here.identified().canonical()).contains("\"sha256:");

    GenerationDraft sent = here.staged(path -> "https://media.example/1");
    assertThat(here.isSentAs(sent)).isTrue();
    assertThat(here.isSentAs(there.staged(path -> "https://media.example/2"))).isTrue();
    assertThat(here.isSentAs(sent.toBuilder().prompt("a dog").build())).isFalse();
    assertThat(here.isSentAs(draft().lastFrame("https://media.example/1").build())).isFalse();
  }

  @Test
  void isAnotherRequestIfOtherBytesWereSentInsideIt() throws IOException {
    String picture = file("a.png", Samples.png(1280, 720));
    GenerationDraft asked = draft().firstFrame(picture).build();
    GenerationDraft sent = InputMedia.of(asked, MediaProbe.FILES).inlined();
    assertThat(InputMedia.of(asked, MediaProbe.FILES).isSentAs(sent)).isTrue();

    Files.write(folder.resolve("a.png"), Samples.png(720, 1280));
    InputMedia replaced = InputMedia.of(asked, MediaProbe.FILES);
    assertThat(replaced.isSentAs(sent)).isFalse();
    assertThat(replaced.isSentAs(replaced.staged(path -> FAR))).isTrue();
  }

  @Test
  void tellsWhichFilesChangedSince() throws IOException {
    String older = file("a.png", Samples.png(1280, 720));
    String newer = file("b.png", Samples.png(1280, 720));
    Files.setLastModifiedTime(folder.resolve("a.png"), FileTime.fromMillis(1_000));
    Files.setLastModifiedTime(folder.resolve("b.png"), FileTime.fromMillis(2_000));
    InputMedia media =
        InputMedia.of(draft().firstFrame(older).lastFrame(newer).build(), MediaProbe.FILES);
    assertThat(media.changedSince(Instant.ofEpochMilli(1_000)))
        .containsExactly(folder.resolve("b.png"));
  }

  @Test
  void isTheSameRequestByNameWhereverThatIs() throws IOException {
    String clip = file("a.mp4", Samples.film("isom", 0, 121, 24));
    Map<String, String> name = Map.of("content[0].video_url.url", "job:job-1");
    InputMedia here =
        InputMedia.of(draft().referenceVideo(clip).build(), MediaProbe.FILES).named(name);
    InputMedia there =
        InputMedia.of(draft().referenceVideo(FAR).build(), MediaProbe.FILES).named(name);

    assertThat(here.identified()).isEqualTo(there.identified());
    assertThat(here.identified().canonical()).contains("\"job:job-1\"").doesNotContain("sha256");
    assertThat(there.isSentAs(here.staged(path -> "https://media.example/1"))).isTrue();
    assertThat(here.isSentAs(there.draft())).isTrue();
    assertThat(here.isSentAs(draft().referenceImage(FAR).build())).isFalse();
  }

  @Test
  void isTheSameRequestWhetherOrNotItsLengthsAreKnown() throws IOException {
    InputMedia measured =
        InputMedia.of(draft().referenceVideo(FAR).build(), address -> Optional.of(far(121)));
    InputMedia longer =
        InputMedia.of(draft().referenceVideo(FAR).build(), address -> Optional.of(far(150)));
    InputMedia unknown = InputMedia.of(draft().referenceVideo(FAR).build(), MediaProbe.FILES);
    InputMedia declared =
        InputMedia.of(draft().referenceVideo(FAR, Duration.ofSeconds(6)).build(), MediaProbe.FILES);

    assertThat(measured.identified()).isEqualTo(unknown.identified());
    assertThat(measured.isSentAs(unknown.draft())).isTrue();
    assertThat(unknown.isSentAs(measured.draft())).isTrue();
    assertThat(measured.isSentAs(longer.draft())).isFalse();
    assertThat(declared.isSentAs(unknown.draft())).isFalse();
  }

  private static MediaFacts far(int frames) {
    return new MediaFacts(
        MediaFormat.MP4, 9_000, 1280, 720, new ClipLength(frames, 24), frames, "avc1");
  }

  @Test
  void tellsNothingOfAnAddressThatMayBeSigned() {
    GenerationDraft asked =
        draft().firstFrame("https://me:secret@media.example/a%20b.mp4?sig=secret#secret").build();
    assertThatThrownBy(() -> InputMedia.of(asked, address -> Optional.of(far(121))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("https://media.example/a%20b.mp4: it is a video, where a picture goes");
    assertThat(MediaProbe.plain("https://media.example/@me/a.mp4"))
        .isEqualTo("https://media.example/@me/a.mp4");
  }

  @Test
  void namesTheFileThatCannotGoThere() throws IOException {
    String picture = file("a.png", Samples.png(1280, 720));
    String text = file("a.txt", Samples.ascii("hello"));
    assertThatThrownBy(
            () -> InputMedia.of(draft().referenceVideo(picture).build(), MediaProbe.FILES))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(folder.resolve("a.png") + ": it is a picture, where a video goes");
    assertThatThrownBy(() -> InputMedia.of(draft().firstFrame(text).build(), MediaProbe.FILES))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith(folder.resolve("a.txt") + ": it is a text file");
    assertThatThrownBy(
            () ->
                InputMedia.of(
                    draft().firstFrame(folder.resolve("none.png").toUri().toString()).build(),
                    MediaProbe.FILES))
        .isInstanceOf(java.nio.file.NoSuchFileException.class);
  }

  @Test
  void advisesWhereUpstreamTakesNoSuchMedium() throws IOException {
    assertThat(advice(Samples.png(299, 300)))
        .extracting(Finding::entry)
        .containsExactly("media-sides:content[0].image_url.url");
    assertThat(advice(Samples.png(6_001, 3_000)))
        .extracting(Finding::rule)
        .containsExactly(Rule.MEDIA_SIDES);
    assertThat(advice(Samples.png(1_000, 2_501)))
        .extracting(Finding::rule)
        .containsExactly(Rule.MEDIA_SHAPE);
    assertThat(advice(Samples.png(2_500, 1_000))).isEmpty();
  }

  private List<Finding> advice(byte[] picture) throws IOException {
    GenerationDraft asked = draft().firstFrame(file("a.png", picture)).build();
    return InputMedia.of(asked, MediaProbe.FILES).advice();
  }
}
