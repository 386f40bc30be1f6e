package badsample.task;

/** The other half. */
public class KnowsPricing {
  badsample.pricing.@org.jspecify.annotations.Nullable KnowsTask other;
}
