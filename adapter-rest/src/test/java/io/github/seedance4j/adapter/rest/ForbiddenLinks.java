package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.PretendInternet.PUBLIC;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Links that nobody may be made to call, in every spelling that somebody has tried. */
final class ForbiddenLinks {

  private ForbiddenLinks() {}

  private static final List<String> IPV4 =
      words(
          """
          0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.0.0.2
          127.1.2.3 127.255.255.254 169.254.0.1 172.16.0.1 172.31.255.254 192.0.0.1 192.0.2.2
          192.88.99.1 192.168.0.1 192.168.255.254 198.18.0.1 198.19.255.254 198.51.100.1
          203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255""");

  /** Where clouds tell their machines secrets. */
  private static final List<String> METADATA =
      words(
          """
          169.254.169.254 169.254.170.2 169.254.0.23 100.100.100.200 192.0.0.192 168.63.129.16
          [fd00:ec2::254] [fe80::a9fe:a9fe] metadata.google.internal metadata instance-data""");

  private static final List<String> DISGUISED =
      words(
          """
          127.1 127.0.1 0 2130706433 017700000001 0x7f000001 0x7F.0.0.1 0x7f.1 0177.0.0.1 0177.1
          127.0.0.1. 127.000.000.001 00000177.0.0.1 127.0x0.0.1 0xA9FEA9FE 2852039166
          0251.0376.0251.0376 169.254.43518 169.16689662 10.1 192.168.257 3232235521 0x0a000001
          012.0.0.1 4294967295 192.168.0.1. 127.0.0.1..""");

  private static final List<String> IPV6 =
      words(
          """
          [::] [::1] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::127.0.0.1]
          [::7f00:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::FFFF:127.0.0.1]
          [0:0:0:0:0:ffff:169.254.169.254] [::ffff:a9fe:a9fe] [::ffff:10.0.0.1]
          [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::7f00:1]
          [100::1] [2001::1] [2001:0:7f00:1::1] [2001:10::1] [2001:20::1] [2001:db8::1]
          [2002:7f00:1::] [2002:a9fe:a9fe::1] [2002:0a00:0001::1] [3fff::1] [5f00::1] [fc00::1]
          [fd00::2] [fe80::1] [fe80::1%25lo] [fe80::1%lo] [::1%25lo] [::1%lo] [::1%251] [fec0::1]
          [ff02::1] [ff05::1:3] [1::1] [4000::1]""");

  private static final List<String> NAMES =
      words(
          """
          localhost LOCALHOST LocalHost localhost. localhost.localdomain ip6-localhost
          ip6-loopback a.localhost a.b.LOCALHOST. this-machine loopback.example LOOPBACK.EXAMPLE
          loopback.example. xn--lopback-n2a.example 127.0.0.1.loopback.example _odd_.example
          v6.example mapped.example private.example kubernetes.default.svc host.docker.internal
          first.example second.example third.example""");

  /** Which one reader takes for a host, and another for something else. */
  private static final List<String> ODD =
      words(
          """
          １２７.0.0.1 127。0。0。1 127．0．0．1 ①②⑦.0.0.1 ⓛocalhost ｌｏｃａｌｈｏｓｔ
          %31%32%37.0.0.1 127%2e0%2e0%2e1 localhost%00.example loopback.example%23 [::１]
          clips.example@127.0.0.1 clips.example:80@127.0.0.1 me:secret@localhost a@b@127.0.0.1
          clips.example%40127.0.0.1 clips.example\\@127.0.0.1""");

