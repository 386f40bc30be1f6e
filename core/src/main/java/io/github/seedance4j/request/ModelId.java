package io.github.seedance4j.request;

/**
 * The provider's name for a model. An open value: any text is one, and the {@link ModelCatalog}
 * says which are known.
 */
public record ModelId(String value) {

  public static final ModelId SEEDANCE_2_0 = new ModelId("doubao-seedance-2.0");
  public static final ModelId SEEDANCE_2_0_FAST = new ModelId("doubao-seedance-2.0-fast");

  public ModelId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("value: a model id is not blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
