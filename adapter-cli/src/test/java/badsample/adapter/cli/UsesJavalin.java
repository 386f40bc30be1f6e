package badsample.adapter.cli;

/** Takes a library that belongs to another adapter. */
class UsesJavalin {
  io.javalin.@org.jspecify.annotations.Nullable Javalin javalin;
}
