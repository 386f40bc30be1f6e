package io.github.seedance4j.job;

import java.util.EnumSet;
import java.util.Set;

/** Where a job stands in its life. */
public enum JobState {
  /** The intent is recorded and its price held; the create call is under way. */
  INTENDED,
  /** The last attempt never left this machine; due again. */
  NOT_SENT,
  /** The provider asked us to wait; due again. */
  THROTTLED,
  /** The provider took it: there is a task. */
  SUBMITTED,
  /** The provider said that it works on it. */
  RUNNING,
  /** There is a clip at the provider; its link dies in about a day. */
  SUCCEEDED,
  /** The clip is whole and ours. */
  STORED,
  /** The provider refused it: nothing was made, the hold is released. */
  REJECTED,
  /** The task failed. */
  FAILED,
  /** Somebody cancelled the task. */
  CANCELLED,
  /** The provider gave the task up, or knows it no more. */
  EXPIRED,
  /** It was never sent and won't be: attempts used up, or withdrawn. The hold is released. */
  WITHDRAWN,
  /** It may have been charged. The hold stays; only a person can say what happened. */
  UNKNOWN,
  /** A person gave an unknown outcome up as charged and gone. A late task id is still accepted. */
  LOST;

  private static final Set<JobState> DUE = EnumSet.of(NOT_SENT, THROTTLED);
  private static final Set<JobState> FOLLOWED = EnumSet.of(SUBMITTED, RUNNING, SUCCEEDED);
  private static final Set<JobState> ENDED =
      EnumSet.of(STORED, REJECTED, FAILED, CANCELLED, EXPIRED, WITHDRAWN, LOST);

  /** Whether it is to be sent again, by code: it is certain that nothing was charged. */
  public boolean isDue() {
    return DUE.contains(this);
  }

  /** Whether there is a task to ask for, or a clip to fetch. */
  public boolean isFollowed() {
    return FOLLOWED.contains(this);
  }

  /** Whether something still happens by itself. */
  public boolean isUnfinished() {
    return this == INTENDED || isDue() || isFollowed();
  }

  /** Whether nothing more happens by itself and the money is settled. */
  public boolean isEnded() {
    return ENDED.contains(this);
  }
}
