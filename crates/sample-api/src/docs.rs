//! The page at `/`: everything that there is, as JSON.

use crate::auth::{SAMPLE_KEY, SAMPLE_PASSWORD, SAMPLE_USER};
use crate::doors::SAMPLE_CODE;
use serde_json::{Value, json};

/// The list of everything.
pub fn page(base: &str) -> Value {
    json!({
        "name": "Tapwright sample API",
        "about": "Made-up data to try things out with. The credentials are published and guard nothing.",
        "start_here": format!("{base}/v1/customers"),
        "auth": {
            "/open": "none",
            "/v1": format!("Authorization: Bearer {SAMPLE_KEY}"),
            "/header": format!("X-Api-Key: {SAMPLE_KEY}"),
            "/query": format!("?api_key={SAMPLE_KEY}"),
            "/basic": format!("user name {SAMPLE_USER}, password {SAMPLE_PASSWORD}"),
            "/digest": format!("by challenge: user name {SAMPLE_USER}, password {SAMPLE_PASSWORD}"),
            "/session": "POST /session/login {\"user\": …, \"password\": …} gives {token, expires_in}; then X-Session: TOKEN",
            "/two-step": format!("as /session, but the login gives {{mfa_required, ticket}}, and \
                                  POST /two-step/code {{\"ticket\": …, \"code\": \"{SAMPLE_CODE}\"}} the token"),
            "/limited": "as /v1, 20 requests in 5 seconds, told by RateLimit-Limit, -Remaining and -Reset",
            "/oauth": "Authorization: Bearer ACCESS_TOKEN, of the provider below",
        },
        "oauth": {
            "authorize_url": format!("{base}/oauth/authorize"),
            "token_url": format!("{base}/oauth/token"),
            "device_url": format!("{base}/oauth/device"),
            "clients": "any client_id; a secret is not looked at. PKCE (S256) is needed",
            "grants": "authorization_code, device_code, client_credentials, refresh_token, and password for the user above",
            "tokens": "an access token is good for 300 s, or as many as the parameter `life` of the token request says; a \
                       refresh token is good for one use, and used again it ends all tokens of its sign-in",
        },
        "writes": {
            "POST /v1/customers": "{name, email, plan?, active?, credit_limit?, tags?} makes one: 201; 422 with the faults by field; 409 where the e-mail is taken. Idempotency-Key is honoured",
            "PATCH /v1/customers/ID": "changes what is given: 200, 404, 409, 422",
            "DELETE /v1/customers/ID": "removes it: 204, then 404",
            "GET /v1/customers/find?text=": "those whose name or e-mail has the text, up to 100",
        },
        "collections": {
            "customers": "page numbers: ?page=1&per_page=100 gives {data, page, per_page, total, total_pages}",
            "orders": "offset: ?offset=0&limit=100 gives {items, offset, limit, total}",
            "events": "cursor: ?cursor=&limit=100 gives {results, next_cursor, has_more}",
            "products": "all at once, as a bare array",
            "invoices": "the next URL in the body: {data, links: {self, next}, meta}; ?links=relative for relative ones; \
                         ?next_base=URL to be led to another server",
            "tickets": "a bare array, with the headers Link and X-Total-Count; ?page=1&per_page=50",
            "shipments": "nested: {response: {result: {rows, page, page_size, count}}}; ?page=1&page_size=100",
        },
        "all_collections": "stand under every auth prefix, take ?updated_since= and ?updated_until= (RFC 3339), \
                            pages of up to 1000, and give one record at /{prefix}/{collection}/{id}",
        "search": "POST /v1/search {\"collection\": \"customers\", \"cursor\": null, \"limit\": 100}: a cursor in the body",
        "examples": "/{prefix}/examples/{people, pages, articles, deals}: a few records of difficult shapes, to map",
        "identity": "/v1/me",
        "redirect": "/redirect?to=URL",
        "faults": {
            "by_query": "?fault=KIND, with fault_every, fault_at, fault_times, fault_ms, fault_seconds, fault_status",
            "by_admin": "POST /admin/faults {\"collection\": \"events\", \"kind\": \"rate_limit\", \"every\": 5, \"times\": 2}; \
                         DELETE /admin/faults",
            "kinds": ["rate_limit", "server_error", "slow", "truncated", "reset", "error_in_200", "html", "not_json",
                      "repeat_page", "endless", "unauthorized"],
        },
        "admin": {
            "POST /admin/{collection}": "adds a record",
            "POST /admin/{collection}/{id}/touch": "changes a record: its updated_at is now",
            "GET /admin/log": "the requests seen, with the names of the credentials that came along; DELETE empties it",
            "POST /admin/reset": "takes back all changes and faults",
        },
    })
}
