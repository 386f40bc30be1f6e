package io.github.seedance4j.task;

/** Where a task stands. The provider may use words that nobody has listed: they are kept. */
public sealed interface TaskState {

  /** The wire's word. */
  String word();

  /** Whether this is the task's end. An unrecognised word is not: only time tells. */
  default boolean isFinal() {
    return !(this instanceof Queued || this instanceof Running || this instanceof Unrecognised);
  }

  /** Waiting for its turn. */
  record Queued() implements TaskState {
    @Override
    public String word() {
      return "queued";
    }
  }

  /** Being made. */
  record Running() implements TaskState {
    @Override
    public String word() {
      return "running";
    }
  }

  /** There is a clip, and it is charged. */
  record Succeeded(GeneratedVideo video) implements TaskState {
    @Override
    public String word() {
      return "succeeded";
    }
  }

  /** There will be no clip. Whether it is charged is the tariff's to say. */
  record Failed(ProviderFault fault) implements TaskState {
    @Override
    public String word() {
      return "failed";
    }
  }

  /** Somebody cancelled it; only upstream knows this state. */
  record Cancelled() implements TaskState {
    @Override
    public String word() {
      return "cancelled";
    }
  }

  /** It was not finished in time; only upstream knows this state. */
  record Expired() implements TaskState {
    @Override
    public String word() {
      return "expired";
    }
  }

  /** A word that nobody has listed. */
  record Unrecognised(String word) implements TaskState {}
}
