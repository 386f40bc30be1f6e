package io.github.seedance4j.adapter.cli.gallery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a page of clips shows. Texts are plain: whatever markup is in them is shown as it is.
 *
 * @param title what it is about
 * @param subtitle which jobs, of what time
 * @param written when it was made
 * @param attention what waits for somebody
 * @param spending null where nothing was ever spent
 * @param waits of jobs that came to an end
 * @param cards newest first
 * @param more what is said below them, such as how many were left out; may be empty
 * @param begin commands for whoever has no job to be shown
 */
public record Gallery(
    String title,
    String subtitle,
    Instant written,
    List<Total> totals,
    List<Way> attention,
    @Nullable SpendCurve spending,
    List<Wait> waits,
    List<Card> cards,
    String more,
    List<String> begin) {

  public Gallery {
    totals = List.copyOf(totals);
    attention = List.copyOf(attention);
    waits = List.copyOf(waits);
    cards = List.copyOf(cards);
    begin = List.copyOf(begin);
  }

  /**
   * A figure at the top.
   *
   * @param detail what it is made of
   */
  public record Total(String name, String value, String detail) {}

  /**
   * How long a job took from the order to its end.
   *
   * @param millis zero at least
   * @param hasClip whether that end was a clip
   */
  public record Wait(long millis, boolean hasClip) {}

  /** How a state looks. */
  public enum Tone {
    GOOD,
    BUSY,
    DOUBTFUL,
    BAD
  }

  /**
   * One job.
   *
   * @param link its clip's address, relative to the page and encoded; null for none to be played
   * @param name what its clip is called; may be empty
   * @param part of which line or run it is which take; may be empty
   * @param heading what stands in a clip's place
   * @param facts model, resolution, length
   * @param cost what it cost, or what is held
   * @param quoted beside what was quoted; may be empty
   * @param label null for none
   * @param why why it stands where it stands; may be empty
   * @param ways what can be done about it
   */
  public record Card(
      String id,
      String state,
      Tone tone,
      @Nullable String link,
      String name,
      String part,
      String heading,
      String prompt,
      List<String> facts,
      String cost,
      String quoted,
      Instant asked,
      @Nullable String label,
      String why,
      List<Way> ways) {

    public Card {
      facts = List.copyOf(facts);
      ways = List.copyOf(ways);
    }
  }

  /** Something to do, and the command that does it. */
  public record Way(String what, String command) {}
}
