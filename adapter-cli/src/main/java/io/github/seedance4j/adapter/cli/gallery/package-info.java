/**
 * The page of clips: what it shows and how it is drawn. Begin with {@link
 * io.github.seedance4j.adapter.cli.gallery.Gallery}, which becomes one self-contained HTML text in
 * {@link io.github.seedance4j.adapter.cli.gallery.GalleryPage}. Knows neither jobs nor files, and
 * no text gets past {@code Html} without being escaped.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.gallery;

import org.jspecify.annotations.NullMarked;
