package io.github.seedance4j.request;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person or a program asked for, as it was written: every field optional, nothing judged.
 *
 * <p>A draft keeps its author's spelling. Flat fields stay flat and {@code content} stays {@code
 * content}, because what a flat {@code image_url} means is the provider's to say. {@link
 * #read(Map)} never throws for what is in the tree: what can't be read is kept as {@link
 * #problems()} and becomes violations. Immutable.
 */
public final class GenerationDraft implements DraftSource {

  /**
   * Stands in a tree for a field that the text named twice. A JSON reader that meets a key again
   * puts this as its value, since a map can't hold both.
   */
  public static final Object REPEATED = new RepeatedField();

  private static final GenerationDraft NOTHING = new GenerationDraft(Map.of(), Map.of(), List.of());

  private final Map<String, Object> fields;
  private final Map<String, Object> extras;
  private final List<Finding> problems;

  GenerationDraft(Map<String, Object> fields, Map<String, Object> extras, List<Finding> problems) {
    this.fields = fields;
    this.extras = extras;
    this.problems = List.copyOf(problems);
  }

  /** Starts a draft in code. */
  public static Builder builder() {
    return new Builder(NOTHING);
  }

  /**
   * Reads the wire's fields from a plain tree of maps, lists, strings, numbers and booleans, as any
   * JSON library makes it. A null is an absent field; an unknown one is a problem.
   */
  public static GenerationDraft read(Map<?, ?> tree) {
    return read(tree, Set.of());
  }

  /**
   * As {@link #read(Map)}, but lets the named extra fields through: they are sent as they are.
   *
   * @throws IllegalArgumentException if an extra is one of the guide's own fields
   */
  public static GenerationDraft read(Map<?, ?> tree, Set<String> extras) {
    extras.forEach(GenerationDraft::requireForeign);
    return new DraftReader(extras).read(tree);
  }

  /** A draft of something that could not be read at all, such as a text that is not JSON. */
  public static GenerationDraft unreadable(String what) {
    return new GenerationDraft(
        Map.of(), Map.of(), List.of(new Finding(Rule.REQUEST_UNREADABLE, "", what, null)));
  }

  /** Says where a medium is to be found. */
  @FunctionalInterface
  public interface MediaMove {

    /**
     * Its address from now on.
     *
     * @param path in the wire's own names, such as {@code content[1].image_url.url}
     */
    String move(String path, MediaKind kind, String url);
  }

  /** The wire's fields, by their names, as they were read. */
  Map<String, Object> fields() {
    return fields;
  }

  /** What could not be read, in the order met; empty for a draft made in code. */
  public List<Finding> problems() {
    return problems;
  }

  public Optional<String> model() {
    return text(WireField.MODEL);
  }

  public Optional<String> prompt() {
    return text(WireField.PROMPT);
  }

  /** Seconds of video asked for. */
  public Optional<BigDecimal> duration() {
    return number(WireField.DURATION);
  }

  public Optional<String> resolution() {
    return text(WireField.RESOLUTION);
  }

  public Optional<String> aspectRatio() {
    return text(WireField.ASPECT_RATIO);
  }

  /** The single flat URL of that kind, such as {@code image_url}. */
  public Optional<String> url(MediaKind kind) {
    return Optional.ofNullable((String) fields.get(kind.singular()));
  }

  /** The flat list of that kind, such as {@code image_urls}; empty when absent. */
  public List<String> urls(MediaKind kind) {
    return list(kind.plural());
  }

  /** Seconds of each reference video, in order; empty when not declared. */
  public List<BigDecimal> videoDurations() {
    return list(WireField.VIDEO_DURATIONS.wireName());
  }

  /** Seconds of all reference videos together. */
  public Optional<BigDecimal> inputVideoDuration() {
    return number(WireField.INPUT_VIDEO_DURATION);
  }

  public Optional<Boolean> generateAudio() {
    return flag(WireField.GENERATE_AUDIO);
  }

  public Optional<Boolean> watermark() {
    return flag(WireField.WATERMARK);
  }

  public List<ContentItem> content() {
    return list(WireField.CONTENT.wireName());
  }

