package io.github.seedance4j.testkit.crash;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.pricing.Bill;

/** A durable transition or a network step: what a process can die just before, or just after. */
public enum CrashStep {
  /** The intent is recorded and its price held. */
  INTENT,
  /** The create call: before it, nothing has left; after it, the answer is known to nobody else. */
  CREATE,
  /** What came of it is recorded: there is a task, from the answer or attached by a person. */
  SUBMITTED,
  /** It is recorded that it never left. */
  NOT_SENT,
  /** It is recorded that the provider asked to wait. */
  THROTTLED,
  /** The intent of a further attempt is recorded. */
  RESEND,
  /** The refusal is recorded and the hold released. */
  REJECTED,
  /** It is recorded that nobody knows. */
  UNKNOWN,
  /** A second charge is agreed to, and held. */
  RESUBMISSION,
  /** A person's giving up is recorded. */
  LOST,
  /** A job that was never sent is taken back. */
  WITHDRAWN,
  /** The provider is asked for a task. */
  POLL,
  /** The provider's word that it works on it is recorded. */
  RUNNING,
  /** The provider's success is recorded. */
  SUCCEEDED,
  /** The clip is brought to disk under its final name. */
  FETCH,
  /** Where the clip lies is recorded. */
  CLIP,
  /** The clip is handed to whoever keeps it. */
  STORE,
  /** The end is recorded and the price settled. */
  STORED,
  /** The provider's failure is recorded. */
  FAILED,
  /** The provider's cancelling is recorded. */
  CANCELLED,
  /** The task's expiry is recorded. */
  EXPIRED,
  /** The end was told to whoever listens. */
  TOLD,
  /** What it cost is entered by hand. */
  SETTLED,
  /** What it was about is forgotten. */
  PURGED,
  /** Jobs are leased. */
  CLAIM,
  /** Leases are given back. */
  RELEASE,
  /** A cap is set. */
  BUDGET;

  /** The step that writing this version down is. */
  static CrashStep of(Job next) {
    if (next.isPurged()) {
      return PURGED;
    }
    if (next.bill().map(bill -> bill.basis() == Bill.Basis.STATED).orElse(false)) {
      return SETTLED;
    }
    return switch (next.state()) {
      case INTENDED -> RESEND;
      case NOT_SENT -> NOT_SENT;
      case THROTTLED -> THROTTLED;
      case SUBMITTED -> SUBMITTED;
      case RUNNING -> RUNNING;
      case SUCCEEDED -> next.clip().isPresent() ? CLIP : SUCCEEDED;
      case STORED -> STORED;
      case REJECTED -> REJECTED;
      case FAILED -> FAILED;
      case CANCELLED -> CANCELLED;
      case EXPIRED -> EXPIRED;
      case WITHDRAWN -> WITHDRAWN;
      case UNKNOWN -> UNKNOWN;
      case LOST -> LOST;
    };
  }
}
