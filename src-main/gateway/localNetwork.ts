import { BlockList, isIP } from "node:net";

/** Loopback and private addresses: RFC 1918, RFC 3927, RFC 4193, RFC 4291. */
const ranges = new BlockList();
ranges.addSubnet("127.0.0.0", 8, "ipv4");
ranges.addSubnet("10.0.0.0", 8, "ipv4");
ranges.addSubnet("172.16.0.0", 12, "ipv4");
ranges.addSubnet("192.168.0.0", 16, "ipv4");
ranges.addSubnet("169.254.0.0", 16, "ipv4");
ranges.addAddress("::1", "ipv6");
ranges.addSubnet("fc00::", 7, "ipv6");
ranges.addSubnet("fe80::", 10, "ipv6");

/**
 * Whether a host, as `URL.hostname` gives it, is on this computer or its own network, where a connection without
 * encryption is allowed. Names are not: what they stand for is up to whoever answers (except `localhost`, RFC 6761).
 */
export function isLocalNetwork(hostname: string): boolean {
  if (hostname === "localhost" || hostname.endsWith(".localhost")) return true;
  const address = hostname.replace(/^\[(.*)\]$/, "$1");
  const version = isIP(address);
  return version !== 0 && ranges.check(address, version === 6 ? "ipv6" : "ipv4");
}
