package io.github.seedance4j.request;

import org.jspecify.annotations.Nullable;

/**
 * One entry of the wire's {@code content} list as somebody wrote it; every part may be missing, and
 * the rules say so.
 *
 * @param type {@code image_url}, {@code video_url} or {@code audio_url}
 * @param url where the medium is, from the object named as the type
 * @param role one of the wire names of {@link MediaRole}
 */
public record ContentItem(@Nullable String type, @Nullable String url, @Nullable String role) {

  /** Leaves the URL out, which may be signed. */
  @Override
  public String toString() {
    return "ContentItem[" + type + ", " + role + "]";
  }

  ContentItem moved(String path, GenerationDraft.MediaMove moves) {
    MediaKind kind = type == null ? null : MediaKind.ofType(type).orElse(null);
    if (kind == null || url == null) {
      return this;
    }
    return new ContentItem(type, moves.move(path + "." + type + ".url", kind, url), role);
  }

  /** An item with an explicit role, which leaves the provider nothing to guess. */
  public static ContentItem of(MediaRole role, String url) {
    return new ContentItem(role.kind().singular(), url, role.wireName());
  }
}
