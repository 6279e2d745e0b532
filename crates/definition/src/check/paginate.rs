//! `paginate`: how one request becomes many.

use super::Checker;
use super::names::short;
use super::template::{ANSWER, REQUEST};
use crate::model::{Inject, PageSize, Paginate, Scalar, Template};

impl Checker<'_> {
    pub(super) fn paginate(&mut self, paginate: &Paginate) {
        match paginate {
            Paginate::None => {}
            Paginate::Page(page) => {
                self.counted(&page.inject, page.size.as_ref(), page.stop_on_short);
                self.size_and_until(page.size.as_ref(), page.until.as_ref());
            }
            Paginate::Offset(offset) => {
                self.counted(&offset.inject, offset.size.as_ref(), offset.stop_on_short);
                self.size_and_until(offset.size.as_ref(), offset.until.as_ref());
            }
            Paginate::Cursor(cursor) => {
                self.at("next", |checker| checker.next_token(&cursor.next));
                self.at("inject", |checker| checker.inject(&cursor.inject));
                self.size_and_until(cursor.size.as_ref(), cursor.until.as_ref());
            }
            Paginate::NextUrl(next) => {
                self.at("next", |checker| checker.json_path(&next.next));
                self.size_and_until(next.size.as_ref(), next.until.as_ref());
            }
            Paginate::LinkHeader(link) => {
                self.some("rel", link.rel.as_ref(), |checker, rel| {
                    if rel.trim().is_empty() {
                        checker.fault("empty", "The link's relation is empty.");
                    }
                });
                self.size_and_until(link.size.as_ref(), link.until.as_ref());
            }
        }
    }

    fn counted(&mut self, inject: &Inject, size: Option<&PageSize>, stop_on_short: Option<bool>) {
        self.at("inject", |checker| checker.inject(inject));
        if stop_on_short == Some(true) && size.is_none() {
            self.at("stop_on_short", |checker| {
                checker.fault("missing_size", "Whether a page is short can't be told without `size`.");
            });
        }
    }

    fn next_token(&mut self, next: &Template) {
        let text = next.as_str();
        if text.starts_with('$') {
            return self.json_path(text);
        }
        if next.is_literal() {
            let message = format!(
                "`{}` is neither a JSONPath (it starts with `$`) nor an expression (it stands in {{{{ and }}}}).",
                short(text)
            );
            let near = (!text.is_empty()).then(|| format!("$.{text}"));
            return self.fault_near("bad_path", message, near);
        }
        self.template(next, ANSWER);
    }

    fn size_and_until(&mut self, size: Option<&PageSize>, until: Option<&Template>) {
        self.some("size", size, |checker, size| {
            checker.at("value", |checker| checker.size(&size.value));
            checker.some("inject", size.inject.as_ref(), Checker::inject);
        });
        self.some("until", until, |checker, until| checker.condition(until, ANSWER));
    }

    fn size(&mut self, size: &Scalar) {
        let whole = match size {
            Scalar::Integer(number) => *number > 0,
            Scalar::Text(text) if text.is_literal() => text.as_str().parse::<u32>().is_ok_and(|number| number > 0),
            Scalar::Text(_) => true,
            Scalar::Bool(_) | Scalar::Number(_) => false,
        };
        if !whole {
            self.fault("out_of_range", "A page's size is a whole number of 1 or more, or an expression.");
        }
        self.scalar(size, REQUEST);
    }
}
