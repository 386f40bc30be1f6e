package badsample.adapter.rest.wire;

import badsample.adapter.rest.tenants.KnowsTheWire;
import org.jspecify.annotations.Nullable;

/** With what it refers to, a circle. */
public class KnowsTenants {
  @Nullable KnowsTheWire other;
}
