/**
 * Who may call a front end that several share: tenants, their keys, and the answers that they were
 * given. Start at {@link io.github.seedance4j.tenant.AccessKey}. No secret is ever kept here, only
 * digests.
 */
@NullMarked
package io.github.seedance4j.tenant;

import org.jspecify.annotations.NullMarked;
