package io.github.seedance4j.adapter.store;

import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.tenant.AccessKey;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Driven port {@link AccessKeyStore} beside the jobs. A key is found by one read of one index: the
 * gateway asks with every request, and keeps nothing in mind, so that what is revoked is so at
 * once.
 */
final class JdbcAccessKeyStore implements AccessKeyStore {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String NO_FIELDS = "[]";

  private static final String COLUMNS =
      "id, tenant, role, per_minute, extra_fields, created_at, revoked_at";
  private static final String ADD =
      "INSERT INTO access_key (sha256, "
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String BY_DIGEST = "SELECT " + COLUMNS + " FROM access_key WHERE sha256 = ?";
  private static final String BY_ID = "SELECT " + COLUMNS + " FROM access_key WHERE id = ?";
  private static final String ALL =
      "SELECT " + COLUMNS + " FROM access_key ORDER BY created_at, number";
  private static final String REVOKE =
      "UPDATE access_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL";

  private final Database database;

  JdbcAccessKeyStore(Database database) {
    this.database = database;
  }

  @Override
  public void add(AccessKey key, String sha256) {
    String fields = written(key.extraFields());
    Long revoked = key.revoked().map(Columns::micros).orElse(null);
    Long perMinute = key.perMinute() == null ? null : key.perMinute().longValue();
    boolean added =
        database.write(
            session ->
                session.update(
                        ADD,
                        sha256,
                        key.id(),
                        key.tenant().value(),
                        key.role().name(),
                        perMinute,
                        fields,
                        Columns.micros(key.createdAt()),
                        revoked)
                    == 1);
    if (!added) {
      throw new IllegalArgumentException("key: " + key.id() + " is there already, or its digest");
    }
  }

  @Override
  public Optional<AccessKey> findByDigest(String sha256) {
    return Texts.isStorable(sha256)
        ? database.read(session -> session.first(BY_DIGEST, JdbcAccessKeyStore::key, sha256))
        : Optional.empty();
  }

  @Override
  public List<AccessKey> all() {
    return database.read(session -> session.list(ALL, JdbcAccessKeyStore::key));
  }

  @Override
  public Optional<AccessKey> revoke(String id, Instant now) {
    if (!Texts.isStorable(id)) {
      return Optional.empty();
    }
    return database.write(
        session -> {
          session.update(REVOKE, Columns.micros(now), id);
          return session.first(BY_ID, JdbcAccessKeyStore::key, id);
        });
  }

  private static AccessKey key(ResultSet row) throws SQLException {
    int perMinute = row.getInt(4);
    Integer limit = row.wasNull() ? null : perMinute;
    long revoked = row.getLong(7);
    Instant revokedAt = row.wasNull() ? null : Columns.moment(revoked);
    return new AccessKey(
        row.getString(1),
        new TenantId(row.getString(2)),
        Role.valueOf(row.getString(3)),
        limit,
        fields(row.getString(5)),
        Columns.moment(row.getLong(6)),
        revokedAt);
  }

  /** In one order, so that a key's row is the same wherever it is written. */
  private static String written(Set<String> fields) {
    fields.forEach(field -> Texts.requireStorable("extraFields", field));
    return fields.isEmpty()
        ? NO_FIELDS
        : MAPPER.writeValueAsString(fields.stream().sorted().toList());
  }

  private static Set<String> fields(String text) {
    if (text.equals(NO_FIELDS)) {
      return Set.of();
    }
    try {
      Set<String> fields = new LinkedHashSet<>();
      for (Object field : MAPPER.readValue(text, List.class)) {
        fields.add((String) field);
      }
      return fields;
    } catch (JacksonException | ClassCastException e) {
      throw new IllegalStateException("a key's extra fields can't be read: " + text, e);
    }
  }
}
