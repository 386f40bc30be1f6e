package io.github.seedance4j.task;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why the provider refused a request or failed a task, in its own words and as a kind that a
 * program can act on.
 *
 * @param kind what it is about
 * @param code the provider's code, if it gave one
 * @param message the provider's text, if it gave one
 * @param requestId what its support asks for, if it gave one
 */
public record ProviderFault(
    Kind kind, @Nullable String code, @Nullable String message, @Nullable String requestId) {

  public ProviderFault {
    Objects.requireNonNull(kind, "kind");
  }

  /** What a fault is about, each with what usually helps. */
  public enum Kind {
    INPUT_TEXT("Moderation refused the prompt: rephrase it."),
    INPUT_IMAGE("Moderation refused an image: use another one."),
    INPUT_VIDEO("Moderation refused a video: use another one."),
    INPUT_AUDIO("Moderation refused an audio: use another one."),
    REAL_PERSON("A real person's face was seen: use material without one, or a library asset."),
    COPYRIGHT("Protected material was seen: leave out names, characters and brands."),
    OUTPUT_TEXT("Moderation stopped the text that came out: the same words may pass again."),
    OUTPUT_IMAGE("Moderation stopped a picture that came out: the same words may pass again."),
    OUTPUT_VIDEO("Moderation stopped the clip that came out: the same words may pass again."),
    OUTPUT_AUDIO("Moderation stopped the sound: generate without audio."),
    BALANCE("The account has no credit: add some with the provider."),
    CREDENTIALS("The key was not accepted: check it, or make a new one."),
    PERMISSION("The account may not use this: open the model or service with the provider."),
    RATE_LIMIT("Too many requests or tasks at once: wait, or send fewer."),
    INVALID_REQUEST("The request is not what the provider takes: change what it names."),
    NOT_FOUND("The provider does not know this: records live for about seven days."),
    PROVIDER("The provider failed by itself: try again later."),
    OTHER("The provider gave no reason that is known here: see its own words.");

    private final String hint;

    Kind(String hint) {
      this.hint = hint;
    }

    /** One English sentence on what usually helps. */
    public String hint() {
      return hint;
    }
  }

  /** The provider's words where there are any, and what helps. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (message != null) {
      text.append(message.strip());
    }
    if (code != null) {
      text.append(text.isEmpty() ? "" : " ").append('(').append(code).append(')');
    }
    if (requestId != null && !text.toString().contains(requestId)) {
      text.append(text.isEmpty() ? "" : " ").append("[request ").append(requestId).append(']');
    }
    return (text.isEmpty() ? "" : text + " – ") + kind.hint();
  }
}
