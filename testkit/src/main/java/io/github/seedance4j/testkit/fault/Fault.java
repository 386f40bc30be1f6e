package io.github.seedance4j.testkit.fault;

/**
 * One way in which the fake provider misbehaves; the named scenarios of {@code FakeTokenHub.next()}
 * are made of these. Grouped by what they strike. Each is a record, so that it can be written as
 * JSON ({@link FaultJson}), and each has a row in docs/faults.md.
 */
public sealed interface Fault permits ConnectionFault, CreateFault, TaskFault, FileFault {}
