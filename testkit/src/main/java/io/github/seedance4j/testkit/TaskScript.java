package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FaultJson;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.util.List;

/** What shall become of a task that is booked already. */
public final class TaskScript {

  private final FakeTokenHub hub;
  private final HubTask task;

  TaskScript(FakeTokenHub hub, HubTask task) {
    this.hub = hub;
    this.task = task;
  }

  /**
   * Faults beside those that it carries, from now on. A task gets one adjust of its charge at most:
   * a refund of what was adjusted to its real length already does not come.
   *
   * @throws IllegalArgumentException for faults that strike creates or connections
   */
  public FakeTokenHub with(Fault... faults) {
    for (Fault fault : faults) {
      if (!(fault instanceof TaskFault) && !(fault instanceof FileFault)) {
        throw new IllegalArgumentException(
            "faults: those of a task or its file, not "
                + JsonWriter.write(FaultJson.write(fault))
                + ", for it is booked already");
      }
    }
    task.faults().add(List.of(faults));
    return hub;
  }
}
