package badsample.adapter.rest.tenants;

import badsample.adapter.rest.wire.KnowsTenants;
import org.jspecify.annotations.Nullable;

/** With what it refers to, a circle. */
public class KnowsTheWire {
  @Nullable KnowsTenants other;
}
