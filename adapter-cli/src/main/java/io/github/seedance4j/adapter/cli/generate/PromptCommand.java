package io.github.seedance4j.adapter.cli.generate;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.SeedanceCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import java.util.List;

/** Says how to write a prompt. */
public final class PromptCommand extends SeedanceCommand {

  /** The format and the examples are those of TokenHub's guide. */
  private static final List<String> ADVICE =
      List.of(
          "A prompt says four things, in this order:",
          "",
          "  [subject] + [action] + [surroundings] + [camera, style]",
          "",
          "  \"A young woman walking through a cherry blossom garden, petals falling in",
          "   slow motion, soft natural lighting, cinematic 35mm film look\"",
          "",
          "  \"Close-up of hands pouring latte art into a ceramic cup, steam rising,",
          "   warm cafe ambiance, shallow depth of field\"",
          "",
          "  \"Aerial drone shot of a winding river through autumn forest, golden and red",
          "   leaves, morning mist, 4K cinematic\"",
          "",
          "From a picture, say what moves; the picture says the rest (--first-frame):",
          "",
          "  \"The woman in the photo turns to face the camera and smiles warmly, her",
          "   hair gently blowing in the wind\"",
          "",
          "English usually works better. Up to 1,000 words, or 500 Chinese characters.",
          "",
          "Reference media are called by kind and order, each kind counted from 1:",
          "  --reference-image a.jpg --reference-image b.jpg --video walk.mp4",
          "  \"the woman from image 1 in the coat of image 2 walks as in video 1\"",
          "and sound likewise: \"to the beat of audio 1\".",
          "",
          "Length, size and the like are flags, not words: --duration 8 --ratio 9:16.",
          "The model's maker reads --dur, --rs, --ratio, --seed and others out of the",
          "prompt itself, so that clip and price may change. Leave them out, as a quote",
          "advises (prompt-inline-parameter); the price held is then that of the longest.");

  public PromptCommand(Surroundings around, Workshop workshop) {
    super(
        "prompt",
        "Say how to write a prompt, with examples.",
        around,
        workshop,
        "%nExample:",
        "  seedance prompt");
  }

  @Override
  public Integer call() {
    ADVICE.forEach(this::result);
    return ExitCode.DONE;
  }
}
