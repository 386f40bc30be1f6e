package badsample.request;

/** Core that knows a JSON library. */
class UsesJackson {
  tools.jackson.databind.@org.jspecify.annotations.Nullable ObjectMapper mapper;
}
