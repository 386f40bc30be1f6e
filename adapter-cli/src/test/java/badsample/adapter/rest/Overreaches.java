package badsample.adapter.rest;

/** An adapter that reaches into another one, and for a port that is not its own. */
public class Overreaches {
  badsample.adapter.cli.@org.jspecify.annotations.Nullable Overreaches other;
  badsample.port.out.@org.jspecify.annotations.Nullable KnowsTheService port;
}
