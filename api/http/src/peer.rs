//! From where a request comes: its connection, or what a trusted proxy says of it.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    str::FromStr,
    sync::Once,
};

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
};
use ipnet::IpNet;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::rate::group;

/// The headers by which proxies tell for whom they ask.
const FORWARDED: [&str; 3] = ["x-forwarded-for", "forwarded", "x-real-ip"];

/// From where a request comes.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub Option<IpAddr>);

impl Peer {
    /// The household of addresses that share what one address may do.
    pub fn group(self) -> IpAddr {
        self.0.map_or(Ipv6Addr::UNSPECIFIED.into(), group)
    }
}

/// Networks and addresses (`10.0.0.0/8`, `fd00::/8`, `10.0.0.5`), written one after the other with commas between, or as a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// This machine.
    pub fn loopback() -> Self {
        "127.0.0.0/8, ::1"
            .parse()
            .unwrap_or_else(|_| unreachable!("literal networks"))
    }

    /// Whether an address lies in one of them.
    pub fn hold(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl FromStr for Networks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        parts.map(network).collect::<Result<_, _>>().map(Self)
    }
}

fn network(text: &str) -> Result<IpNet, String> {
    let alone = text.parse::<IpAddr>().map(IpNet::from);
    alone
        .or_else(|_| text.parse())
        .map_err(|_| format!("{text:?} is no address or network (10.0.0.5, 10.0.0.0/8, fd00::/8)"))
}

impl Serialize for Networks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all: Vec<String> = self.0.iter().map(IpNet::to_string).collect();
        serializer.serialize_str(&all.join(", "))
    }
}

impl<'de> Deserialize<'de> for Networks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            One(String),
            Several(Vec<String>),
        }
        let text = match Written::deserialize(deserializer)? {
            Written::One(text) => text,
            Written::Several(all) => all.join(","),
        };
        text.parse().map_err(D::Error::custom)
    }
}

/// The address of the client. A trusted proxy says whom it serves in the last entry of `X-Forwarded-For`; where that is a
/// trusted proxy, too, the entry before it counts. From anybody else the header is hearsay.
pub fn of(request: &Request, trusted: &Networks) -> Peer {
    let connected = request.extensions().get::<ConnectInfo<SocketAddr>>();
    Peer(connected.map(|ConnectInfo(address)| {
        client(address.ip().to_canonical(), request.headers(), trusted)
    }))
}

fn client(connected: IpAddr, headers: &HeaderMap, trusted: &Networks) -> IpAddr {
    if !trusted.hold(connected) {
        if FORWARDED.iter().any(|name| headers.contains_key(*name)) {
            tell_once(connected);
        }
        return connected;
    }
    let told: Vec<&str> = headers
        .get_all(FORWARDED[0])
        .iter()
        .flat_map(|line| line.to_str().unwrap_or_default().split(','))
        .collect();
    let mut client = connected;
    for entry in told.into_iter().rev() {
        let Ok(address) = entry.trim().parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
        if !trusted.hold(client) {
            break;
        }
    }
    client
}

/// Behind a proxy that is not trusted all people have one address, and share what one address may do.
fn tell_once(proxy: IpAddr) {
    static TOLD: Once = Once::new();
    TOLD.call_once(|| {
        tracing::warn!(
            %proxy,
            "requests come with forwarded headers from an address that is not among trusted_proxies: all people behind it count as \
             one address. If it is a proxy of yours, name it in QIYUE_TRUSTED_PROXIES"
        );
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_is_whom_the_last_trusted_proxy_names() {
        let trusted: Networks = "127.0.0.1, 10.0.0.0/8, fd00::/8".parse().expect("networks");
        for (connected, forwarded, client) in [
            ("192.0.2.1", vec![], "192.0.2.1"),
            ("192.0.2.1", vec!["198.51.100.7"], "192.0.2.1"),
            ("127.0.0.2", vec!["198.51.100.7"], "127.0.0.2"),
            ("127.0.0.1", vec![], "127.0.0.1"),
            ("127.0.0.1", vec!["198.51.100.7"], "198.51.100.7"),
            (
                "10.1.2.3",
                vec!["203.0.113.9, 198.51.100.7"],
                "198.51.100.7",
            ),
            (
                "10.1.2.3",
                vec!["203.0.113.9", "198.51.100.7, 10.9.9.9"],
                "198.51.100.7",
            ),
            ("fd00::1", vec!["2001:db8::1"], "2001:db8::1"),
            ("10.1.2.3", vec!["198.51.100.7, unknown"], "10.1.2.3"),
            ("10.1.2.3", vec!["10.0.0.1, 10.0.0.2"], "10.0.0.1"),
            (
                "::ffff:10.1.2.3",
                vec!["::ffff:198.51.100.7"],
                "198.51.100.7",
            ),
        ] {
            let mut headers = HeaderMap::new();
            for line in &forwarded {
                headers.append("x-forwarded-for", line.parse().expect("a header"));
            }
            let connected: IpAddr = connected.parse().expect("an address");
            assert_eq!(
                super::client(connected.to_canonical(), &headers, &trusted).to_string(),
                client,
                "{connected} {forwarded:?}"
            );
        }
    }

    #[test]
    fn networks_are_read_as_they_are_written() {
        for text in ["", "10.0.0.5/32", "0.0.0.0/0, ::/0", "10.0.0.0/8, fd00::/8"] {
            let read: Networks = text.parse().expect(text);
            assert_eq!(serde_json::to_value(&read).expect("text"), text);
        }
        for wrong in [
            "park.example",
            "10.0.0.0/33",
            "10.0.0.0/",
            "::/129",
            "10.0.0.0/-1",
        ] {
            assert!(wrong.parse::<Networks>().is_err(), "{wrong}");
        }
        let listed: Networks = serde_json::from_str(r#"["10.0.0.5", "::1"]"#).expect("a list");
        assert_eq!(listed, "10.0.0.5/32,::1/128".parse().expect("the same"));
    }
}
