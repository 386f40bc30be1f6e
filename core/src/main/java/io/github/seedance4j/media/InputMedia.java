package io.github.seedance4j.media;

import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.port.out.MediaStage;
import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.MediaKind;
import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What goes into a clip, looked at before anything is sent: a draft's media may be files of this
 * machine, as {@code file:///…}. Their lengths make the price exact; then they are staged, or put
 * into the request itself, as the API takes addresses only.
 */
public final class InputMedia {

  private static final int MILLIS = 3;

  /** Reserved so that it never exists (RFC 2606): it is judged and priced, and not sent. */
  private static final String STAND_IN = "https://not-staged.invalid/";

  private final GenerationDraft asked;
  private final Map<String, MediaFacts> facts;
  private final Map<String, String> names;

  private InputMedia(
      GenerationDraft asked, Map<String, MediaFacts> facts, Map<String, String> names) {
    this.asked = asked;
    this.facts = facts;
    this.names = names;
  }

  /**
   * Looks at whatever the probe can look at.
   *
   * @throws InvalidRequestException if one can't be read, or is of another kind than its place asks
   *     for; the message names it
   * @throws IOException if one can't be had
   */
  public static InputMedia of(GenerationDraft draft, MediaProbe probe) throws IOException {
    Map<String, MediaFacts> facts = new LinkedHashMap<>();
    for (Medium medium : media(draft)) {
      Optional<MediaFacts> known = look(medium, probe);
      if (known.isPresent()) {
        require(medium, known.get());
        facts.put(medium.address, known.get());
      }
    }
    return new InputMedia(draft, facts, Map.of());
  }

  private record Medium(String path, MediaKind kind, String address) {

    String name() {
      return MediaProbe.file(address).map(Path::toString).orElse(MediaProbe.plain(address));
    }
  }

  private static List<Medium> media(GenerationDraft draft) {
    List<Medium> media = new ArrayList<>();
    draft.withUrls(
        (path, kind, address) -> {
          media.add(new Medium(path, kind, address));
          return address;
        });
    return media;
  }

  private static Optional<MediaFacts> look(Medium medium, MediaProbe probe) throws IOException {
    if (medium.address.startsWith(STAND_IN)) {
      throw Window.unreadable(
          medium.path + ": a file of one's own stood here that was never staged; name it again");
    }
    try {
      return probe.probe(medium.address);
    } catch (InvalidRequestException e) {
      throw Window.unreadable(medium.name() + ": " + e.getMessage());
    }
  }

  private static void require(Medium medium, MediaFacts facts) {
    if (facts.kind() != medium.kind) {
      throw Window.unreadable(
          medium.name()
              + ": it is "
              + word(facts.kind())
              + ", where "
              + word(medium.kind)
              + " goes");
    }
  }

  private static String word(MediaKind kind) {
    return switch (kind) {
      case IMAGE -> "a picture";
      case VIDEO -> "a video";
      case AUDIO -> "a sound";
    };
  }

  /**
   * The same, of which some stand under names of their own in keys, however their addresses change.
   *
   * @param names by path, such as {@code content[0].video_url.url}
   */
  public InputMedia named(Map<String, String> names) {
    return new InputMedia(asked, facts, Map.copyOf(names));
  }

  /** What was looked at, as it was written: files are {@code file:///…}. */
  public GenerationDraft asked() {
    return asked;
  }

  /** What was learnt, by address, in the order of the request. */
  public Map<String, MediaFacts> facts() {
    return Map.copyOf(facts);
  }

  /** The files of this machine, which the provider can't fetch where they are. */
  public List<Path> files() {
    return media(asked).stream()
        .flatMap(medium -> MediaProbe.file(medium.address).stream())
        .distinct()
        .toList();
  }

  /** Where they are beyond what upstream takes, by what is known of it. */
  public List<Finding> advice() {
    return media(asked).stream()
        .flatMap(
            medium ->
                Optional.ofNullable(facts.get(medium.address)).stream()
                    .flatMap(known -> MediaLimits.advice(medium.path, known)))
        .toList();
  }

  /**
   * What to judge and to price: with the lengths of its videos, rounded up to the millisecond,
   * unless the draft declares some or one is not known; files stand in for themselves.
   */
  public GenerationDraft draft() {
    return measured()
        .withUrls((path, kind, url) -> MediaProbe.file(url).isPresent() ? standIn(kind) : url);
  }

  /**
   * What is asked for, wherever its files are: each stands as the digest of its bytes, {@code
   * sha256:…}, what has a name as that. For keys; it can't be sent.
   *
   * @throws IOException if a file can't be read
   */
  public GenerationDraft identified() throws IOException {
    Map<String, String> stable = new HashMap<>(names);
    for (Medium medium : media(asked)) {
      Path file = MediaProbe.file(medium.address).orElse(null);
      if (file != null && !stable.containsKey(medium.path)) {
        stable.put(medium.path, "sha256:" + sha256(file));
      }
    }
    return asked.withUrls((path, kind, url) -> stable.getOrDefault(path, url));
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /**
   * Whether that is what was asked for, wherever the files were staged then, and whether or not the
   * lengths were known that nobody declares.
   */
  public boolean isSentAs(GenerationDraft sent) {
    Set<String> ours = new HashSet<>(names.keySet());
    media(asked).stream()
        .filter(medium -> MediaProbe.file(medium.address).isPresent())
        .forEach(medium -> ours.add(medium.path));
    GenerationDraft then = standingIn(sent, ours);
    GenerationDraft now = standingIn(measured(), ours);
    boolean bothKnow = !then.videoDurations().isEmpty() && !now.videoDurations().isEmpty();
    return (declaresLengths() || bothKnow)
        ? then.equals(now)
        : then.withVideoDurations(List.of()).equals(now.withVideoDurations(List.of()));
  }

  private static GenerationDraft standingIn(GenerationDraft draft, Set<String> paths) {
    return draft.withUrls((path, kind, url) -> paths.contains(path) ? standIn(kind) : url);
  }

  private boolean declaresLengths() {
    return !asked.videoDurations().isEmpty() || asked.inputVideoDuration().isPresent();
  }

  private static String standIn(MediaKind kind) {
    return STAND_IN + kind.name().toLowerCase(Locale.ROOT);
  }

  private static String at(String url, Map<Path, String> addresses) {
    return MediaProbe.file(url).map(addresses::get).orElse(url);
  }

  /**
   * What to send, once each file was staged, each once.
   *
   * @throws IOException if one can't be staged
   */
  public GenerationDraft staged(MediaStage stage) throws IOException {
    Map<Path, String> staged = new LinkedHashMap<>();
    for (Path file : files()) {
      staged.put(file, stage.stage(file));
    }
    return moved(staged);
  }

  /**
   * What to send with pictures and sounds inside the request, as {@code data:} URIs, which upstream
   * takes and this provider has not confirmed.
   *
   * @throws InvalidRequestException if there is a video, which upstream takes by address alone
   * @throws IOException if a file can't be read
   */
  public GenerationDraft inlined() throws IOException {
    Map<Path, String> inside = new LinkedHashMap<>();
    for (Medium medium : media(asked)) {
      Path file = MediaProbe.file(medium.address).orElse(null);
      MediaFacts known = facts.get(medium.address);
      if (file == null || known == null) {
        continue;
      }
      if (medium.kind == MediaKind.VIDEO) {
        throw Window.unreadable(
            file + ": a video can't go into the request itself; it has to be staged");
      }
      String bytes = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
      inside.put(file, "data:" + known.format().mimeType() + ";base64," + bytes);
    }
    return moved(inside);
  }

  private GenerationDraft moved(Map<Path, String> addresses) {
    return measured().withUrls((path, kind, url) -> at(url, addresses));
  }

  private GenerationDraft measured() {
    List<Medium> videos =
        media(asked).stream().filter(medium -> medium.kind == MediaKind.VIDEO).toList();
    List<BigDecimal> lengths =
        videos.stream()
            .flatMap(video -> Optional.ofNullable(facts.get(video.address)).stream())
            .map(InputMedia::seconds)
            .toList();
    boolean known = lengths.size() == videos.size();
    return videos.isEmpty() || declaresLengths() || !known
        ? asked
        : asked.withVideoDurations(lengths);
  }

  /** Up to the next millisecond: what is held must not be less than what is billed. */
  static BigDecimal seconds(MediaFacts facts) {
    ClipLength length = Objects.requireNonNull(facts.length());
    return BigDecimal.valueOf(length.ticks())
        .divide(BigDecimal.valueOf(length.ticksPerSecond()), MILLIS, RoundingMode.CEILING)
        .stripTrailingZeros();
  }
}
