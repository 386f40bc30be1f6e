package io.github.seedance4j.adapter.rest.server;

/**
 * What the server did against clients since it started; figures only grow.
 *
 * @param slowHeads connections cut because a request's head did not come
 * @param slowBodies cut because a body came too slowly
 * @param slowReaders cut because an answer was taken too slowly
 * @param idle closed because nothing was asked
 * @param evicted closed to let another one in
 * @param turnedAway new connections for which there was no room
 * @param busy requests answered with 503
 */
public record Tally(
    long slowHeads,
    long slowBodies,
    long slowReaders,
    long idle,
    long evicted,
    long turnedAway,
    long busy) {}
