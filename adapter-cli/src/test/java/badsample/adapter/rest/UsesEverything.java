package badsample.adapter.rest;

import org.jspecify.annotations.Nullable;

/** Takes libraries that belong to others, and makes its own HttpClient. */
class UsesEverything {
  org.apache.hc.client5.http.impl.classic.@Nullable CloseableHttpClient client;
  org.apache.hc.core5.http.@Nullable HttpHost host;
  picocli.@Nullable CommandLine commandLine;

  void make() {
    client = org.apache.hc.client5.http.impl.classic.HttpClients.createDefault();
  }
}
