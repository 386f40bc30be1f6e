package io.github.seedance4j.port.out;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Driven port: puts a file of this machine where the provider can fetch it, since its API takes
 * addresses only. What is put there may be private, and needs to stay for as long as a task waits.
 */
@FunctionalInterface
public interface MediaStage {

  /**
   * The address of that file from now on: http or https, without a login.
   *
   * @throws IOException if it can't be put there; the message is for whoever asked for the clip
   */
  String stage(Path file) throws IOException;
}
