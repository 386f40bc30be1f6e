package io.github.seedance4j.adapter.store;

import org.junit.jupiter.api.Tag;

@Tag("long")
class ThreeProcessesOnPostgresTest extends ThreeProcesses {
  ThreeProcessesOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
