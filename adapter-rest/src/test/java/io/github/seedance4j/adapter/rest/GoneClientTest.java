package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.GENERATIONS;
import static io.github.seedance4j.adapter.rest.GatewayBench.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.GatewayBench.Listening.Event;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Browsers leave without a word: what they were told goes on for those who stay. */
class GoneClientTest {

  @Test
  @Timeout(60)
  void leavesOthersTheirEvents(@TempDir Path folder) throws IOException {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      GatewayBench.Client acme = bench.tenant("acme");
      for (int i = 0; i < 8; i++) {
        try (Socket gone =
            new Socket(InetAddress.getLoopbackAddress(), bench.gateway.address().getPort())) {
          gone.setSoLinger(true, 0); // ends with a reset, as a killed tab's does
          gone.getOutputStream()
              .write(
                  ("GET "
                          + GENERATIONS
                          + "/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                          + acme.secret
                          + "\r\n\r\n")
                      .getBytes(StandardCharsets.US_ASCII));
          InputStream in = gone.getInputStream();
          assertThat(in.readNBytes(12)).asString(StandardCharsets.US_ASCII).endsWith("200");
        }
        acme.ended(acme.create(PROMPT + " " + i).id());
      }

      try (GatewayBench.Listening stays = acme.listen(GENERATIONS + "/events")) {
        stays.next("ready");
        acme.create(PROMPT + ", the last");

        Event told = stays.until("state", "STORED");
        while (told != null && !told.data().contains("the last")) {
          told = stays.until("state", "STORED"); // a stream begins a little before its time
        }
        assertThat(told).isNotNull();
      }
    }
  }
}
