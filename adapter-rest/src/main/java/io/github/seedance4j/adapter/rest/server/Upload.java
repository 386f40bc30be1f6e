package io.github.seedance4j.adapter.rest.server;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose handler reads the body as it comes, up to its limit. */
final class Upload extends Request.Wrapper {

  private long left;
  private Content.@Nullable Chunk refusal;

  Upload(Request wrapped, long most) {
    super(wrapped);
    left = most;
  }

  @Override
  public Content.@Nullable Chunk read() {
    if (refusal != null) {
      return refusal;
    }
    Content.Chunk chunk = super.read();
    if (chunk != null && (left -= chunk.remaining()) < 0) {
      chunk.release();
      refusal =
          Content.Chunk.from(
              new HttpException.RuntimeException(HttpStatus.PAYLOAD_TOO_LARGE_413), true);
      return refusal;
    }
    return chunk;
  }
}
