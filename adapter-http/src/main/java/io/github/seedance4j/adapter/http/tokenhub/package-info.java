/**
 * TokenHub as a video provider: start at {@link
 * io.github.seedance4j.adapter.http.tokenhub.TokenHub}. What its JSON looks like and what its codes
 * mean stays in here; sockets, limits and retries stay in the package above.
 */
@NullMarked
package io.github.seedance4j.adapter.http.tokenhub;

import org.jspecify.annotations.NullMarked;
