package badsample.adapter.cli.settings;

import badsample.adapter.cli.Overreaches;
import org.jspecify.annotations.Nullable;

/** A part that refers to what is made of parts. */
class KnowsTheWhole {
  @Nullable Overreaches other;
}
