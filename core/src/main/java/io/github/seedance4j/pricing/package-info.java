/**
 * What a generation costs. Start at {@link io.github.seedance4j.pricing.Tariff}, which turns a
 * valid request into a {@link io.github.seedance4j.pricing.Quote} and a finished one into a {@link
 * io.github.seedance4j.pricing.Bill}. Decimals are exact; binary floating point must not come in.
 */
@NullMarked
package io.github.seedance4j.pricing;

import org.jspecify.annotations.NullMarked;
