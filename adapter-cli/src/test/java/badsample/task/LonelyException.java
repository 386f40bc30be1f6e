package badsample.task;

/** An exception outside the family. */
public class LonelyException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
