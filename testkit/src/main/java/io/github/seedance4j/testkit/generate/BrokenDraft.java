package io.github.seedance4j.testkit.generate;

import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.Rule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that must be refused.
 *
 * @param tree as it comes over the wire; {@link GenerationDraft#REPEATED} stands for a field that
 *     the text named twice
 * @param rule what it breaks for certain, strictly judged
 */
public record BrokenDraft(Map<String, @Nullable Object> tree, Rule rule) {

  public BrokenDraft {
    tree = Collections.unmodifiableMap(new LinkedHashMap<>(tree));
  }

  public GenerationDraft draft() {
    return GenerationDraft.read(tree);
  }
}
