package badsample.adapter.http;

/** An adapter that reaches into another one, and for a port that is not its own. */
public class Overreaches {
  badsample.adapter.store.@org.jspecify.annotations.Nullable Overreaches other;
  badsample.port.in.@org.jspecify.annotations.Nullable DrivingPort port;
}
