package io.github.seedance4j.port.out;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Driven port: brings a finished clip to disk. Thread-safe. */
public interface VideoFetcher {

  /**
   * Downloads to {@code target} beside a {@code .part} file that a later call goes on with. Only a
   * whole clip gets the final name: length checked, boxes walked, synced, renamed. A file that is
   * there already is never overwritten: the same bytes are taken for the clip, else the clip gets
   * the next free name, which the result tells.
   *
   * @param url the signed link; sent no credentials, and never logged
   * @param progress told from time to time, on the calling thread
   * @throws io.github.seedance4j.error.LinkExpiredException if the link is refused
   * @throws io.github.seedance4j.error.GiveUpException if the address must not be called, or what
   *     came whole is no clip that can be read: it is kept, and the message names the file
   * @throws io.github.seedance4j.error.RetryLaterException if the transfer broke; what came is kept
   * @throws IOException if the disk refuses
   */
  Clip fetch(String url, Path target, Consumer<JobEvent.Progress> progress) throws IOException;
}
