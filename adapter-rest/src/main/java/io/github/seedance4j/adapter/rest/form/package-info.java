/**
 * Everything that the gateway takes in, as forms under Jakarta Validation. Start at {@link
 * io.github.seedance4j.adapter.rest.form.Forms}. What becomes of a valid form is no business of
 * this.
 */
@NullMarked
package io.github.seedance4j.adapter.rest.form;

import org.jspecify.annotations.NullMarked;
