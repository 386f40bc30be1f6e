package io.github.seedance4j.adapter.cli.manual;

/** What a description says first. */
public final class Gist {

  private Gist() {}

  /** Enough of a description to tell a command or a flag from others. */
  public static String of(String description) {
    String first = description.split("(?<=[^.])[.;:](?= |$)", 2)[0];
    return first.isEmpty() ? description : first;
  }
}
