package io.github.seedance4j.media;

import io.github.seedance4j.error.InvalidRequestException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at a medium by its address. */
@FunctionalInterface
public interface MediaProbe {

  /** Looks at files of this machine, {@code file:///…}, alone. */
  MediaProbe FILES =
      address -> file(address).isPresent() ? Optional.of(read(address)) : Optional.empty();

  /**
   * What is there; empty if this probe does not look at such addresses.
   *
   * @throws InvalidRequestException if its header can't be read
   * @throws IOException if it can't be had
   */
  Optional<MediaFacts> probe(String address) throws IOException;

  /** The file of this machine that an address names; empty if it is another kind of address. */
  static Optional<Path> file(String address) {
    if (!address.regionMatches(true, 0, "file:", 0, 5)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(URI.create(address)));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  /** An address for messages: without what may be signed, or a password. */
  static String plain(String address) {
    String open = address.replaceFirst("(?s)[?#].*", "");
    return open.replaceFirst("(?s)^(\\w+://)[^/]*@", "$1");
  }

  private static MediaFacts read(String address) throws IOException {
    return MediaHeader.read(file(address).orElseThrow());
  }
}
