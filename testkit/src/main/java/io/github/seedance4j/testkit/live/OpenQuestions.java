package io.github.seedance4j.testkit.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What only the service can answer, and what one clip says of it. A success proves that something
 * is accepted, never that its opposite is refused, so most stay open.
 */
final class OpenQuestions {

  static final String CANT_TELL = "one clip can't tell";

  private static final String NOT_SENT =
      "nothing of this kind was sent: what may have to be refused might be accepted and billed";

  private final Notebook notes;
  private final List<Map<String, Object>> answered = new ArrayList<>();

  private OpenQuestions(Notebook notes) {
    this.notes = notes;
  }

  static List<Map<String, Object>> answers(Notebook notes) {
    OpenQuestions questions = new OpenQuestions(notes);
    questions.all();
    return questions.answered;
  }

  private void all() {
    add(
        "Which limits hold when inputs are combined: may frames be mixed with references, audio"
            + " come without picture or video? Who refuses it, the service or its upstream?",
        CANT_TELL,
        NOT_SENT);
    add(
        "Is a flat image_url a reference or a first frame, and what are two image_urls?",
        CANT_TELL,
        "the clip has no image");
    add(
        "Are declared lengths of input videos trusted for the bill, or measured?",
        CANT_TELL,
        "the clip has no input video");
    usage();
    add(
        "Are failed tasks refunded, and when is the balance taken?",
        CANT_TELL,
        notes.seen("failed", "the task did not fail")
            + "; compare the account's balance from before and after with "
            + notes.seen("counted", "what this run counts"));
    add(
        "What are the error bodies and codes of 4xx?",
        "in part",
        "a wrong key: "
            + notes.seen("wrong_key", "not asked")
            + " | an unknown task: "
            + notes.seen("unknown_task", "not asked")
            + " | the create: "
            + notes.seen("refused", "not refused"));
    add(
        "Which rate limits hold?",
        CANT_TELL,
        notes.seen(
            "throttled", "one create and " + notes.seen("polls", "0") + " polls were let in"));
    ratio();
    add("Are base64 and asset:// inputs accepted?", CANT_TELL, NOT_SENT);
    add("Does any cancel, list or callback exist?", CANT_TELL, "none was tried");
  }

  private void usage() {
    String told = notes.seen("usage_seconds", "");
    String real = notes.seen("clip_seconds", "unknown");
    String question =
        "Does usage.video_duration contain the input's seconds, and does it have fractions?";
    if (told.isEmpty()) {
      add(question, CANT_TELL, "no usage was told");
    } else {
      boolean fraction = told.contains(".") && !told.matches("[0-9]+\\.0+");
      add(
          question,
          (fraction ? "it has fractions" : "a whole number here")
              + "; of input seconds "
              + CANT_TELL,
          "told: " + told + " s; the clip is " + real + " s long, 4 s were asked for");
    }
  }

  private void ratio() {
    String asked = OneClip.RATIO + " at " + OneClip.RESOLUTION;
    String size = notes.seen("picture_size", "");
    String answer = CANT_TELL;
    if (!size.isEmpty()) {
      boolean made = Boolean.parseBoolean(notes.seen("ratio_made", "false"));
      answer =
          asked
              + (made ? " is accepted and made" : " is accepted, but another picture is made")
              + "; of the others "
              + CANT_TELL;
    }
    add(
        "Are 21:9, 4:3, 3:4 and a duration of -1 accepted?",
        answer,
        size.isEmpty() ? "no clip was seen" : "asked for " + asked + ", got " + size);
  }

  private void add(String question, String answer, String seen) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("number", answered.size() + 1);
    line.put("question", question);
    line.put("answer", answer);
    line.put("seen", seen);
    answered.add(line);
  }
}
