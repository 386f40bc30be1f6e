package badsample.error;

/** The family. */
public class SeedanceException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
