package io.github.seedance4j.adapter.rest.form;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of a job of unknown outcome.
 *
 * @param resolution attach, lost or resubmit; empty where it is missing
 * @param taskId the task that the provider made of it, to attach
 * @param acceptSecondCharge whether it may cost its price once more, to resubmit
 */
public record Resolution(
    @NotBlank @Pattern(regexp = "attach|lost|resubmit") String resolution,
    @Nullable @Pattern(regexp = "[\\x21-\\x7e]{1,256}") String taskId,
    boolean acceptSecondCharge) {

  /** To attach takes the task's id. */
  @AssertTrue(message = "task_id: to attach takes the id of the task")
  public boolean isTaskNamed() {
    return !"attach".equals(resolution) || taskId != null;
  }

  /** Nobody pays twice by a slip. */
  @AssertTrue(
      message =
          "accept_second_charge: true says that it may be charged a second time, which it may be")
  public boolean isSecondChargeAccepted() {
    return !"resubmit".equals(resolution) || acceptSecondCharge;
  }
}
