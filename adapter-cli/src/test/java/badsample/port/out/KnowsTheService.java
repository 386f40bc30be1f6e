package badsample.port.out;

/** A port that knows who uses it. */
public class KnowsTheService {
  badsample.service.@org.jspecify.annotations.Nullable ReadsTheClock service;
}
