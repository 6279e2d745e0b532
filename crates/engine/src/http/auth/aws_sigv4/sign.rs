//! The signature: what is hashed, and how (AWS, "Create a signed AWS API request").

use super::super::digest::hex;
use aws_lc_rs::{digest, hmac};
use jiff::Timestamp;
use std::fmt::Write as _;

/// What a signature is made for.
pub(super) struct Signable<'a> {
    pub method: &'a str,
    /// The path as it stands in the request line.
    pub path: &'a str,
    /// Name and value of the query parameters, decoded.
    pub query: &'a [(String, String)],
    /// The headers that are signed, in any case and order.
    pub headers: &'a [(String, String)],
    /// The body's SHA-256 in hexadecimal digits, or `UNSIGNED-PAYLOAD`.
    pub payload: &'a str,
}

/// Where and when a signature holds, and with whose key.
pub(super) struct Signer<'a> {
    pub access_key_id: &'a str,
    pub secret_access_key: &'a str,
    pub region: &'a str,
    pub service: &'a str,
    pub at: Timestamp,
}

/// SHA-256 in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

/// The moment as AWS writes it: `20150830T123600Z`.
pub(super) fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Whether the service takes paths as they are: S3 has objects whose names hold `..` and `//`.
pub(super) fn plain_paths(service: &str) -> bool {
    matches!(service, "s3" | "s3express" | "s3-object-lambda" | "s3-outposts")
}

/// The value of `Authorization`.
pub(super) fn authorization(signer: &Signer<'_>, request: &Signable<'_>) -> String {
    let (canonical, names) = canonical(signer, request);
    let stamp = stamp(signer.at);
    let day = stamp.get(..8).unwrap_or_default();
    let scope = format!("{day}/{}/{}/aws4_request", signer.region, signer.service);
    let to_sign = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}", sha256(canonical.as_bytes()));
    let mut key = mac(format!("AWS4{}", signer.secret_access_key).as_bytes(), day);
    for part in [signer.region, signer.service, "aws4_request"] {
        key = mac(key.as_ref(), part);
    }
    let signature = hex(mac(key.as_ref(), &to_sign).as_ref());
    let id = signer.access_key_id;
    format!("AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}, Signature={signature}")
}

fn mac(key: &[u8], text: &str) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes())
}

/// The canonical request, and the names of the headers in it.
fn canonical(signer: &Signer<'_>, request: &Signable<'_>) -> (String, String) {
    let path = if plain_paths(signer.service) { request.path.to_owned() } else { encode_path(&normal(request.path)) };
    let mut query: Vec<String> =
        request.query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    query.sort_by(|a, b| a.split_once('=').cmp(&b.split_once('=')));
    let mut headers: Vec<(String, String)> = Vec::new();
    for (name, value) in request.headers {
        let (name, value) = (name.to_ascii_lowercase(), value.split_whitespace().collect::<Vec<_>>().join(" "));
        match headers.iter_mut().find(|(have, _)| *have == name) {
            Some((_, values)) => *values = format!("{values},{value}"),
            None => headers.push((name, value)),
        }
    }
    headers.sort();
    let names = headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
    let lines = headers.iter().fold(String::new(), |mut text, (name, value)| {
        let _ = writeln!(text, "{name}:{value}");
        text
    });
    let text = format!("{}\n{path}\n{}\n{lines}\n{names}\n{}", request.method, query.join("&"), request.payload);
    (text, names)
}

/// A path without empty segments, `.` and `..`. A slash at its end stays.
fn normal(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            segment => kept.push(segment),
        }
    }
    let end = if path.ends_with('/') && !kept.is_empty() { "/" } else { "" };
    format!("/{}{end}", kept.join("/"))
}

/// All but unreserved characters as `%XX` (RFC 3986).
pub(super) fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

