package io.github.seedance4j.testkit.standalone;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A client without any care: sends one create, and waits for its answer. */
final class OneCreate {

  private OneCreate() {}

  /**
   * @param args the base URL, the prompt
   */
  public static void main(String[] args) throws Exception {
    String body =
        "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"" + args[1] + "\",\"duration\":5}";
    HttpRequest create =
        HttpRequest.newBuilder(URI.create(args[0] + "/videos/generations"))
            .header("Authorization", "Bearer th-test")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    System.out.println(http.send(create, HttpResponse.BodyHandlers.ofString()).statusCode());
  }
}
