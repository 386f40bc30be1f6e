package io.github.seedance4j.adapter.http;

import static io.github.seedance4j.adapter.http.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.CreateReply.Phase;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate of our own for localhost, made by the JDK's keytool. */
class TlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static SSLContext trusting;

  @BeforeAll
  static void makeCertificate(@TempDir Path directory) throws Exception {
    Path store = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(own.getKeyManagers(), trust.getTrustManagers(), null);
  }

  private static WireServer secure() throws Exception {
    return new WireServer(
        trusting
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")),
        (request, peer) -> peer.send(answer(200, "", "{}")));
  }

  private static Exchange post(WireServer server, String host, HttpOptions options) {
    URI base = URI.create("https://" + host + ":" + server.port() + "/v1");
    try (ApiTransport api = ApiTransport.open(ApiKeyTest.KEY, base, options, null)) {
      return api.post("/videos", new byte[] {'{', '}'});
    }
  }

  @Test
  void speaksTlsWithWhomItIsToldToTrust() throws Exception {
    try (WireServer server = secure()) {
      Exchange reply =
          post(server, "localhost", HttpOptions.builder().sslContext(trusting).build());
      assertThat(((Exchange.Answered) reply).status()).isEqualTo(200);
      assertThat(server.requests().get(0).headers())
          .containsEntry("authorization", "Bearer th-secret");
    }
  }

  @Test
  void sendsNothingToAStranger() throws Exception {
    try (WireServer server = secure()) {
      Exchange reply = post(server, "localhost", HttpOptions.standard());
      assertThat(((Exchange.Broken) reply).phase()).isEqualTo(Phase.TLS);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void sendsNothingUnderAnotherName() throws Exception {
    try (WireServer server = secure()) {
      Exchange reply =
          post(server, "127.0.0.1", HttpOptions.builder().sslContext(trusting).build());
      assertThat(((Exchange.Broken) reply).phase()).isEqualTo(Phase.TLS);
      assertThat(server.requests()).isEmpty();
    }
  }
}
