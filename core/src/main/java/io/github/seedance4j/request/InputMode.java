package io.github.seedance4j.request;

import java.util.List;

/**
 * The four ways to ask for a clip, and the one that only relaxed rules let through. As text they
 * leave the URLs out, which may be signed.
 */
public sealed interface InputMode {

  /** A prompt and nothing else. */
  record TextOnly() implements InputMode {}

  /** The clip begins with this picture. */
  record FirstFrame(String url) implements InputMode {
    @Override
    public String toString() {
      return "FirstFrame";
    }
  }

  /** The clip begins and ends with these pictures. */
  record FirstAndLastFrame(String first, String last) implements InputMode {
    @Override
    public String toString() {
      return "FirstAndLastFrame";
    }
  }

  /** Material to draw on, in the order in which a prompt may name it ("image 1"). */
  record References(List<String> images, List<String> videos, List<String> audios)
      implements InputMode {
    public References {
      images = List.copyOf(images);
      videos = List.copyOf(videos);
      audios = List.copyOf(audios);
    }

    @Override
    public String toString() {
      return "References["
          + images.size()
          + " images, "
          + videos.size()
          + " videos, "
          + audios.size()
          + " audios]";
    }
  }

  /** A mix that the model's maker does not list; what the provider makes of it is not stated. */
  record Unclassified() implements InputMode {}
}
