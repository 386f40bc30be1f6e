package io.github.seedance4j.adapter.store;

/** What a closed journal answers. */
final class Closed {

  private Closed() {}

  static IllegalStateException refusal() {
    return new IllegalStateException("closed: this journal takes nothing more; open it again");
  }
}
