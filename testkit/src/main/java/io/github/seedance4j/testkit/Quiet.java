package io.github.seedance4j.testkit;

import org.apache.hc.core5.http.ExceptionListener;
import org.apache.hc.core5.http.HttpConnection;

/** Says nothing about connections that end early. */
enum Quiet implements ExceptionListener {
  INSTANCE;

  @Override
  public void onError(Exception ex) {}

  @Override
  public void onError(HttpConnection connection, Exception ex) {}
}
