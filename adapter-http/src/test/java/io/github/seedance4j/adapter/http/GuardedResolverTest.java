package io.github.seedance4j.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.GiveUpException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedResolverTest {

  private final GuardedResolver strict = new GuardedResolver(InetAddress::getAllByName, false);
  private final GuardedResolver sandbox = new GuardedResolver(InetAddress::getAllByName, true);

  // a private address has many spellings, and the resolver sees literals too

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.1",
        "2130706433",
        "127.0.0.1",
        "localhost",
        "[::1]",
        "::1",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:10.0.0.1]",
        "[::127.0.0.1]",
        "[0:0:0:0:0:ffff:169.254.169.254]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "0",
        "169.254.169.254"
      })
  void refusesEverySpellingOfAPrivateAddress(String host) {
    assertThatThrownBy(() -> strict.resolve(host)).isInstanceOf(GiveUpException.class);
  }

  // the JDK's own questions miss ranges: only a table tells what is global unicast

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.0",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.0.0",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.255",
        "192.0.2.0",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:1ff:ffff::1",
        "2001:db8::1",
        "2002::1",
        "2002:808:808::1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "1fff::1"
      })
  void refusesWhatIsNotGlobalUnicast(String literal) throws UnknownHostException {
    assertThat(GlobalUnicast.contains(InetAddress.getByName(literal))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.15",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.88.98.255",
        "192.88.100.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "2000::1",
        "2001:200::1",
        "2001:db7:ffff::1",
        "2001:db9::1",
        "2003::1",
        "2606:4700::1111",
        "3ffe::1",
        "3fff:1000::1"
      })
  void letsTheNeighboursThrough(String literal) throws UnknownHostException {
    assertThat(strict.resolve(literal)).hasSize(1);
  }

  // a name must not lead elsewhere once it is checked

  @Test
  void pinsWhatItHasChecked() throws Exception {
    InetAddress[] open = {InetAddress.getByName("8.8.8.8")};
    int[] asked = {0};
    GuardedResolver resolver =
        new GuardedResolver(
            host -> {
              asked[0]++;
              return open;
            },
            false);
    assertThat(resolver.resolve("clips.example")).isSameAs(open);
    assertThat(asked[0]).isEqualTo(1);
  }

  @Test
  void refusesANameThatAlsoHasAPrivateAddress() throws Exception {
    InetAddress[] mixed = {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")};
    GuardedResolver resolver = new GuardedResolver(host -> mixed, false);
    assertThatThrownBy(() -> resolver.resolve("rebind.example"))
        .isInstanceOf(GiveUpException.class)
        .hasMessage(
            "the link leads to rebind.example, which is no public address; it is not called"
                + " (a sandbox needs allowLoopback)");
  }

  // the client turns xn-- into letters, which no name server knows

  @Test
  void looksInternationalNamesUpAsNameServersKnowThem() throws Exception {
    StringBuilder asked = new StringBuilder();
    GuardedResolver resolver =
        new GuardedResolver(
            host -> {
              asked.append(host);
              return new InetAddress[] {InetAddress.getByName("8.8.8.8")};
            },
            false);
    resolver.resolve("caf\u00e9.example");
    assertThat(asked).hasToString("xn--caf-dma.example");
    assertThatThrownBy(() -> resolver.resolve("\u00e9..example"))
        .isInstanceOf(UnknownHostException.class);
  }

  // what listens on this machine may count on a firewall outside, which we are behind

  @Test
  void refusesThisMachinesOwnPublicAddress() throws Exception {
    InetAddress own = InetAddress.getByName("8.8.8.8");
    GuardedResolver resolver = new GuardedResolver(InetAddress::getAllByName, own::equals, false);
    assertThatThrownBy(() -> resolver.resolve("8.8.8.8")).isInstanceOf(GiveUpException.class);
    assertThat(resolver.resolve("8.8.4.4")).hasSize(1);
  }

  @Test
  void callsNobodyWhereItCantBeToldWhoseAddressItIs() throws Exception {
    GuardedResolver.Own none =
        address -> {
          throw new SocketException("Too many open files");
        };
    GuardedResolver resolver = new GuardedResolver(InetAddress::getAllByName, none, false);
    assertThatThrownBy(() -> resolver.resolve("8.8.8.8")).isInstanceOf(UnknownHostException.class);
  }

  // a sandbox, and a proxy that resolves by itself, loosen that no further than said

  @Test
  void opensLoopbackAndNothingElseForASandbox() throws Exception {
    assertThat(sandbox.resolve("127.0.0.1")).hasSize(1);
    assertThat(sandbox.resolve("127.9.9.9")).hasSize(1);
    assertThat(sandbox.resolve("[::1]")).hasSize(1);
    for (String host :
        new String[] {"10.0.0.1", "0.0.0.0", "169.254.169.254", "[::]", "[fe80::1]", "[fc00::1]"}) {
      assertThatThrownBy(() -> sandbox.resolve(host)).isInstanceOf(GiveUpException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost",
        "a.localhost.",
        "127.0.0.1",
        "127.0.0.1.",
        "127.0.0.1..",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "8.8",
        "[::1]",
        "[fd00::1]",
        "10.1.2.3"
      })
  void refusesWrittenPrivateAddressesWhereAProxyResolves(String host) {
    assertThatThrownBy(() -> strict.checkWritten(host)).isInstanceOf(GiveUpException.class);
  }

  @Test
  void leavesNamesToTheProxy() {
    strict.checkWritten("clips.example");
    strict.checkWritten("8.8.8.8");
    strict.checkWritten("0xclips.example");
    sandbox.checkWritten("localhost");
  }
}
