package io.github.seedance4j.testkit.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The media of a readable request, flat ones and content items together, each counted in its role.
 * An item at fault is reported for its first fault and counts for nothing but being another medium;
 * one whose URL is invalid counts like any other.
 */
final class RequestMedia {

  private static final List<String> KINDS = List.of("image", "video", "audio");
  private static final Set<String> ROLES =
      Set.of("first_frame", "last_frame", "reference_image", "reference_video", "reference_audio");

  private final Map<?, ?> request;
  private final Findings findings;
  private int images;
  private int videos;
  private int audios;
  private int firstFrames;
  private int lastFrames;

  RequestMedia(Map<?, ?> request, Findings findings) {
    this.request = request;
    this.findings = findings;
  }

  void check() {
    for (String kind : KINDS) {
      if (request.get(kind + "_url") instanceof String url) {
        use(kind, "reference_" + kind, kind + "_url", url);
      }
      List<?> urls = list(kind + "_urls");
      for (int i = 0; i < urls.size(); i++) {
        use(kind, "reference_" + kind, kind + "_urls[" + i + "]", (String) urls.get(i));
      }
    }
    List<?> content = list("content");
    boolean alone = images + videos + audios == 0 && content.size() == 1;
    for (int i = 0; i < content.size(); i++) {
      item("content[" + i + "]", (Map<?, ?>) content.get(i), alone);
    }
  }

  private void item(String path, Map<?, ?> item, boolean alone) {
    String type = (String) item.get("type");
    if (type == null || !Readability.MEDIA.contains(type)) {
      findings.stated(true, "content-type-unknown:" + path + ".type");
      return;
    }
    String kind = type.substring(0, type.indexOf('_'));
    String url = item.get(type) instanceof Map<?, ?> link ? (String) link.get("url") : null;
    if (url == null) {
      findings.stated(true, "content-url-required:" + path);
      return;
    }
    String role = role(path + ".role", (String) item.get("role"), kind, alone);
    if (role != null) {
      use(kind, role, path + "." + type + ".url", url);
    }
  }

  /** The role that an item plays; none if it is at fault. */
  private @Nullable String role(String path, @Nullable String role, String kind, boolean alone) {
    boolean image = kind.equals("image");
    if (role == null) {
      findings.assumed(image && !alone, "role-required:" + path);
      return !image ? "reference_" + kind : alone ? "first_frame" : null;
    }
    if (!ROLES.contains(role)) {
      findings.stated(true, "role-unknown:" + path);
      return null;
    }
    boolean fits = role.equals("reference_" + kind) || (image && role.endsWith("_frame"));
    findings.stated(!fits, "role-type-mismatch:" + path);
    return fits ? role : null;
  }

  private void use(String kind, String role, String path, String url) {
    if (kind.equals("video") && MediaUrl.isData(url)) {
      findings.assumed(true, "video-data-uri:" + path);
    } else {
      findings.stated(!MediaUrl.valid(kind, url), "url-invalid:" + path);
    }
    switch (role) {
      case "first_frame" -> firstFrames++;
      case "last_frame" -> lastFrames++;
      case "reference_image" -> images++;
      case "reference_video" -> videos++;
      default -> audios++;
    }
  }

  private List<?> list(String field) {
    return request.get(field) instanceof List<?> list ? list : List.of();
  }

  int images() {
    return images;
  }

  int videos() {
    return videos;
  }

  int audios() {
    return audios;
  }

  int firstFrames() {
    return firstFrames;
  }

  int lastFrames() {
    return lastFrames;
  }
}
