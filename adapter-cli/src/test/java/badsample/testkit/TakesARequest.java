package badsample.testkit;

/** Nothing is wrong with it: a request is what a port hands over. */
class TakesARequest {
  badsample.request.@org.jspecify.annotations.Nullable GenerationRequest request;
}
