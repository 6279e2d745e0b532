//! `hooks`: what happens around a run.

use super::Checker;
use super::template::HOOK;
use crate::model::{Hook, HookDo};

impl Checker<'_> {
    pub(super) fn hooks(&mut self) {
        let definition = self.definition;
        self.each("hooks", &definition.hooks, Checker::hook);
    }

    fn hook(&mut self, hook: &Hook) {
        self.at("do", |checker| match &hook.action {
            HookDo::Request(request) => checker.at("request", |checker| {
                if checker.definition.http.is_none() {
                    checker.fault("missing_http", "A hook that sends a request needs `http` with a `base_url`.");
                }
                checker.request(request, HOOK);
            }),
            HookDo::Log(text) => checker.at("log", |checker| checker.template(text, HOOK)),
            HookDo::Notify(text) => checker.at("notify", |checker| checker.template(text, HOOK)),
        });
    }
}
