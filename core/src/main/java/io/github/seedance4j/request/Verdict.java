package io.github.seedance4j.request;

import java.util.List;
import java.util.Optional;

/** What the rules say of a draft: all of it at once. */
public sealed interface Verdict {

  /** Everything that must change before the request may go out; empty when accepted. */
  List<Finding> violations();

  /** What is worth knowing; it never stops a request. */
  List<Finding> advice();

  /** The valid request, when there is one. */
  Optional<GenerationRequest> request();

  /** The draft makes a valid request. */
  record Accepted(GenerationRequest valid) implements Verdict {
    @Override
    public List<Finding> violations() {
      return List.of();
    }

    @Override
    public List<Finding> advice() {
      return valid.advice();
    }

    @Override
    public Optional<GenerationRequest> request() {
      return Optional.of(valid);
    }
  }

  /** The draft must change; {@code violations} is not empty. */
  record Rejected(List<Finding> violations, List<Finding> advice) implements Verdict {
    public Rejected {
      violations = List.copyOf(violations);
      advice = List.copyOf(advice);
      if (violations.isEmpty()) {
        throw new IllegalArgumentException("violations: a rejection needs a reason");
      }
    }

    @Override
    public Optional<GenerationRequest> request() {
      return Optional.empty();
    }
  }
}
