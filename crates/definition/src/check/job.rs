//! `job`: an export that is created, waited for and downloaded.

use super::Checker;
use super::template::{FILE, JOB, POLL};
use crate::model::{Job, Paginate, Stream};

impl Checker<'_> {
    pub(super) fn job(&mut self, stream: &Stream, job: &Job) {
        self.at("poll", |checker| {
            checker.at("request", |checker| checker.request(&job.poll.request, JOB));
            checker.some("every", job.poll.every.as_ref(), |checker, every| checker.duration(every));
            checker.some("timeout", job.poll.timeout.as_ref(), |checker, timeout| checker.duration(timeout));
            checker.at("ready", |checker| checker.condition(&job.poll.ready, POLL));
            checker.some("failed", job.poll.failed.as_ref(), |checker, failed| checker.condition(failed, POLL));
        });
        self.at("download", |checker| {
            if job.download.urls.is_none() && job.download.request.is_none() {
                checker.fault("bad_values", "A download has `urls`, a `request`, or both.");
            }
            checker.some("urls", job.download.urls.as_ref(), |checker, urls| checker.json_path(urls));
            checker.some("request", job.download.request.as_ref(), |checker, request| {
                checker.request(request, FILE);
            });
        });
        self.some("cleanup", job.cleanup.as_ref(), |checker, cleanup| checker.request(cleanup, FILE));
        if stream.paginate != Paginate::default() {
            let message = "The files of a job are its pages: `paginate` is not used with a `job`.";
            self.fault("unused_paginate", message);
        }
    }
}
