package badsample.service;

/** Core that looks at the machine's clock. */
public class ReadsTheClock {
  java.time.Instant now() {
    return java.time.Instant.now();
  }
}
