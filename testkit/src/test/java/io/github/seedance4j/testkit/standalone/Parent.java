package io.github.seedance4j.testkit.standalone;

/** Starts a fake in a process of its own, says which one, and never ends it. */
final class Parent {

  private Parent() {}

  public static void main(String[] args) throws Exception {
    HubProcess hub = HubProcess.start();
    System.out.println(hub.pid());
    Thread.currentThread().join();
  }
}
