package io.github.seedance4j.adapter.rest.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** A request whose handler reads the body as it comes, up to its limit. */
final class Upload extends Request.Wrapper {

  private final Response response;
  private final long most;
  private long taken;
  private Content.@Nullable Chunk refusal;

  Upload(Request wrapped, Response response, long most) {
    super(wrapped);
    this.response = response;
    this.most = most;
  }

  @Override
  public Content.@Nullable Chunk read() {
    if (refusal != null) {
      return refusal;
    }
    Content.Chunk chunk = super.read();
    if (chunk == null) {
      return null;
    }
    taken += chunk.remaining();
    if (taken <= most) {
      return chunk;
    }
    chunk.release();
    if (!response.isCommitted()) {
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
    refusal = Content.Chunk.from(new BodyTooLarge(most), true);
    return refusal;
  }
}
