package io.github.seedance4j.adapter.rest.form;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose usage to tell, and how.
 *
 * @param format json or csv
 * @param tenant only that tenant's; an admin's to say
 */
public record UsageQuery(
    @Nullable @Pattern(regexp = "json|csv") String format,
    @Nullable @Pattern(regexp = "[a-z0-9][a-z0-9._-]{0,62}") String tenant) {}
