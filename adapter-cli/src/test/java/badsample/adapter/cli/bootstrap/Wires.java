package badsample.adapter.cli.bootstrap;

import badsample.adapter.cli.Overreaches;
import org.jspecify.annotations.Nullable;

/** The one that may. */
class Wires {
  @Nullable Overreaches other;
}
