package badsample.testkit;

/** A fake that agrees with the product because it is the product. */
class BorrowsTheRules {
  badsample.pricing.@org.jspecify.annotations.Nullable KnowsTask rules;
}
