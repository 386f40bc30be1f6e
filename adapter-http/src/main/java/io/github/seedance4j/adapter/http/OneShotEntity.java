package io.github.seedance4j.adapter.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A create call's body: it can be written once, by whatever client. A client that repeats calls by
 * itself gets an exception instead of a second charge.
 */
final class OneShotEntity extends AbstractHttpEntity {

  private final byte[] json;
  private final Wire wire;
  private final AtomicBoolean written = new AtomicBoolean();

  OneShotEntity(byte[] json, Wire wire) {
    super(ContentType.APPLICATION_JSON, null);
    this.json = json;
    this.wire = wire;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    if (!written.compareAndSet(false, true)) {
      throw new IOException("a create call is never sent twice");
    }
    wire.markSent();
    out.write(json);
    out.flush();
  }

  @Override
  public InputStream getContent() throws IOException {
    if (!written.compareAndSet(false, true)) {
      throw new IOException("a create call is never sent twice");
    }
    wire.markSent();
    return new ByteArrayInputStream(json);
  }

  @Override
  public long getContentLength() {
    return json.length;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public void close() {}
}