  /** Fields outside the guide's table that the author let through on purpose. */
  public Map<String, Object> extras() {
    return extras;
  }

  /**
   * This draft again, ready to be changed: what is set replaces what was there, and media given
   * replace all those of the same spelling ({@code content}, or a flat kind). Lengths of videos go
   * with the videos that they were declared for. What could not be read stays a problem.
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * This draft with its media elsewhere, each in its place; lengths and roles stay. An item of
   * {@code content} without an address or a known type is left alone.
   *
   * @param moves asked for each medium in the order that lengths are declared in: the flat address,
   *     the flat list, then {@code content}
   */
  public GenerationDraft withUrls(MediaMove moves) {
    Map<String, Object> moved = new LinkedHashMap<>(fields);
    for (MediaKind kind : MediaKind.values()) {
      String one = kind.singular();
      url(kind).ifPresent(url -> moved.put(one, moves.move(one, kind, url)));
      List<String> several = new ArrayList<>();
      for (String url : urls(kind)) {
        several.add(moves.move(kind.plural() + "[" + several.size() + "]", kind, url));
      }
      moved.computeIfPresent(kind.plural(), (name, before) -> several);
    }
    List<ContentItem> items = new ArrayList<>();
    for (ContentItem item : content()) {
      items.add(item.moved("content[" + items.size() + "]", moves));
    }
    moved.computeIfPresent(WireField.CONTENT.wireName(), (name, before) -> items);
    return new GenerationDraft(moved, extras, problems);
  }

  /** This draft with the length of each reference video, in order, instead of what it says. */
  public GenerationDraft withVideoDurations(List<BigDecimal> seconds) {
    Map<String, Object> changed = new LinkedHashMap<>(fields);
    changed.remove(WireField.INPUT_VIDEO_DURATION.wireName());
    changed.put(WireField.VIDEO_DURATIONS.wireName(), List.copyOf(seconds));
    return new GenerationDraft(changed, extras, problems);
  }

  /**
   * The wire's tree, in the guide's order of fields and the author's spelling: what is sent.
   * Numbers are {@link BigDecimal}. {@link #read} of it gives an equal draft.
   */
  public Map<String, Object> toMap() {
    return WireTree.of(fields, extras);
  }

  /**
   * One text for one meaning of the same spelling: JSON with sorted keys and plain numbers. Drafts
   * that are equal have the same; made for keys and digests, not for sending.
   */
  public String canonical() {
    return WireTree.canonical(toMap());
  }

  @Override
  public GenerationDraft toDraft() {
    return this;
  }

  @Override
  public String propertyOf(String path) {
    return path;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GenerationDraft that
        && fields.equals(that.fields)
        && extras.equals(that.extras)
        && problems.equals(that.problems);
  }

  @Override
  public int hashCode() {
    return Objects.hash(fields, extras, problems);
  }

  /** The model and which fields there are: no prompt and no URL, which may be signed. */
  @Override
  public String toString() {
    return "GenerationDraft[" + model().orElse("no model") + ", " + toMap().keySet() + "]";
  }

  private Optional<String> text(WireField field) {
    return Optional.ofNullable((String) fields.get(field.wireName()));
  }

  private Optional<BigDecimal> number(WireField field) {
    return Optional.ofNullable((BigDecimal) fields.get(field.wireName()));
  }

  private Optional<Boolean> flag(WireField field) {
    return Optional.ofNullable((Boolean) fields.get(field.wireName()));
  }

  @SuppressWarnings("unchecked") // only this package puts values in, by the type of the field
  private <T> List<T> list(String field) {
    return (List<T>) fields.getOrDefault(field, List.of());
  }

  private static void requireForeign(String extra) {
    if (WireField.of(extra).isPresent()) {
      throw new IllegalArgumentException(
          "extra: '" + extra + "' is a field of the guide; set it as such");
    }
  }

  private static final class RepeatedField {
    @Override
    public String toString() {
      return "(repeated field)";
    }
  }

  /**
   * Writes a draft in code. Media given with a role become {@code content} items; the flat methods
   * ({@link #image}, {@link #video}, {@link #audio}) become the guide's flat fields. A video's
   * length stands beside the video.
   */
  public static final class Builder {
    private final DraftWriter writer;

