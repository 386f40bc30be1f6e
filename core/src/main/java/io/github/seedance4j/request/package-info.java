/**
 * What a request may hold. Start at {@link io.github.seedance4j.request.GenerationDraft}, which
 * {@link io.github.seedance4j.request.RequestRules} judges against a {@link
 * io.github.seedance4j.request.ModelCatalog}. Limits are data of the catalogue: no number of a
 * model belongs into the code here, and no price either.
 */
@NullMarked
package io.github.seedance4j.request;

import org.jspecify.annotations.NullMarked;
