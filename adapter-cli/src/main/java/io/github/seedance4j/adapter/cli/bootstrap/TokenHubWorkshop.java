package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.Workshop;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.ModelCatalog;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Puts service, TokenHub client and sandbox together. */
final class TokenHubWorkshop implements Workshop {

  @Override
  public ModelCatalog catalog() {
    return ModelCatalog.tokenHub();
  }

  @Override
  public Tariff tariff() {
    return Tariff.tokenHub();
  }

  @Override
  public Bench open(Setup setup) {
    throw new UnsupportedOperationException("being wired");
  }

  @Override
  public Sandbox sandbox(int port, @Nullable Path ledger) {
    throw new UnsupportedOperationException("being wired");
  }
}
