//! `fields`: the columns.

use super::Checker;
use super::template::RECORD;
use crate::model::{Field, Rest, Stream};

impl Checker<'_> {
    pub(super) fn fields(&mut self, stream: &Stream) {
        self.unique("fields", &stream.fields, "field", |field| &field.name);
        self.each("fields", &stream.fields, Checker::field);
        if let Some(Rest::As(name)) = &stream.rest {
            self.at("rest", |checker| {
                checker.at("as", |checker| {
                    checker.field_name(name);
                    if stream.fields.iter().any(|field| field.name.eq_ignore_ascii_case(name)) {
                        checker.fault("duplicate_name", format!("A field is called `{name}` already."));
                    }
                });
            });
        }
    }

    pub(super) fn field(&mut self, field: &Field) {
        self.at("name", |checker| checker.field_name(&field.name));
        if field.from.is_some() && field.template.is_some() {
            self.at("template", |checker| {
                let message = "A field has `from` or `template`, not both: remove one.";
                checker.fault("both_sources", message);
            });
        }
        self.some("from", field.from.as_ref(), |checker, path| checker.json_path(path));
        self.some("template", field.template.as_ref(), |checker, template| checker.template(template, RECORD));
        self.each("transform", &field.transform, Checker::transform);
    }
}
