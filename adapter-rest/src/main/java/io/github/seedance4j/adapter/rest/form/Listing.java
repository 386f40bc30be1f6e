package io.github.seedance4j.adapter.rest.form;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list.
 *
 * @param limit how many at most
 * @param after the id of the last one of the page before
 * @param status only those that show it
 * @param tenant only that tenant's; an admin's to say
 */
public record Listing(
    @Min(1) @Max(100) int limit,
    @Nullable @Pattern(regexp = "job-[a-z0-9]{8,40}") String after,
    @Nullable @Pattern(regexp = "queued|running|succeeded|failed|unknown") String status,
    @Nullable @Pattern(regexp = "[a-z0-9][a-z0-9._-]{0,62}") String tenant) {}
