package badsample.elsewhere.driven;

import io.github.seedance4j.port.in.VideoGeneration;
import org.jspecify.annotations.Nullable;

/** Somebody else's journal that drives the library, and borrows from the HTTP adapter. */
class Overreaches {
  @Nullable VideoGeneration videos;
  io.github.seedance4j.adapter.http.@Nullable ApiKey key;
}
