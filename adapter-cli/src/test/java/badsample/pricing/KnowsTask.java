package badsample.pricing;

/** Half of a cycle. */
public class KnowsTask {
  badsample.task.@org.jspecify.annotations.Nullable KnowsPricing other;
}
