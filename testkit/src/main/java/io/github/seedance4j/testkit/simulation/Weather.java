package io.github.seedance4j.testkit.simulation;

/**
 * How likely each kind of trouble is in a run: drawn for each run anew, often none, so that one
 * kind does not hide what another one would show.
 *
 * @param crash of a process, at a call of a port
 * @param race of something else happening meanwhile
 * @param journal of the journal failing
 * @param listener of a listener throwing
 * @param create of trouble with a create call
 * @param slow of an answer that takes its time
 * @param poll of trouble with a question for a task
 * @param fetch of trouble with a transfer
 * @param store of trouble with the clip store
 * @param room of an executor that has none
 */
record Weather(
    double crash,
    double race,
    double journal,
    double listener,
    double create,
    double slow,
    double poll,
    double fetch,
    double store,
    double room) {

  static final Weather CALM = new Weather(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  static Weather drawn(Chance chance) {
    return new Weather(
        some(chance, 0.012),
        some(chance, 0.08),
        some(chance, 0.02),
        some(chance, 0.15),
        some(chance, 0.6),
        some(chance, 0.3),
        some(chance, 0.3),
        some(chance, 0.6),
        some(chance, 0.4),
        some(chance, 0.03));
  }

  private static double some(Chance chance, double most) {
    return switch (chance.below(4)) {
      case 0 -> 0;
      case 1 -> most / 4;
      case 2 -> most / 2;
      default -> most;
    };
  }
}
