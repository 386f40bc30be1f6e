package io.github.seedance4j.testkit;

import java.util.List;

/**
 * What came in up to now, over HTTP or in memory. A create has begun when its head was read; it
 * counts as received when its body ended, whatever became of it then.
 *
 * @param createsBegun creates whose head was read, also those whose body never ended
 * @param createsReceived creates that were read to their last byte
 * @param polls requests for a task's status
 * @param downloads requests for a file, HEAD and ranges included
 * @param redirectsFollowed requests to where a create was redirected
 * @param creates the latest creates received, 1,000 at most, oldest first
 * @param heads the latest requests of any kind, likewise; those in memory have none
 */
public record RecordedRequests(
    long createsBegun,
    long createsReceived,
    long polls,
    long downloads,
    long redirectsFollowed,
    List<RecordedCreate> creates,
    List<RecordedHead> heads) {

  public RecordedRequests {
    creates = List.copyOf(creates);
    heads = List.copyOf(heads);
  }
}
