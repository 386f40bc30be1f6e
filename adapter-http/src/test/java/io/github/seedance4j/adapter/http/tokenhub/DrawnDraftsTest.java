package io.github.seedance4j.adapter.http.tokenhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.check.Enforcement;
import io.github.seedance4j.testkit.generate.Seeds;
import io.github.seedance4j.testkit.ledger.Charge;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever valid draft is drawn: the provider takes it, for no more than was set aside. */
class DrawnDraftsTest {

  private static final HttpOptions SANDBOX = HttpOptions.builder().allowLoopback(true).build();
  private static final RequestRules RULES = RequestRules.of(ModelCatalog.tokenHub());
  private static final Tariff TARIFF = Tariff.tokenHub();

  @ParameterizedTest
  @EnumSource
  void areTakenAndChargedWithinTheirQuote(Billing billing) {
    try (FakeTokenHub hub =
            FakeTokenHub.builder().enforce(Enforcement.ALL).billing(billing).start();
        TokenHubProvider provider =
            TokenHub.provider(ApiKey.of("th-fake"), hub.baseUrl(), SANDBOX)) {
      Seeds.check(300, drafts -> isCharged(hub, provider, drafts.valid()));
    }
  }

  private static void isCharged(FakeTokenHub hub, VideoProvider provider, GenerationDraft draft) {
    GenerationRequest request = RULES.judge(draft).request().orElseThrow();
    Quote quote = TARIFF.quote(request);
    VideoProvider.Create create = provider.prepare(request);
    GenerationDraft again = GenerationDraft.read(draft.toMap());
    assertThat(provider.prepare(RULES.judge(again).request().orElseThrow()).bodySha256())
        .as("the digest of the same draft: %s", draft.toMap())
        .isEqualTo(create.bodySha256());

    CreateReply reply = create.send();

    assertThat(reply).as("%s", draft.toMap()).isInstanceOf(CreateReply.Answered.class);
    assertThat(((CreateReply.Answered) reply).task())
        .as("%s: %s", reply, draft.toMap())
        .isNotNull();
    List<Charge> charges = hub.ledger().chargesForDigest(create.bodySha256());
    BigDecimal cost = charges.get(charges.size() - 1).cost(); // short drafts are drawn twice
    assertThat(Money.usd(cost.toPlainString()))
        .as("%s", draft.toMap())
        .isBetween(quote.low(), quote.hold());
  }
}
