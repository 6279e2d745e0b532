//! `http` and `check`: what all requests share.

use super::Checker;
use super::template::SHARED;
use crate::model::{Backoff, Http, Limits, RateLimit, RateLimits, Retry, Source, Template};

impl Checker<'_> {
    pub(super) fn http(&mut self) {
        let definition = self.definition;
        let needed = definition.check.is_some()
            || definition.actions.iter().any(|action| action.request.is_some())
            || definition.streams.iter().any(|stream| stream.source == Source::Http);
        if needed && definition.http.is_none() {
            self.at("http", |checker| {
                let message = "`http` is missing. Streams that read over HTTP need it, at least its `base_url`.";
                checker.fault("missing_http", message);
            });
        }
        let needed = needed || !definition.hooks.is_empty();
        self.some("http", definition.http.as_ref(), |checker, http| checker.shared(http, needed));
        self.some("check", definition.check.as_ref(), |checker, check| {
            checker.at("request", |checker| checker.request(&check.request, SHARED));
            checker.some("identity", check.identity.as_ref(), |checker, path| checker.json_path(path));
        });
    }

    fn shared(&mut self, http: &Http, needed: bool) {
        if needed || !http.base_url.as_str().trim().is_empty() {
            self.at("base_url", |checker| {
                checker.url(&http.base_url);
                checker.template(&http.base_url, SHARED);
            });
        }
        self.each("hosts", &http.hosts, Checker::host);
        self.headers(&http.headers, SHARED);
        self.query(&http.query, SHARED);
        self.some("timeout", http.timeout.as_ref(), |checker, timeout| checker.duration(timeout));
        self.at("auth", |checker| checker.auth(&http.auth));
        self.at("retry", |checker| checker.retry(&http.retry));
        self.some("rate_limit", http.rate_limit.as_ref(), |checker, limits| match limits {
            RateLimits::One(limit) => checker.rate_limit(limit),
            RateLimits::Several(limits) => {
                for (index, limit) in limits.iter().enumerate() {
                    checker.at_index(index, |checker| checker.rate_limit(limit));
                }
            }
        });
        self.some("concurrency", http.concurrency.as_ref(), |checker, most| checker.between(*most, 1, 64));
        self.each("responses", &http.responses, Checker::response_rule);
        self.at("limits", |checker| checker.limits(&http.limits));
    }

    fn rate_limit(&mut self, limit: &RateLimit) {
        self.at("requests", |checker| checker.above_zero(u64::from(limit.requests)));
        self.at("per", |checker| checker.duration(&limit.per));
    }

    fn host(&mut self, host: &Template) {
        let text = host.as_str();
        let plain = text.split("://").last().unwrap_or(text);
        if text.contains("://") || (host.is_literal() && text.contains(['/', '@', ' '])) || text.is_empty() {
            let near = plain.split('/').next().filter(|near| !near.is_empty() && *near != text).map(str::to_owned);
            let message = format!("`{text}` is no host. Write only the host, such as `api.acme.test`.");
            self.fault_near("bad_host", message, near);
        }
        self.template(host, SHARED);
    }

    fn retry(&mut self, retry: &Retry) {
        self.at("max_attempts", |checker| checker.between(retry.max_attempts, 1, 20));
        self.at("backoff", |checker| match &retry.backoff {
            Backoff::Constant { wait } => checker.at("wait", |checker| checker.duration(wait)),
            Backoff::Exponential { initial, max, factor, jitter } => {
                checker.some("initial", initial.as_ref(), |checker, wait| checker.duration(wait));
                checker.some("max", max.as_ref(), |checker, wait| checker.duration(wait));
                checker.some("factor", factor.as_ref(), |checker, factor| {
                    if !(1.0..=100.0).contains(factor) {
                        checker.fault("out_of_range", format!("`factor` is 1 to 100, not {factor}."));
                    }
                });
                checker.some("jitter", jitter.as_ref(), |checker, jitter| {
                    if !(0.0..=1.0).contains(jitter) {
                        checker.fault("out_of_range", format!("`jitter` is 0 to 1, not {jitter}."));
                    }
                });
            }
        });
    }

    fn limits(&mut self, limits: &Limits) {
        let counts = [
            ("pages", limits.pages),
            ("records", limits.records),
            ("response_bytes", limits.response_bytes),
            ("total_bytes", limits.total_bytes),
        ];
        for (key, count) in counts {
            self.some(key, count.as_ref(), |checker, count| checker.above_zero(*count));
        }
        self.some("time", limits.time.as_ref(), |checker, time| checker.duration(time));
        self.some("wait", limits.wait.as_ref(), |checker, wait| checker.duration(wait));
        self.some("redirects", limits.redirects.as_ref(), |checker, most| checker.between(*most, 0, 50));
    }

    pub(super) fn above_zero(&mut self, number: u64) {
        if number == 0 {
            self.fault("out_of_range", "This must be 1 or more.");
        }
    }

    fn between(&mut self, number: u32, least: u32, most: u32) {
        if !(least..=most).contains(&number) {
            self.fault("out_of_range", format!("This must be {least} to {most}, not {number}."));
        }
    }
}
