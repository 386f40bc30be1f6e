package badsample.testkit.contract;

/** A contract that takes more than it needs. */
public class NeedsArchUnit {
  com.tngtech.archunit.core.domain.@org.jspecify.annotations.Nullable JavaClasses classes;
}
