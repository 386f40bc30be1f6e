package io.javalin;

/** Stands in for the real one, which this module does not have, so that a rule can bite. */
public class Javalin {}
