package io.github.seedance4j.adapter.store;

class ThreeProcessesOnSqliteTest extends ThreeProcesses {
  ThreeProcessesOnSqliteTest() {
    super(TestDatabase.SQLITE);
  }
}
