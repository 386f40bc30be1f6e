package badsample.testkit.check;

/** A testkit that needs the client that it tests. */
class UsesAnAdapter {
  badsample.adapter.http.@org.jspecify.annotations.Nullable Overreaches client;
}
