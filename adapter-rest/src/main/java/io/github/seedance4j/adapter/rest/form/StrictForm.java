package io.github.seedance4j.adapter.rest.form;

import io.github.seedance4j.request.DraftSource;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ValidGeneration;

/** A generation that is judged by every rule. */
@ValidGeneration
record StrictForm(GenerationDraft toDraft) implements DraftSource {

  /** The wire's own names: nobody sees ours. */
  @Override
  public String propertyOf(String path) {
    return path;
  }
}
