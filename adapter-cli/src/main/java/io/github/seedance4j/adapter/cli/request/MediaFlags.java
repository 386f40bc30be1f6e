package io.github.seedance4j.adapter.cli.request;

import io.github.seedance4j.adapter.cli.command.Flags;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.InlineMedia;
import io.github.seedance4j.adapter.cli.command.Progress;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Setting;
import io.github.seedance4j.adapter.cli.settings.Settings;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.media.InputMedia;
import io.github.seedance4j.media.MediaProbe;
import io.github.seedance4j.request.GenerationDraft;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How files of the user's own get to the provider, whose API takes addresses only. */
public final class MediaFlags {

  private static final String INSTEAD =
      "make it smaller, or put it on the web with --stage 'CMD {}'";

  private final Surroundings around;
  private final Workshop workshop;
  private final Flag<String> stage;
  private final Flag<Boolean> inline;
  private final ProbeFlag probe;
  private Workshop.@Nullable Stage program;
  private long inside;

  public MediaFlags(Flags flags, Surroundings around, Workshop workshop) {
    this.around = around;
    this.workshop = workshop;
    stage =
        flags.text(
            "CMD",
            "Run CMD for each file of yours, its name in the place of {}: it puts the file on the web"
                + " and prints its address. Default: $"
                + Setting.STAGE.variable()
                + ", but with --sandbox it is run only if this flag is given.",
            "--stage");
    inline =
        flags.toggle(
            "Put pictures and sound of yours into the request itself, which this provider has not"
                + " confirmed to take.",
            "--inline");
    probe = new ProbeFlag(flags, around, workshop);
  }

  /** Begins to look at media, at those behind addresses too if the user wants that. */
  public ProbeFlag.Look begin(MediaProbe near, Talk talk) {
    return probe.begin(near, talk);
  }

  /**
   * Looks at the media in a draft, likewise.
   *
   * @throws IllegalArgumentException if a file can't be read, or is of another kind than its place
   *     asks for, in words for the user
   */
  public InputMedia look(GenerationDraft draft, MediaProbe near, Talk talk) {
    try (ProbeFlag.Look look = begin(near, talk)) {
      return look(draft, look);
    }
  }

  /**
   * Looks at the media in a draft that the probe can look at.
   *
   * @throws IllegalArgumentException if one can't be read, in words for the user
   */
  public static InputMedia look(GenerationDraft draft, MediaProbe probe) {
    try {
      return InputMedia.of(draft, probe);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no file " + e.getFile(), e);
    } catch (InvalidRequestException | IOException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  /** As above, at files alone. */
  public static InputMedia look(GenerationDraft draft) {
    return look(draft, MediaProbe.FILES);
  }

  /** Whether a video of this machine would get there. */
  public boolean canStage() {
    return command() != null;
  }

  /**
   * Makes sure that there is a way for the files among these media to get there.
   *
   * @param where they are asked for, as messages begin; empty if that goes without saying
   * @param free whether they needn't, as a sandbox looks at none; a flag rehearses it all the same
   * @throws IllegalArgumentException naming the ways, or what is wrong with the one that was chosen
   */
  public void requireWay(InputMedia media, String where, boolean free) {
    if (inline.or(false) && stage.value() != null) {
      throw new IllegalArgumentException("give one of --inline and --stage");
    }
    List<Path> files = media.files();
    if (files.isEmpty() || inline.or(false) || (free && !isRehearsed())) {
      return;
    }
    Workshop.Stage way = program();
    if (way == null) {
      throw new IllegalArgumentException(
          where
              + "the provider takes addresses, not files ("
              + files.stream()
                  .map(file -> String.valueOf(file.getFileName()))
                  .collect(Collectors.joining(", "))
              + "): add --stage 'CMD {}', with a program that puts a file on the web and prints its"
              + " address, or --inline for pictures and sound");
    }
    way.requireProgram();
  }

  /** Whether files are to be staged for a sandbox too. */
  public boolean isRehearsed() {
    return stage.value() != null;
  }

  /**
   * The draft to judge and to price: as it is sent, but for addresses that nobody has yet.
   *
   * @throws IllegalArgumentException if a file can't be read, or not be put into the request
   */
  public GenerationDraft judged(InputMedia media) {
    long bytes = requireSmall(media);
    inside += bytes;
    if (bytes > 0 && inside > InlineMedia.MOST_OF_RUN) {
      throw new IllegalArgumentException(
          "what goes inside these requests is more than "
              + Progress.size(InlineMedia.MOST_OF_RUN)
              + " together, and there may be no room for it: "
              + INSTEAD);
    }
    return inline.or(false) ? inlined(media) : media.draft();
  }

  /** How much of files goes inside the request. */
  private long requireSmall(InputMedia media) {
    long bytes = InlineMedia.bytes(media.draft());
    StringJoiner names = new StringJoiner(", ", " (", ")").setEmptyValue("");
    for (Path file : inline.or(false) ? media.files() : List.<Path>of()) {
      long size = file.toFile().length();
      bytes += size;
      names.add(file.getFileName() + ": " + Progress.size(size));
    }
    if (bytes > InlineMedia.MOST) {
      throw new IllegalArgumentException(
          "what goes inside this request is "
              + Progress.size(bytes)
              + names
              + ", and at most "
              + Progress.size(InlineMedia.MOST)
              + " may: "
              + INSTEAD);
    }
    return bytes;
  }

  private static GenerationDraft inlined(InputMedia media) {
    try {
      return media.inlined();
    } catch (InvalidRequestException | IOException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The draft as it is sent.
   *
   * @param free as above
   * @throws IllegalArgumentException if a file can't be staged or read; nothing was sent
   */
  public GenerationDraft ready(InputMedia media, Talk talk, boolean free) {
    if (media.files().isEmpty() || (free && !isRehearsed())) {
      return media.draft();
    }
    Workshop.Stage way = inline.or(false) ? null : program();
    if (way == null) {
      return inline.or(false) ? inlined(media) : media.draft();
    }
    try {
      return way.staged(media, talk::say);
    } catch (InvalidRequestException | IOException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Ends whatever stages a file just now; nothing is staged from then on. */
  public void stop() {
    Workshop.Stage begun;
    synchronized (this) {
      begun = program;
    }
    if (begun != null) {
      begun.stop();
    }
  }

  private synchronized Workshop.@Nullable Stage program() {
    String command = command();
    if (program == null && command != null) {
      program = workshop.stage(command, around);
    }
    return program;
  }

  private @Nullable String command() {
    String set = stage.value();
    return set != null ? set : around.setting(Setting.STAGE).map(Settings.Value::text).orElse(null);
  }
}