fn encode_path(path: &str) -> String {
    path.split('/').map(encode).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::{Signable, Signer, authorization, sha256};
    use url::form_urlencoded::parse;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    struct Case {
        service: &'static str,
        key: (&'static str, &'static str),
        at: &'static str,
    }

    const SUITE: Case = Case {
        service: "service",
        key: ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        at: "2015-08-30T12:36:00Z",
    };
    const S3: Case = Case {
        service: "s3",
        key: ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        at: "2013-05-24T00:00:00Z",
    };

    fn sign(case: &Case, method: &str, target: &str, headers: &[(&str, &str)], payload: &str) -> String {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let query: Vec<_> = parse(query.as_bytes()).into_owned().collect();
        let headers: Vec<_> = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let signer = Signer {
            access_key_id: case.key.0,
            secret_access_key: case.key.1,
            region: "us-east-1",
            service: case.service,
            at: case.at.parse().unwrap(),
        };
        authorization(&signer, &Signable { method, path, query: &query, headers: &headers, payload })
    }

    /// AWS's own test suite (aws-sig-v4-test-suite): request, further headers, body, signature.
    #[test]
    fn the_published_suite_comes_out() {
        let unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let path = format!("/{unreserved}");
        let query = format!("/?{unreserved}={unreserved}");
        let form = "application/x-www-form-urlencoded";
        type Row<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str, &'a str);
        let rows: &[Row<'_>] = &[
            ("GET", "/", &[], "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            ("GET", &path, &[], "", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
            ("GET", "/ሴ", &[], "", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
            ("GET", "/?Param1=value1", &[], "", "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"),
            (
                "GET",
                "/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
                &[],
                "",
                "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac",
            ),
            (
                "GET",
                "/?Param2=value2&Param1=value1",
                &[],
                "",
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
            ),
            (
                "GET",
                "/?Param1=value2&Param1=Value1",
                &[],
                "",
                "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1",
            ),
            (
                "GET",
                "/?Param1=value2&Param1=value1",
                &[],
                "",
                "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694",
            ),
            ("GET", &query, &[], "", "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"),
            ("GET", "/?ሴ=bar", &[], "", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
            (
                "GET",
                "/example1/example2/../..",
                &[],
                "",
                "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            ),
            ("GET", "//example//", &[], "", "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"),
            ("GET", "/./example", &[], "", "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"),
            ("GET", "/example space/", &[], "", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
            ("GET", "/example/$delete", &[], "", "a853c9b21b528b19643d00910d35b83a10c366a10833ceefb45edd6c80e40f27"),
            (
                "GET",
                "/",
                &[("My-Header1", "value2"), ("My-Header1", "value2"), ("My-Header1", "value1")],
                "",
                "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
            ),
            (
                "GET",
                "/",
                &[("My-Header1", " value1"), ("My-Header2", " \"a   b   c\"")],
                "",
                "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
            ),
            ("POST", "/", &[], "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
            (
                "POST",
                "/",
                &[("My-Header1", "VALUE1")],
                "",
                "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
            ),
            (
                "POST",
                "/",
                &[("Content-Type", form)],
                "Param1=value1",
                "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
            ),
            (
                "POST",
                "/",
                &[(
                    "X-Amz-Security-Token",
                    "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeo\
                     IYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5V\
                     SXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yj\
                     c8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==",
                )],
                "",
                "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead",
            ),
        ];
        for (method, target, more, body, signature) in rows {
            let headers = [&[("Host", "example.amazonaws.com"), ("X-Amz-Date", "20150830T123600Z")], *more].concat();
            let sent = sign(&SUITE, method, target, &headers, &sha256(body.as_bytes()));
            assert!(sent.ends_with(&format!("Signature={signature}")), "{method} {target} {more:?}: {sent}");
            assert!(
                sent.starts_with(
                    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="
                ),
                "{sent}"
            );
        }
    }

    /// The examples of S3's own page ("Authenticating Requests: Using the Authorization Header").
    #[test]
    fn objects_are_signed_as_s3_does_it() {
        let host = ("Host", "examplebucket.s3.amazonaws.com");
        let (date, hash) = (("x-amz-date", "20130524T000000Z"), ("x-amz-content-sha256", EMPTY));
        for (target, more, signature) in [
            (
                "/test.txt",
                vec![("Range", "bytes=0-9")],
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            ),
            ("/?lifecycle", vec![], "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
            ("/?max-keys=2&prefix=J", vec![], "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
        ] {
            let headers = [vec![host, date, hash], more].concat();
            let sent = sign(&S3, "GET", target, &headers, EMPTY);
            assert!(sent.ends_with(&format!("Signature={signature}")), "{target}: {sent}");
        }
        let body = sha256(b"Welcome to Amazon S3.");
        let headers = [
            host,
            date,
            ("Date", "Fri, 24 May 2013 00:00:00 GMT"),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ("x-amz-content-sha256", &body),
        ];
        let sent = sign(&S3, "PUT", "/test%24file.text", &headers, &body);
        assert!(sent.ends_with("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"), "{sent}");
    }
}
