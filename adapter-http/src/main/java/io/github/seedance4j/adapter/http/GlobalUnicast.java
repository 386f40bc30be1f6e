package io.github.seedance4j.adapter.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses a link from outside may lead to: global unicast, by a table of our own. The JDK's
 * {@code isSiteLocalAddress} and its kin miss about half of what is reserved. Figures: the IANA
 * special-purpose address registries for IPv4 and IPv6, and 168.63.129.16, a public address at
 * which Azure serves each machine its own secrets.
 */
final class GlobalUnicast {

  private static final List<Block> RESERVED_4 =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "168.63.129.16/32",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  /** Everything else of IPv6 is not unicast, not global, or a tunnel to IPv4. */
  private static final Block ASSIGNED_6 = Block.of("2000::/3");

  private static final List<Block> RESERVED_6 =
      blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private static final Block LOOPBACK_4 = Block.of("127.0.0.0/8");
  private static final Block LOOPBACK_6 = Block.of("::1/128");

  private GlobalUnicast() {}

  /** IPv6 forms that hold a mapped IPv4 address are judged as that one: the JDK unwraps them. */
  static boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return RESERVED_4.stream().noneMatch(block -> block.holds(bytes));
    }
    return ASSIGNED_6.holds(bytes) && RESERVED_6.stream().noneMatch(block -> block.holds(bytes));
  }

  static boolean isLoopback(InetAddress address) {
    byte[] bytes = address.getAddress();
    return LOOPBACK_4.holds(bytes) || LOOPBACK_6.holds(bytes);
  }

  private static List<Block> blocks(String... cidrs) {
    return List.of(cidrs).stream().map(Block::of).toList();
  }

  /** All addresses that begin with the same bits. */
  private static final class Block {

    private final byte[] prefix;
    private final int bits;

    private Block(byte[] prefix, int bits) {
      this.prefix = prefix;
      this.bits = bits;
    }

    static Block of(String cidr) {
      int slash = cidr.indexOf('/');
      try {
        return new Block(
            InetAddress.getByName(cidr.substring(0, slash)).getAddress(),
            Integer.parseInt(cidr.substring(slash + 1)));
      } catch (UnknownHostException e) {
        throw new IllegalStateException("a literal needs no look-up: " + cidr, e);
      }
    }

    boolean holds(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
