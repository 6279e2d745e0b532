//! The answer to a digest challenge (RFC 7616, 3.4).

use super::challenge::{Challenge, Hash, Qop};
use aws_lc_rs::digest;
use md5::Digest as _;
use std::fmt::Write as _;

/// The request that is proved.
pub(super) struct Proved<'a> {
    pub method: &'a str,
    /// Path and query as they stand in the request line.
    pub uri: &'a str,
    pub body: &'a [u8],
}

/// Who proves, with which nonces.
pub(super) struct Proof<'a> {
    pub username: &'a str,
    pub password: &'a str,
    /// How often the server's nonce was used, this time included.
    pub count: u32,
    pub client_nonce: &'a str,
}

/// The value of `Authorization`.
pub(super) fn authorization(challenge: &Challenge, proof: &Proof<'_>, request: &Proved<'_>) -> String {
    let hash = |text: &str| challenge.hash.hex(text.as_bytes());
    let response = response(challenge, proof, request);
    let count = format!("{:08x}", proof.count);
    let mut text = "Digest ".to_owned();
    if challenge.userhash {
        let user = hash(&format!("{}:{}", proof.username, challenge.realm));
        let _ = write!(text, "username=\"{user}\"");
    } else if proof.username.is_ascii() {
        let _ = write!(text, "username=\"{}\"", quoted(proof.username));
    } else {
        let _ = write!(text, "username*=UTF-8''{}", extended(proof.username));
    }
    let (realm, nonce) = (quoted(&challenge.realm), quoted(&challenge.nonce));
    let _ = write!(text, ", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{}\"", quoted(request.uri));
    if let Some(algorithm) = &challenge.algorithm {
        let _ = write!(text, ", algorithm={algorithm}");
    }
    let _ = write!(text, ", response=\"{response}\"");
    let qop = match challenge.qop {
        Qop::None => None,
        Qop::Auth => Some("auth"),
        Qop::AuthInt => Some("auth-int"),
    };
    match qop {
        Some(qop) => {
            let _ = write!(text, ", qop={qop}, nc={count}, cnonce=\"{}\"", proof.client_nonce);
        }
        None if challenge.session => {
            let _ = write!(text, ", cnonce=\"{}\"", proof.client_nonce);
        }
        None => {}
    }
    if let Some(opaque) = &challenge.opaque {
        let _ = write!(text, ", opaque=\"{}\"", quoted(opaque));
    }
    if challenge.userhash {
        text.push_str(", userhash=true");
    }
    text
}

fn response(challenge: &Challenge, proof: &Proof<'_>, request: &Proved<'_>) -> String {
    let hash = |text: &str| challenge.hash.hex(text.as_bytes());
    let nonce = &challenge.nonce;
    let mut user = hash(&format!("{}:{}:{}", proof.username, challenge.realm, proof.password));
    if challenge.session {
        user = hash(&format!("{user}:{nonce}:{}", proof.client_nonce));
    }
    let (method, uri) = (request.method, request.uri);
    let line = match challenge.qop {
        Qop::AuthInt => hash(&format!("{method}:{uri}:{}", challenge.hash.hex(request.body))),
        Qop::None | Qop::Auth => hash(&format!("{method}:{uri}")),
    };
    let (count, client) = (proof.count, proof.client_nonce);
    match challenge.qop {
        Qop::None => hash(&format!("{user}:{nonce}:{line}")),
        Qop::Auth => hash(&format!("{user}:{nonce}:{count:08x}:{client}:auth:{line}")),
        Qop::AuthInt => hash(&format!("{user}:{nonce}:{count:08x}:{client}:auth-int:{line}")),
    }
}

impl Hash {
    fn hex(self, bytes: &[u8]) -> String {
        match self {
            Self::Md5 => hex(md5::Md5::digest(bytes).as_slice()),
            Self::Sha256 => hex(digest::digest(&digest::SHA256, bytes).as_ref()),
            Self::Sha512T256 => hex(digest::digest(&digest::SHA512_256, bytes).as_ref()),
        }
    }
}

/// Bytes as hexadecimal digits, in lower case.
pub(in super::super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// A text as RFC 8187 writes it in a parameter.
fn extended(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::super::challenge::strongest;
    use super::{Proof, Proved, authorization};

    fn answer(challenge: &str, user: (&str, &str), client_nonce: &str, request: &Proved<'_>) -> String {
        let challenge = strongest(&[("www-authenticate".to_owned(), challenge.to_owned())]).unwrap();
        let proof = Proof { username: user.0, password: user.1, count: 1, client_nonce };
        authorization(&challenge, &proof, request)
    }

    fn response(authorization: &str) -> &str {
        authorization.split("response=\"").nth(1).unwrap().split('"').next().unwrap()
    }

    const GET: Proved<'static> = Proved { method: "GET", uri: "/dir/index.html", body: b"" };
    const MUFASA: (&str, &str) = ("Mufasa", "Circle of Life");

    /// RFC 7616, 3.9.1.
    #[test]
    fn the_examples_of_the_rfc_come_out() {
        let challenge = |algorithm: &str| {
            format!(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, \
                 nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
                 opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
            )
        };
        let client_nonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        for (algorithm, expected) in [
            ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
            ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        ] {
            let sent = answer(&challenge(algorithm), MUFASA, client_nonce, &GET);
            assert_eq!(response(&sent), expected);
            for part in [
                "username=\"Mufasa\"",
                "uri=\"/dir/index.html\"",
                "qop=auth, nc=00000001",
                &format!("algorithm={algorithm}"),
                "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
            ] {
                assert!(sent.contains(part), "{sent}");
            }
        }
    }

    /// RFC 7616, 3.9.2, with the values of its erratum 4897 (the RFC's own are of another hash).
    #[test]
    fn user_names_go_hashed_where_the_server_can_read_them() {
        let challenge = "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256, \
                         nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", \
                         opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8, userhash=true";
        let client_nonce = "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v";
        let request = Proved { method: "GET", uri: "/doe.json", body: b"" };
        let sent = answer(challenge, ("Jäsøn Doe", "Secret, or not?"), client_nonce, &request);
        assert!(
            sent.contains("username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\""),
            "{sent}"
        );
        assert_eq!(response(&sent), "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5");
        assert!(sent.ends_with("userhash=true"));
        let plain = challenge.replace("userhash=true", "userhash=false");
        let sent = answer(&plain, ("Jäsøn Doe", "x"), client_nonce, &request);
        assert!(sent.starts_with("Digest username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, "), "{sent}");
    }

    /// RFC 2617, 3.5, and the same without what came later.
    #[test]
    fn older_servers_are_answered_as_well() {
        let base = "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"";
        let user = ("Mufasa", "Circle Of Life");
        let with_qop = answer(&format!("{base}, qop=\"auth,auth-int\""), user, "0a4f113b", &GET);
        assert_eq!(response(&with_qop), "6629fae49393a05397450978507c4ef1");
        let bare = answer(base, user, "0a4f113b", &GET);
        assert_eq!(response(&bare), "670fd8c2df070c60b045671b8b24ff02");
        assert!(!bare.contains("qop") && !bare.contains("nc=") && !bare.contains("cnonce"), "{bare}");
    }
}
