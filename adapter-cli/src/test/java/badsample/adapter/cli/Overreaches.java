package badsample.adapter.cli;

/** An adapter that reaches into another one, and for a port that is not its own. */
public class Overreaches {
  badsample.adapter.http.@org.jspecify.annotations.Nullable Overreaches other;
  badsample.port.out.@org.jspecify.annotations.Nullable KnowsTheService port;
}
