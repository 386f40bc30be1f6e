package badsample.request;

/** A value. */
public class GenerationRequest {}
