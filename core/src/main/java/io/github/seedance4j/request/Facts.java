package io.github.seedance4j.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A draft's media in one list, each with its role, whatever the spelling: flat ones first, then
 * content, in order. Faults of content items are found on the way, since what a broken item would
 * have been is not known.
 */
record Facts(GenerationDraft draft, ModelSpec model, List<Medium> media, List<Finding> itemFaults) {

  /** A medium that counts. */
  record Medium(MediaRole role, String url, String path) {}

  static Facts of(GenerationDraft draft, ModelSpec model) {
    Facts facts = new Facts(draft, model, new ArrayList<>(), new ArrayList<>());
    for (MediaKind kind : MediaKind.values()) {
      facts.addFlat(kind);
    }
    int flat = facts.media.size();
    List<ContentItem> content = draft.content();
    for (int i = 0; i < content.size(); i++) {
      facts.addItem(content.get(i), "content[" + i + "]", flat + content.size() == 1);
    }
    return facts;
  }

  List<Medium> of(MediaRole role) {
    return media.stream().filter(medium -> medium.role() == role).toList();
  }

  int count(MediaRole role) {
    return of(role).size();
  }

  List<String> urls(MediaRole role) {
    return of(role).stream().map(Medium::url).toList();
  }

  boolean hasFrame() {
    return count(MediaRole.FIRST_FRAME) + count(MediaRole.LAST_FRAME) > 0;
  }

  boolean hasReference() {
    return media.stream().anyMatch(m -> m.role().name().startsWith("REFERENCE"));
  }

  boolean hasFlat(MediaKind kind) {
    return draft.url(kind).isPresent() || !draft.urls(kind).isEmpty();
  }

  /** The way of asking that these media make. */
  InputMode inputMode() {
    if (!itemFaults.isEmpty()) {
      return new InputMode.Unclassified();
    }
    List<String> first = urls(MediaRole.FIRST_FRAME);
    List<String> last = urls(MediaRole.LAST_FRAME);
    if (!hasFrame()) {
      return media.isEmpty()
          ? new InputMode.TextOnly()
          : new InputMode.References(
              urls(MediaRole.REFERENCE_IMAGE),
              urls(MediaRole.REFERENCE_VIDEO),
              urls(MediaRole.REFERENCE_AUDIO));
    }
    if (hasReference() || first.size() != 1 || last.size() > 1) {
      return new InputMode.Unclassified();
    }
    return last.isEmpty()
        ? new InputMode.FirstFrame(first.get(0))
        : new InputMode.FirstAndLastFrame(first.get(0), last.get(0));
  }

  private void addFlat(MediaKind kind) {
    MediaRole role = MediaRole.referenceOf(kind);
    draft.url(kind).ifPresent(url -> media.add(new Medium(role, url, kind.singular())));
    List<String> urls = draft.urls(kind);
    for (int i = 0; i < urls.size(); i++) {
      media.add(new Medium(role, urls.get(i), kind.plural() + "[" + i + "]"));
    }
  }

  /** Checks in the order type, url, role; the first fault ends it. */
  private void addItem(ContentItem item, String path, boolean onlyMedium) {
    MediaKind kind = item.type() == null ? null : MediaKind.ofType(item.type()).orElse(null);
    if (kind == null) {
      fault(Rule.CONTENT_TYPE_UNKNOWN, path + ".type", item.type());
      return;
    }
    if (item.url() == null) {
      fault(Rule.CONTENT_URL_REQUIRED, path, null);
      return;
    }
    String rolePath = path + ".role";
    MediaRole role;
    if (item.role() != null) {
      role = MediaRole.ofWireName(item.role()).orElse(null);
      if (role == null) {
        fault(Rule.ROLE_UNKNOWN, rolePath, item.role());
        return;
      }
      if (role.kind() != kind) {
        fault(Rule.ROLE_TYPE_MISMATCH, rolePath, item.role());
        return;
      }
    } else if (kind != MediaKind.IMAGE) {
      role = MediaRole.referenceOf(kind);
    } else {
      role = MediaRole.FIRST_FRAME;
      if (!onlyMedium) {
        fault(Rule.ROLE_REQUIRED, rolePath, null);
        return;
      }
    }
    media.add(new Medium(role, item.url(), path + "." + kind.singular() + ".url"));
  }

  private void fault(Rule rule, String path, @Nullable String given) {
    itemFaults.add(new Finding(rule, path, given, null));
  }
}
