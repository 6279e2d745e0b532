//! Names to addresses, without those that no connector has business with.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Looks names up with the system's resolver and refuses link-local and metadata addresses.
#[derive(Debug, Clone, Copy)]
pub(super) struct GuardedResolver;

/// What is said when an address is refused.
pub(super) const REFUSED: &str = "the address is link-local or a cloud's metadata service";

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            if found.iter().any(|address| is_forbidden(address.ip())) {
                return Err(REFUSED.into());
            }
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

/// Whether an address is link-local or a metadata service. Loopback and private networks are allowed.
pub(crate) fn is_forbidden(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_link_local(),
        IpAddr::V6(v6) => {
            v6.to_ipv4_mapped().is_some_and(|v4| v4.is_link_local())
                || (v6.segments()[0] & 0xffc0) == 0xfe80
                || v6 == Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_forbidden;

    #[test]
    fn metadata_addresses_are_refused_and_private_ones_not() {
        for (address, forbidden) in [
            ("169.254.169.254", true),
            ("::ffff:169.254.169.254", true),
            ("fe80::1", true),
            ("fd00:ec2::254", true),
            ("127.0.0.1", false),
            ("10.0.0.1", false),
            ("::1", false),
            ("93.184.216.34", false),
        ] {
            assert_eq!(is_forbidden(address.parse().unwrap()), forbidden, "{address}");
        }
    }
}
