/**
 * The domain of seedance4j: requests and their rules, prices, tasks, jobs, ports and the service.
 */
module io.github.seedance4j.core {
  requires static transitive org.jspecify;
  requires transitive jakarta.validation;

  exports io.github.seedance4j.error;
  exports io.github.seedance4j.job;
  exports io.github.seedance4j.media;
  exports io.github.seedance4j.port.in;
  exports io.github.seedance4j.port.out;
  exports io.github.seedance4j.pricing;
  exports io.github.seedance4j.request;
  exports io.github.seedance4j.service;
  exports io.github.seedance4j.task;
  exports io.github.seedance4j.tenant;
}
