package badsample.request;

/** Core that knows a database. */
class UsesJdbc {
  java.sql.@org.jspecify.annotations.Nullable Connection connection;
}
