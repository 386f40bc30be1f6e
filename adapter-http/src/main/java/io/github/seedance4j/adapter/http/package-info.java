/**
 * Hardened HTTP for the providers beside it: start at {@link
 * io.github.seedance4j.adapter.http.ApiTransport} for calls, {@link
 * io.github.seedance4j.adapter.http.ClipDownloads} for clips, {@link
 * io.github.seedance4j.adapter.http.HttpMediaProbe} for a look at input. Every HttpClient comes
 * from one factory in here. What a provider's fields and codes mean must not come in.
 */
@NullMarked
package io.github.seedance4j.adapter.http;

import org.jspecify.annotations.NullMarked;
