//! Which of curl's options take a value, and what each means here.

/// What an option means for the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The method.
    Method,
    /// A header.
    Header,
    /// Data; `@` names a file.
    Data,
    /// Data as it is.
    DataRaw,
    /// JSON data, with its headers.
    Json,
    /// Data that curl encodes.
    DataEncoded,
    /// A query parameter that curl encodes.
    UrlQuery,
    /// The data goes to the query.
    Get,
    /// User name and password.
    User,
    /// A bearer token.
    Bearer,
    /// The digest scheme.
    Digest,
    /// Cookies.
    Cookie,
    /// The URL.
    Url,
    /// The whole time of a request, in seconds.
    Timeout,
    /// `HEAD`.
    Head,
    /// Does not change the records: nothing to say.
    Quiet,
    /// Would change the request and is not taken over: why.
    Lost(&'static str),
}

/// An option: its letter, its name, whether it takes a value, what it means.
type Known = (char, &'static str, bool, Meaning);

const FORM: Meaning = Meaning::Lost("a form upload is not read here");
const PROXY: Meaning = Meaning::Lost("a proxy belongs to the settings of the app");
const CERT: Meaning = Meaning::Lost("client certificates belong to the settings of the app");
const INSECURE: Meaning = Meaning::Lost("certificates are always checked");
const FILE: Meaning = Meaning::Lost("files are not read from a pasted command");
const ROUTE: Meaning = Meaning::Lost("the host is always looked up in the ordinary way");
const SCHEME: Meaning = Meaning::Lost("this auth scheme is not supported");

/// The options that are known. A letter of `\0`: there is none.
const KNOWN: &[Known] = &[
    ('X', "request", true, Meaning::Method),
    ('H', "header", true, Meaning::Header),
    ('d', "data", true, Meaning::Data),
    ('\0', "data-ascii", true, Meaning::Data),
    ('\0', "data-binary", true, Meaning::Data),
    ('\0', "data-raw", true, Meaning::DataRaw),
    ('\0', "data-urlencode", true, Meaning::DataEncoded),
    ('\0', "json", true, Meaning::Json),
    ('\0', "url-query", true, Meaning::UrlQuery),
    ('G', "get", false, Meaning::Get),
    ('u', "user", true, Meaning::User),
    ('\0', "oauth2-bearer", true, Meaning::Bearer),
    ('\0', "digest", false, Meaning::Digest),
    ('\0', "basic", false, Meaning::Quiet),
    ('\0', "anyauth", false, Meaning::Quiet),
    ('b', "cookie", true, Meaning::Cookie),
    ('\0', "url", true, Meaning::Url),
    ('m', "max-time", true, Meaning::Timeout),
    ('I', "head", false, Meaning::Head),
    ('k', "insecure", false, INSECURE),
    ('F', "form", true, FORM),
    ('\0', "form-string", true, FORM),
    ('T', "upload-file", true, FILE),
    ('K', "config", true, FILE),
    ('n', "netrc", false, FILE),
    ('\0', "netrc-file", true, FILE),
    ('\0', "variable", true, FILE),
    ('E', "cert", true, CERT),
    ('\0', "key", true, CERT),
    ('\0', "cert-type", true, CERT),
    ('\0', "key-type", true, CERT),
    ('\0', "pass", true, CERT),
    ('\0', "cacert", true, CERT),
    ('\0', "capath", true, CERT),
    ('\0', "ciphers", true, CERT),
    ('\0', "pinnedpubkey", true, CERT),
    ('x', "proxy", true, PROXY),
    ('U', "proxy-user", true, PROXY),
    ('\0', "proxy-header", true, PROXY),
    ('\0', "preproxy", true, PROXY),
    ('\0', "socks5", true, PROXY),
    ('\0', "socks5-hostname", true, PROXY),
    ('\0', "noproxy", true, PROXY),
    ('\0', "resolve", true, ROUTE),
    ('\0', "connect-to", true, ROUTE),
    ('\0', "unix-socket", true, ROUTE),
    ('\0', "interface", true, ROUTE),
    ('\0', "dns-servers", true, ROUTE),
    ('\0', "doh-url", true, ROUTE),
    ('\0', "aws-sigv4", true, SCHEME),
    ('\0', "ntlm", false, SCHEME),
    ('\0', "negotiate", false, SCHEME),
    ('r', "range", true, Meaning::Lost("a part of an answer is not asked for")),
    ('z', "time-cond", true, Meaning::Lost("the incremental read does this")),
    ('A', "user-agent", true, Meaning::Quiet),
    ('e', "referer", true, Meaning::Quiet),
    ('o', "output", true, Meaning::Quiet),
    ('\0', "output-dir", true, Meaning::Quiet),
    ('D', "dump-header", true, Meaning::Quiet),
    ('c', "cookie-jar", true, Meaning::Quiet),
    ('w', "write-out", true, Meaning::Quiet),
    ('Y', "speed-limit", true, Meaning::Quiet),
    ('y', "speed-time", true, Meaning::Quiet),
    ('C', "continue-at", true, Meaning::Quiet),
    ('P', "ftp-port", true, Meaning::Quiet),
    ('Q', "quote", true, Meaning::Quiet),
    ('t', "telnet-option", true, Meaning::Quiet),
    ('\0', "connect-timeout", true, Meaning::Quiet),
    ('\0', "retry", true, Meaning::Quiet),
    ('\0', "retry-delay", true, Meaning::Quiet),
    ('\0', "retry-max-time", true, Meaning::Quiet),
    ('\0', "limit-rate", true, Meaning::Quiet),
    ('\0', "rate", true, Meaning::Quiet),
    ('\0', "max-redirs", true, Meaning::Quiet),
    ('\0', "max-filesize", true, Meaning::Quiet),
    ('\0', "keepalive-time", true, Meaning::Quiet),
    ('\0', "proto", true, Meaning::Quiet),
    ('\0', "proto-default", true, Meaning::Quiet),
    ('\0', "proto-redir", true, Meaning::Quiet),
    ('\0', "stderr", true, Meaning::Quiet),
    ('\0', "trace", true, Meaning::Quiet),
    ('\0', "trace-ascii", true, Meaning::Quiet),
    ('\0', "tls-max", true, Meaning::Quiet),
    ('\0', "curves", true, Meaning::Quiet),
    ('\0', "expect100-timeout", true, Meaning::Quiet),
    ('\0', "parallel-max", true, Meaning::Quiet),
];

/// The letters of the flags that change nothing.
const QUIET_LETTERS: &str = "sSLfgijlaBJNOpqRvVZ#0123460M";

/// What a short option means and whether it takes a value.
pub(super) fn short(letter: char) -> Option<(bool, Meaning)> {
    let known = KNOWN.iter().find(|known| known.0 == letter && letter != '\0').map(|known| (known.2, known.3));
    known.or_else(|| QUIET_LETTERS.contains(letter).then_some((false, Meaning::Quiet)))
}

/// What a long option means and whether it takes a value. An unknown one is taken for a flag that changes nothing.
pub(super) fn long(name: &str) -> (bool, Meaning) {
    KNOWN.iter().find(|known| known.1 == name).map_or((false, Meaning::Quiet), |known| (known.2, known.3))
}