    private Builder(GenerationDraft before) {
      this.writer = new DraftWriter(before);
    }

    public Builder model(ModelId model) {
      return model(model.value());
    }

    /** The provider's id of a model; null, as of a form that was left empty, for none. */
    public Builder model(@Nullable String model) {
      return setOrClear(WireField.MODEL, model);
    }

    /**
     * The text of the request; names material by its order within its kind ("image 1"). Null, as of
     * a form that was left empty, for none.
     */
    public Builder prompt(@Nullable String prompt) {
      return setOrClear(WireField.PROMPT, prompt);
    }

    /** Length of the clip. The catalogue's default holds when it is not set. */
    public Builder duration(Duration duration) {
      return set(WireField.DURATION, DraftWriter.seconds(duration));
    }

    public Builder resolution(Resolution resolution) {
      return set(WireField.RESOLUTION, resolution.value());
    }

    public Builder aspectRatio(AspectRatio aspectRatio) {
      return set(WireField.ASPECT_RATIO, aspectRatio.value());
    }

    public Builder generateAudio(boolean generateAudio) {
      return set(WireField.GENERATE_AUDIO, generateAudio);
    }

    public Builder watermark(boolean watermark) {
      return set(WireField.WATERMARK, watermark);
    }

    /** A picture that the clip begins with. */
    public Builder firstFrame(String url) {
      return item(MediaRole.FIRST_FRAME, url);
    }

    /** A picture that the clip ends with. */
    public Builder lastFrame(String url) {
      return item(MediaRole.LAST_FRAME, url);
    }

    public Builder referenceImage(String url) {
      return item(MediaRole.REFERENCE_IMAGE, url);
    }

    /** A reference video of unknown length: the quote becomes an interval. */
    public Builder referenceVideo(String url) {
      return item(MediaRole.REFERENCE_VIDEO, url);
    }

    /** A reference video and its length, which is billed. */
    public Builder referenceVideo(String url, Duration length) {
      writer.contentVideoLength(length);
      return referenceVideo(url);
    }

    public Builder referenceAudio(String url) {
      return item(MediaRole.REFERENCE_AUDIO, url);
    }

    /** The guide's flat {@code image_url}; called again, {@code image_urls}. */
    public Builder image(String url) {
      return flat(MediaKind.IMAGE, url);
    }

    /** The guide's flat {@code video_url}; called again, {@code video_urls}. */
    public Builder video(String url) {
      return flat(MediaKind.VIDEO, url);
    }

    /** As {@link #video(String)}, with the length that is billed. */
    public Builder video(String url, Duration length) {
      writer.flatVideoLength(length);
      return video(url);
    }

    /** The guide's flat {@code audio_url}; called again, {@code audio_urls}. */
    public Builder audio(String url) {
      return flat(MediaKind.AUDIO, url);
    }

    /** Length of all reference videos together, instead of one for each. */
    public Builder inputVideoDuration(Duration length) {
      return set(WireField.INPUT_VIDEO_DURATION, DraftWriter.seconds(length));
    }

    /**
     * A field outside the guide's table, sent as it is and reported as advice.
     *
     * @param value a string, number, boolean, or a list or map of those
     * @throws IllegalArgumentException if the guide has a field of that name
     */
    public Builder extra(String name, Object value) {
      requireForeign(name);
      writer.extra(name, Objects.requireNonNull(value, name));
      return this;
    }

    public GenerationDraft build() {
      return writer.draft();
    }

    private Builder set(WireField field, Object value) {
      return setOrClear(field, Objects.requireNonNull(value, field.wireName()));
    }

    private Builder setOrClear(WireField field, @Nullable Object value) {
      writer.field(field, value);
      return this;
    }

    private Builder item(MediaRole role, String url) {
      writer.item(ContentItem.of(role, Objects.requireNonNull(url, "url")));
      return this;
    }

    private Builder flat(MediaKind kind, String url) {
      writer.flat(kind, Objects.requireNonNull(url, "url"));
      return this;
    }
  }
}
