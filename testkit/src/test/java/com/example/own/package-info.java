/**
 * A provider of a stranger, as docs/contracts.md shows it: with the public types of the library and
 * the testkit only. Start at {@link com.example.own.OwnProviderContractTest}.
 */
@NullMarked
package com.example.own;

import org.jspecify.annotations.NullMarked;
