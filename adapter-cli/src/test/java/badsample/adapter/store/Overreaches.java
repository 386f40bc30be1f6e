package badsample.adapter.store;

/** An adapter that reaches into another one, and for a port that is not its own. */
public class Overreaches {
  badsample.adapter.http.@org.jspecify.annotations.Nullable Overreaches other;
  badsample.port.in.@org.jspecify.annotations.Nullable DrivingPort port;
}
