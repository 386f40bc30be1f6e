package io.github.seedance4j.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.CreateReply.Phase;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A transport whose pauses are counted instead of slept. */
abstract class TransportFixture {

  static final ApiKey KEY = ApiKey.of("th-s3cret-0123456789");
  static final byte[] JSON = "{\"prompt\":\"x\"}".getBytes(StandardCharsets.UTF_8);

  final List<Duration> slept = new CopyOnWriteArrayList<>();
  final Pause counted =
      new Pause() {
        @Override
        public boolean sleep(Duration length) {
          slept.add(length);
          return true;
        }

        @Override
        public double chance() {
          return 1;
        }
      };

  ApiTransport open(URI base, HttpOptions options) {
    return new ApiTransport(KEY, base, options, null, counted);
  }

  ApiTransport open(URI base) {
    return open(base, HttpOptions.standard());
  }

  static Phase phase(Exchange exchange) {
    assertThat(exchange).isInstanceOf(Exchange.Broken.class);
    return ((Exchange.Broken) exchange).phase();
  }
}
