package io.github.seedance4j.port.out;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;

/**
 * Driven port: whoever makes the videos. Thread-safe. If it also is a {@link VideoFetcher}, it
 * downloads its own clips. Closed with the service.
 */
public interface VideoProvider extends AutoCloseable {

  /** Where and as whom this speaks. */
  ProviderAccount account();

  /** Encodes a request, without any input or output. The same request gives the same bytes. */
  Create prepare(GenerationRequest request);

  /**
   * Asks for a task. Safe to repeat.
   *
   * @throws io.github.seedance4j.error.NotFoundException if the provider does not know it (yet)
   * @throws io.github.seedance4j.error.AccountException if the key is not accepted
   * @throws io.github.seedance4j.error.RetryLaterException if no usable answer came
   */
  VideoTask task(TaskId id);

  @Override
  default void close() {}

  /** A create call, ready to go. */
  interface Create {

    /** Lower-case hex of the digest of the body, to be kept before it is sent. */
    String bodySha256();

    /**
     * Sends it: NOT idempotent, each call may be charged. Puts it on the wire at most once,
     * whatever the answer, and tells what happened; never throws for what the network does.
     */
    CreateReply send();
  }
}
