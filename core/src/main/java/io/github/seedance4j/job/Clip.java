package io.github.seedance4j.job;

import io.github.seedance4j.task.ClipLength;
import java.nio.file.Path;

/**
 * A whole clip on disk: its length was checked, its MP4 boxes walked to the end, its bytes synced.
 *
 * @param path where it was put; a {@code ClipStore} may have moved it since
 * @param bytes its size
 * @param sha256 lower-case hex, of the bytes that the provider sent
 * @param length how long it really plays
 */
public record Clip(Path path, long bytes, String sha256, ClipLength length) {}
