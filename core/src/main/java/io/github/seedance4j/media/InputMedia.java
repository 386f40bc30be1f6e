package io.github.seedance4j.media;

import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.port.out.MediaStage;
import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.MediaKind;
import io.github.seedance4j.request.Verdict;
import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What goes into a clip, looked at before anything is sent: a draft's media may be files of this
 * machine, as {@code file:///…}. Their lengths make the price exact; then they are staged, or put
 * into the request itself, as the API takes addresses only.
 */
public final class InputMedia {

  /** Reserved so that it never exists (RFC 2606): it is judged and priced, and not sent. */
  private static final String STAND_IN = "https://not-staged.invalid/";

  private final GenerationDraft asked;
  private final Map<String, MediaFacts> facts;
  private final Map<Path, SeenFile> seen;
  private final Map<String, String> names;

  private InputMedia(
      GenerationDraft asked,
      Map<String, MediaFacts> facts,
      Map<Path, SeenFile> seen,
      Map<String, String> names) {
    this.asked = asked;
    this.facts = facts;
    this.seen = seen;
    this.names = names;
  }

  /**
   * Looks at whatever the probe can look at.
   *
   * @throws InvalidRequestException if one can't be read, is of another kind than its place asks
   *     for, or lasts longer than is declared; the message names it
   * @throws IOException if one can't be had
   */
  public static InputMedia of(GenerationDraft draft, MediaProbe probe) throws IOException {
    Map<String, MediaFacts> facts = new LinkedHashMap<>();
    Map<Path, SeenFile> seen = new HashMap<>();
    for (Medium medium : media(draft)) {
      Path file = MediaProbe.file(medium.address).orElse(null);
      if (file != null && !seen.containsKey(file) && Files.exists(file)) { // else the probe says so
        seen.put(file, SeenFile.of(file));
      }
      Optional<MediaFacts> known = look(medium, probe);
      if (known.isPresent()) {
        require(medium, known.get());
        facts.put(medium.address, known.get());
      }
    }
    InputMedia media = new InputMedia(draft, facts, seen, Map.of());
    media.lengths().requireDeclaredEnough();
    return media;
  }

  private record Medium(String path, MediaKind kind, String address) {

    String name() {
      return MediaProbe.file(address).map(Path::toString).orElse(MediaProbe.plain(address));
    }

    String shortName() {
      return MediaProbe.file(address)
          .map(Path::getFileName)
          .map(Path::toString)
          .orElse(MediaProbe.plain(address));
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
    return new InputMedia(asked, facts, seen, Map.copyOf(names));
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

  /** The advice on the whole: the request's first, then its media's; of a length once. */
  public List<Finding> advice(Verdict verdict) {
    List<Finding> own = advice();
    boolean tooLong =
        Stream.concat(verdict.violations().stream(), verdict.advice().stream())
            .anyMatch(MediaRemarks::isOfTooLong);
    boolean ofEach = own.stream().anyMatch(MediaRemarks::isOfEach);
    return Stream.concat(
            named(verdict.advice()).stream()
                .filter(finding -> !(tooLong || ofEach) || !MediaRemarks.isOfEach(finding)),
            own.stream().filter(finding -> !tooLong || !MediaRemarks.isOfEach(finding)))
        .toList();
  }

  /** What the rules found, with the names of the files that have the lengths they speak of. */
  public List<Finding> named(List<Finding> findings) {
    MediaRemarks remarks =
        new MediaRemarks(
            media(asked).stream()
                .filter(medium -> medium.kind == MediaKind.VIDEO)
                .filter(medium -> facts.containsKey(medium.address))
                .map(
                    medium ->
                        new MediaRemarks.Seen(
                            medium.shortName(), Objects.requireNonNull(facts.get(medium.address))))
                .toList());
    return findings.stream().map(remarks::named).toList();
  }

  /**
   * What to judge and to price: with the lengths of its videos, rounded up to the millisecond, if
   * all are known, or with those that the draft declares; files stand in for themselves.
   */
  public GenerationDraft draft() {
    return lengths()
        .measured()
        .withUrls((path, kind, url) -> MediaProbe.file(url).isPresent() ? standIn(kind) : url);
  }

  /**
   * What is asked for, wherever its files are: each stands as the digest of its bytes, {@code
   * sha256:…}, what has a name as that. For keys; it can't be sent.
   *
   * @throws InvalidRequestException if a file changed since it was looked at
   * @throws IOException if a file can't be read
   */
  public GenerationDraft identified() throws IOException {
    Map<String, String> stable = new HashMap<>(names);
    for (Medium medium : media(asked)) {
      Path file = MediaProbe.file(medium.address).orElse(null);
      if (file != null && !stable.containsKey(medium.path)) {
        stable.put(medium.path, "sha256:" + seen(file).sha256());
      }
    }
    return asked.withUrls((path, kind, url) -> stable.getOrDefault(path, url));
  }

  private SeenFile seen(Path file) {
    SeenFile known = seen.get(file);
    if (known == null) {
      throw Window.unreadable(file.getFileName() + " was not there when it was looked for");
    }
    return known;
  }

  /**
   * Whether that is what was asked for, wherever the files were staged then, and whether or not the
   * lengths were known that nobody declares. What was in a file is compared where it was sent
   * inside the request; what was behind an address then nobody knows.
   *
   * @throws IOException if a file can't be read
   */
  public boolean isSentAs(GenerationDraft sent) throws IOException {
    if (!holdsTheSame(sent)) {
      return false;
    }
    Set<String> ours = new HashSet<>(names.keySet());
    media(asked).stream()
        .filter(medium -> MediaProbe.file(medium.address).isPresent())
        .forEach(medium -> ours.add(medium.path));
    GenerationDraft then = standingIn(sent, ours);
    GenerationDraft now = standingIn(lengths().measured(), ours);
    boolean declared = lengths().areDeclared();
    boolean bothKnow = !then.videoDurations().isEmpty() && !now.videoDurations().isEmpty();
    if (!declared && bothKnow) {
      return then.equals(now);
    }
    boolean alike = !declared || InputLengths.areAlike(then, now);
    return alike && then.withVideoDurations(List.of()).equals(now.withVideoDurations(List.of()));
  }

  private boolean holdsTheSame(GenerationDraft sent) throws IOException {
    Map<String, String> then = new HashMap<>();
    media(sent).forEach(medium -> then.put(medium.path, medium.address));
    for (Medium medium : media(asked)) {
      Path file = MediaProbe.file(medium.address).filter(seen::containsKey).orElse(null);
      String inside = then.getOrDefault(medium.path, "");
      boolean isInside = inside.startsWith("data:") && !names.containsKey(medium.path);
      if (file != null && isInside && !inside.endsWith("," + base64(file))) {
        return false;
      }
    }
    return true;
  }

  private static String base64(Path file) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
  }

  /** The files that changed since then, by their own word; but for what has a name. */
  public List<Path> changedSince(Instant then) {
    return media(asked).stream()
        .filter(medium -> !names.containsKey(medium.path))
        .flatMap(medium -> MediaProbe.file(medium.address).stream())
        .distinct()
        .filter(seen::containsKey) // else it is gone
        .filter(file -> seen(file).changedAt().isAfter(then))
        .toList();
  }

  private static GenerationDraft standingIn(GenerationDraft draft, Set<String> paths) {
    return draft.withUrls((path, kind, url) -> paths.contains(path) ? standIn(kind) : url);
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
   * @throws InvalidRequestException if one is not what was looked at, before or after
   * @throws IOException if one can't be staged
   */
  public GenerationDraft staged(MediaStage stage) throws IOException {
    Map<Path, String> staged = new LinkedHashMap<>();
    for (Path file : files()) {
      seen(file).requireUnchanged();
      staged.put(file, stage.stage(file));
      seen(file).requireUnchanged(); // nobody knows which of both was staged
    }
    return moved(staged);
  }

  /**
   * What to send with pictures and sounds inside the request, as {@code data:} URIs, which upstream
   * takes and this provider has not confirmed.
   *
   * @throws InvalidRequestException if there is a video, which upstream takes by address alone, or
   *     a file is not what was looked at
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
      seen(file).requireUnchanged();
      String bytes = base64(file);
      seen(file).requireUnchanged();
      inside.put(file, "data:" + known.format().mimeType() + ";base64," + bytes);
    }
    return moved(inside);
  }

  private GenerationDraft moved(Map<Path, String> addresses) {
    return lengths().measured().withUrls((path, kind, url) -> at(url, addresses));
  }

  private InputLengths lengths() {
    return new InputLengths(
        asked,
        media(asked).stream()
            .filter(medium -> medium.kind == MediaKind.VIDEO)
            .map(video -> new InputLengths.Video(video.shortName(), seconds(video)))
            .toList());
  }

  private @Nullable BigDecimal seconds(Medium video) {
    MediaFacts known = facts.get(video.address);
    ClipLength length = known == null ? null : known.length();
    return length == null ? null : InputLengths.seconds(length);
  }
}
