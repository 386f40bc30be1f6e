package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.GenerationRequest;

/**
 * One clip of a batch: a take of a line that may be sent.
 *
 * @param take counted from 1
 * @param of how many takes of its line
 * @param key what the journal knows it by
 * @param clip the file's name below the output directory
 */
public record BatchItem(
    BatchLine line,
    int take,
    int of,
    GenerationRequest request,
    Quote quote,
    String key,
    String clip) {

  /** What people call it: its id, else its line, and which take. */
  String name() {
    String name = line.id() == null ? "line " + line.number() : line.id();
    return of == 1 ? name : name + " #" + take;
  }
}