  private static final List<String> WHOLE =
      words(
          """
          https://127.0.0.1:PORT/ https://localhost:PORT/ HTTP://127.0.0.1:PORT/
          HTTPS://[::1]:PORT/ http://127.0.0.1/ http://127.0.0.1:80/ https://127.0.0.1/
          http://[::1]/ http://localhost:22/ http://127.0.0.1:6379/ http://127.0.0.1:/
          http://127.0.0.1:99999/ http://169.254.169.254/latest/meta-data/
          http://127.0.0.1:PORT@clips.example/ http://clips.example:PORT\\@127.0.0.1/
          http:127.0.0.1:PORT/ http:/127.0.0.1:PORT/ http:///127.0.0.1:PORT/
          http:\\\\127.0.0.1:PORT/ http://127.0.0.1:PORT?x http://127.0.0.1:PORT#x
          file:///etc/passwd file://127.0.0.1/etc/passwd ftp://127.0.0.1:PORT/x
          gopher://127.0.0.1:PORT/_x dict://127.0.0.1:PORT/ ldap://127.0.0.1:PORT/
          jar:http://127.0.0.1:PORT/!/ javascript:alert(1) data:video/mp4;base64,AAAA
          unix:/run/docker.sock""");

  private static final Map<String, List<String>> ADDRESSES =
      Map.ofEntries(
          Map.entry("clips.example", List.of(PUBLIC)),
          Map.entry("localhost", List.of("127.0.0.1", "::1")),
          Map.entry("localhost.localdomain", List.of("127.0.0.1")),
          Map.entry("ip6-localhost", List.of("::1")),
          Map.entry("ip6-loopback", List.of("::1")),
          Map.entry("a.localhost", List.of("127.0.0.1")),
          Map.entry("a.b.localhost", List.of("127.0.0.1")),
          Map.entry("this-machine", List.of("192.0.2.2")),
          Map.entry("loopback.example", List.of("127.0.0.1")),
          Map.entry("xn--lopback-n2a.example", List.of("127.0.0.1")),
          Map.entry("127.0.0.1.loopback.example", List.of("127.0.0.1")),
          Map.entry("_odd_.example", List.of("127.0.0.1")),
          Map.entry("v6.example", List.of("::1")),
          Map.entry("mapped.example", List.of("::ffff:127.0.0.1")),
          Map.entry("private.example", List.of("10.0.0.1")),
          Map.entry("kubernetes.default.svc", List.of("10.96.0.1")),
          Map.entry("host.docker.internal", List.of("172.17.0.1")),
          Map.entry("metadata.google.internal", List.of("169.254.169.254")),
          Map.entry("metadata", List.of("169.254.169.254")),
          Map.entry("instance-data", List.of("169.254.169.254")),
          // names with several addresses, of which one is good
          Map.entry("first.example", List.of("127.0.0.1", PUBLIC)),
          Map.entry("second.example", List.of(PUBLIC, "127.0.0.1")),
          Map.entry("third.example", List.of(PUBLIC, PUBLIC, "::1")));

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  /** All of them, to that port where they name one. */
  static List<String> to(int port) {
    List<String> links = new ArrayList<>();
    for (List<String> hosts : List.of(IPV4, METADATA, DISGUISED, IPV6, NAMES, ODD)) {
      hosts.forEach(host -> links.add("http://" + host + ":" + port + "/clip.mp4"));
    }
    WHOLE.forEach(link -> links.add(link.replace("PORT", Integer.toString(port))));
    return links;
  }

  /** Those whose host is written as an address, which no name server is ever asked for. */
  static List<String> literalsTo(int port) {
    List<String> links = new ArrayList<>();
    for (List<String> hosts : List.of(IPV4, DISGUISED, IPV6)) {
      hosts.forEach(host -> links.add("http://" + host + ":" + port + "/clip.mp4"));
    }
    links.add("http://localhost:" + port + "/clip.mp4");
    return links;
  }

  /** What these names and literals mean; asks nobody. */
  static InetAddress[] resolve(String host) throws UnknownHostException {
    String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
    List<String> known = ADDRESSES.get(name);
    if (known == null) {
      if (!name.matches("\\[.*]|[0-9a-fx.]+")) {
        throw new UnknownHostException(host);
      }
      return InetAddress.getAllByName(host);
    }
    List<InetAddress> addresses = new ArrayList<>();
    for (String address : known) {
      addresses.add(InetAddress.getByName(address));
    }
    return addresses.toArray(InetAddress[]::new);
  }
}
