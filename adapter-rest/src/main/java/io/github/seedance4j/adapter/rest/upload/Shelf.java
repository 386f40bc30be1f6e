package io.github.seedance4j.adapter.rest.upload;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Uploads on disk: a directory for each tenant, in it whole files under their ids, and what is
 * still coming in under names that begin with a dot. The directory is all there is to know, so that
 * gateways can share it. Thread-safe.
 */
final class Shelf {

  private final Path root;
  private final long quota;
  private final Map<String, Long> coming = new HashMap<>();

  /**
   * @param quota how many bytes each tenant may have there
   */
  Shelf(Path root, long quota) {
    this.root = root;
    this.quota = quota;
  }

  /** A whole file. */
  record Item(UploadId id, Path path, long bytes, Instant made) {}

  Path root() {
    return root;
  }

  /**
   * Sets that many bytes of a tenant's quota aside, until they are given back.
   *
   * @return how many are left instead, if they are too few
   */
  synchronized Optional<Long> reserve(String tenant, long bytes) throws IOException {
    long left = quota - used(tenant) - coming.getOrDefault(tenant, 0L);
    if (bytes > left) {
      return Optional.of(Math.max(0, left));
    }
    coming.merge(tenant, bytes, Long::sum);
    return Optional.empty();
  }

  synchronized void giveBack(String tenant, long bytes) {
    coming.computeIfPresent(tenant, (name, before) -> before == bytes ? null : before - bytes);
  }

  private long used(String tenant) throws IOException {
    return items(root.resolve(tenant)).stream().mapToLong(Item::bytes).sum();
  }

  /** A new file of a tenant's, which is nobody's upload yet. */
  Path begin(String tenant) throws IOException {
    Path folder = Files.createDirectories(root.resolve(tenant));
    return Files.createFile(folder.resolve("." + UUID.randomUUID()));
  }

  /** Makes a file that is whole and synced an upload, for good. */
  Item finish(Path file, UploadId id) throws IOException {
    Path target = file.resolveSibling(id.value());
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder =
        FileChannel.open(target.toAbsolutePath().resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    }
    return item(target).orElseThrow(() -> new NoSuchFileException(target.toString()));
  }

  /** That upload, if that tenant has it. */
  Optional<Item> find(String tenant, UploadId id) throws IOException {
    return item(root.resolve(tenant).resolve(id.value()));
  }

  /** That upload, whoever has it. */
  Optional<Item> find(UploadId id) throws IOException {
    for (String tenant : tenants()) {
      Optional<Item> item = find(tenant, id);
      if (item.isPresent()) {
        return item;
      }
    }
    return Optional.empty();
  }

  /** A tenant's, newest first. */
  List<Item> list(String tenant) throws IOException {
    List<Item> items = items(root.resolve(tenant));
    items.sort(
        Comparator.comparing(Item::made).reversed().thenComparing(item -> item.id().value()));
    return items;
  }

  List<String> tenants() throws IOException {
    List<String> tenants = new ArrayList<>();
    for (Path folder : entries(root)) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        tenants.add(String.valueOf(folder.getFileName()));
      }
    }
    return tenants;
  }

  /**
   * Deletes uploads that were made before then, and what began to come in before that and did not.
   *
   * @return how many files that were
   */
  int sweep(Instant madeBefore, Instant begunBefore) throws IOException {
    int count = 0;
    for (String tenant : tenants()) {
      for (Path file : entries(root.resolve(tenant))) {
        boolean whole = UploadId.of(String.valueOf(file.getFileName())).isPresent();
        BasicFileAttributes found = attributes(file);
        if (found != null
            && found.lastModifiedTime().toInstant().isBefore(whole ? madeBefore : begunBefore)
            && Files.deleteIfExists(file)) {
          count++;
        }
      }
    }
    return count;
  }

  private static List<Item> items(Path folder) throws IOException {
    List<Item> items = new ArrayList<>();
    for (Path file : entries(folder)) {
      item(file).ifPresent(items::add);
    }
    return items;
  }

  private static Optional<Item> item(Path file) throws IOException {
    UploadId id = UploadId.of(String.valueOf(file.getFileName())).orElse(null);
    BasicFileAttributes found = id == null ? null : attributes(file);
    return id == null || found == null
        ? Optional.empty()
        : Optional.of(new Item(id, file, found.size(), found.lastModifiedTime().toInstant()));
  }

  /** Null where there is no plain file. */
  private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile() ? found : null;
    } catch (NoSuchFileException gone) {
      return null;
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(entries::add);
    } catch (NoSuchFileException | NotDirectoryException none) {
      return entries;
    }
    return entries;
  }
}
