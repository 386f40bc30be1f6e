/**
 * Pictures, clips and sounds that callers bring, so that the provider can fetch them. Start at
 * {@link io.github.seedance4j.adapter.rest.upload.Uploads}. What they are used for is no business
 * of this.
 */
@NullMarked
package io.github.seedance4j.adapter.rest.upload;

import org.jspecify.annotations.NullMarked;
