package io.github.seedance4j.testkit.contract;

/** What a subject lets a contract do or see. A rule that needs more is skipped, with the reason. */
public enum Capability {
  /** A fake is behind it, to be told what to answer and asked what it got. */
  SCRIPTED_FAULTS("needs a FakeTokenHub behind the subject: ContractSubject.on(hub, …)"),
  /** Bytes cross a socket, so that limits, headers and redirects can be seen. */
  REAL_WIRE("needs a subject that speaks HTTP: overRealWire()"),
  /** It can be opened so that it gives up soon. */
  SHORT_DEADLINE("needs a subject that gives up soon: givingUpAfter(…)"),
  /** What it logs can be read. */
  LOGS("needs what the subject logs, with every logger turned up: logging(…)");

  private final String reason;

  Capability(String reason) {
    this.reason = reason;
  }

  /** Why a rule is skipped without it. */
  public String reason() {
    return name() + " " + reason;
  }
}
