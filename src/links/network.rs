//! Which hosts are nobody else's business: a document must not make the machine that checks it call inside its
//! own network, e.g. the metadata service of a cloud at 169.254.169.254.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::model::external::Address;

/// Whether an address lies on the public internet (the IANA special-purpose registries, RFC 6890).
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224.., _, _)
    )
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    let embedded = Ipv4Addr::from((u32::from(parts[6]) << 16) | u32::from(parts[7]));
    match parts {
        // IPv4 in other clothes: mapped, and translated by NAT64.
        [0, 0, 0, 0, 0, 0xffff, _, _] | [0x64, 0xff9b, 0, 0, 0, 0, _, _] => is_public_v4(embedded),
        // Tunnels and protocol assignments, documentation, 6to4.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

/// Why a host must not be asked for, judged by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserved {
    /// It is there for examples and leads nowhere (RFC 2606).
    Example,
    /// It has a meaning inside a network only.
    Inner,
}

/// Judges a host by its name.
pub fn reserved(address: &Address) -> Option<Reserved> {
    let host = address.host().trim_end_matches('.');
    if let Ok(ip) = host.parse::<IpAddr>() {
        return (!is_public(ip)).then_some(Reserved::Inner);
    }
    let mut labels = host.rsplit('.');
    let (last, second) = (labels.next().unwrap_or_default(), labels.next());
    match (last, second) {
        ("example" | "test" | "invalid", _) => Some(Reserved::Example),
        ("com" | "net" | "org", Some("example")) => Some(Reserved::Example),
        // A name of one part is searched for in the machine's own domain. A number is an IPv4 address in
        // disguise: `0x7f.1`, `2130706433`.
        (_, None) => Some(Reserved::Inner),
        (
            "localhost" | "local" | "internal" | "intranet" | "lan" | "corp" | "home" | "localdomain"
            | "onion",
            _,
        ) => Some(Reserved::Inner),
        ("arpa", Some("home")) => Some(Reserved::Inner),
        (last, _) if last.starts_with(|c: char| c.is_ascii_digit()) => Some(Reserved::Inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_networks_are_not_public() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00:ec2::254",
            "ff02::1",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "2002:a9fe:a9fe::1",
            "2001:db8::1",
            "::127.0.0.1",
        ] {
            assert!(!is_public(ip.parse().expect("an address")), "{ip}");
        }
        for ip in
            ["1.1.1.1", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:8.8.8.8"]
        {
            assert!(is_public(ip.parse().expect("an address")), "{ip}");
        }
    }

    #[test]
    fn names_tell_examples_and_inner_hosts() {
        let judge = |url: &str| reserved(&Address::read(url).expect("an address"));
        for url in
            ["https://example.com/x", "https://docs.example.org", "https://acme.example", "http://a.test:80"]
        {
            assert_eq!(judge(url), Some(Reserved::Example), "{url}");
        }
        for url in [
            "http://localhost:3000/",
            "http://jenkins/job",
            "http://[::1]/",
            "http://169.254.169.254/latest",
            "http://2852039166/",
            "http://0x7f.1/",
            "http://metadata.google.internal/",
            "http://nas.local./",
        ] {
            assert_eq!(judge(url), Some(Reserved::Inner), "{url}");
        }
        for url in ["https://docs.rs/x", "https://1.1.1.1/", "https://exampleshop.com", "https://local.dev"] {
            assert_eq!(judge(url), None, "{url}");
        }
    }
}
