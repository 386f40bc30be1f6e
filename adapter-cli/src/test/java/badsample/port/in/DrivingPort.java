package badsample.port.in;

/** What drives. */
public interface DrivingPort {}
