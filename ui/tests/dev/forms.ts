import type { Descriptors, FormField, FormKind } from "../../src/api";

function field(path: string, more: Partial<FormField> = {}): FormField {
  return { path, label: path === "" ? "Value" : path.replaceAll("_", " "), help: "", kind: "text", required: false, secret: false, advanced: false, ...more };
}

function kind(type: string, form: FormKind["form"], fields: FormField[] = [], example: unknown = null): FormKind {
  return { type, form, title: type === "" ? "Settings" : `The ${type}`, help: `What ${type} does.`, fields, example };
}

const option = (value: string) => ({ value, label: value, help: "" });

/** A few areas, one of each form. */
export const descriptors: Descriptors = {
  sections: [
    { name: "config", scope: "connector", title: "Inputs", help: "What is filled in.", fields: [field("config", { kind: "list", item: { kind: "settings", group: "config" } })] },
    { name: "auth", scope: "connector", title: "Sign-in", help: "Who sends.", fields: [field("http.auth", { kind: "kind", group: "auth", label: "Auth" })] },
    { name: "request", scope: "stream", title: "Request", help: "The first page.", fields: [field("request", { kind: "settings", group: "request", label: "Request" })] },
    { name: "paginate", scope: "stream", title: "Pages", help: "More pages.", fields: [field("paginate", { kind: "kind", group: "paginate", label: "Paginate" })] },
    { name: "job", scope: "stream", title: "Job", help: "An export.", fields: [field("job", { kind: "settings", group: "job", label: "Job" })] },
  ],
  groups: [
    {
      name: "auth", title: "Sign-in", help: "", place: "http.auth",
      kinds: [
        kind("none", "tagged"),
        kind("bearer", "tagged", [field("token", { kind: "expression", required: true, secret: true })], { type: "bearer", token: "{{ config.t }}" }),
        kind("basic", "tagged", [field("username", { required: true }), field("password", { secret: true })]),
        kind("oauth2", "tagged", [
          field("grant", { kind: "choice", required: true, options: [option("client_credentials"), option("authorization_code")] }),
          field("token_url", { kind: "expression", required: true }),
          field("authorize_url", { kind: "expression", only: { path: "grant", values: ["authorization_code"] } }),
          field("scopes", { kind: "list", item: { kind: "text" } }),
          field("token_params", { kind: "map", item: { kind: "scalar" }, advanced: true }),
        ]),
      ],
    },
    { name: "config", title: "Inputs", help: "", place: "", kinds: [kind("", "settings", [field("name", { required: true }), field("default", { kind: "json" })])] },
    {
      name: "paginate", title: "Pages", help: "", place: "",
      kinds: [
        kind("none", "tagged"),
        kind("page", "tagged", [field("inject", { kind: "kind", group: "inject", required: true }), field("start", { kind: "integer" }), field("omit_first", { kind: "boolean" })]),
        kind("cursor", "tagged", [field("next", { kind: "expression", required: true }), field("inject", { kind: "kind", group: "inject", required: true })]),
      ],
    },
    { name: "inject", title: "Where", help: "", place: "", kinds: [kind("query", "value", [field("", { required: true })]), kind("header", "value", [field("", { required: true })]), kind("path", "word")] },
    { name: "request", title: "Request", help: "", place: "", kinds: [kind("", "settings", [field("path", { kind: "expression" }), field("query", { kind: "map", item: { kind: "scalar" } })])] },
    { name: "job", title: "Job", help: "", place: "", kinds: [kind("", "settings", [field("ready", { kind: "expression", required: true })])] },
    { name: "steps", title: "Steps", help: "", place: "", kinds: [kind("trim", "word"), kind("replace", "keyed", [field("find", { required: true }), field("with")])] },
  ],
};

/** The same with the lists of the tree, which these forms leave out. */
export const withLists: Descriptors = {
  ...descriptors,
  sections: [...descriptors.sections, ...["actions", "webhooks", "destinations"].map((name) => ({ ...(descriptors.sections[0] as Descriptors["sections"][number]), name, scope: "connector" as const, title: name, fields: [] }))],
};
