import type { Descriptors, ExpressionEntry, FormField, FormGroup, FormKind, FormOption, FormSection, FormValue } from "../api";
import type { Schema } from "../builder/yaml/schema";
import { groups, kindDe, sections, values } from "../strings/de/forms";
import { expressions } from "../strings/de/forms/expressions";
import type { FieldsDe, Said } from "../strings/de/forms/words";

/** The forms in German: each word by the name that the definition gives its place, never by the English words. */
export function germanForms(forms: Descriptors): Descriptors {
  const inner = (value: FormValue): FormValue => ({
    ...value,
    ...(value.options == null ? {} : { options: germanOptions(value.options, forms.groups) }),
    ...(value.item == null ? {} : { item: inner(value.item) }),
  });
  const field = (each: FormField, said: Said | undefined): FormField => germanField({ ...each, ...inner(each) }, said);
  const fieldsOf = (kind: FormKind, words: FieldsDe) => kind.fields.map((each) => field(each, words[each.path]));
  const kind = (each: FormKind, group: FormGroup): FormKind => {
    const { words, fields } = kindDe(group.name, each.type);
    return { ...each, title: words?.[0] ?? each.title, help: words?.[1] ?? each.help, fields: fieldsOf(each, fields) };
  };
  return {
    sections: forms.sections.map((each) => ({
      ...each,
      title: sections[each.name]?.[0] ?? each.title,
      help: sections[each.name]?.[1] ?? each.help,
      fields: each.fields.map((one) => field(one, sectionField(each.scope, one.path))),
    })),
    groups: forms.groups.map((each) => ({
      ...each,
      title: groups[each.name]?.words[0] ?? each.title,
      help: groups[each.name]?.words[1] ?? each.help,
      kinds: each.kinds.map((one) => kind(one, each)),
    })),
  };
}

/** A field of a section is one of the connector, of its `http`, or of a stream. */
export function sectionField(scope: FormSection["scope"], path: string): Said | undefined {
  const [first = "", second] = path.split(".");
  if (scope === "stream") return groups["stream"]?.fields?.[path];
  return second === undefined ? groups["connector"]?.fields?.[first] : groups[first]?.fields?.[second];
}

function germanField(field: FormField, said: Said | undefined): FormField {
  if (said === undefined) return field;
  const [label, help, also] = said;
  const usual = field.default == null ? null : (usualIn(help) ?? field.default);
  return { ...field, label, help, ...(usual === null ? {} : { default: usual }), ...(also === undefined || field.also == null ? {} : { also }) };
}

/** What holds where a field is left out, as its German help says. */
export function usualIn(help: string): string | null {
  const rest = /Standard: (.+)$/s.exec(help)?.[1];
  if (rest === undefined) return null;
  const quoted = /^`([^`]+)`/.exec(rest)?.[1];
  return quoted ?? /^(.+?)(?:\.(?:\s|$)|$)/s.exec(rest)?.[1] ?? null;
}

/** The words of a choice are the kinds of a group of words. Which one, is not said: it has just these. */
function germanOptions(options: FormOption[], all: FormGroup[]): FormOption[] {
  const same = (kind: FormKind, at: number) => kind.type === options[at]?.value && kind.title === options[at].label && kind.help === options[at].help;
  const group = all.find((each) => each.kinds.length === options.length && each.kinds.every(same));
  if (group === undefined) return options;
  return options.map((option) => {
    const { words } = kindDe(group.name, option.value);
    return { ...option, label: words?.[0] ?? option.label, help: words?.[1] ?? option.help };
  });
}

/** Types of the model whose group has another name than they. */
export const RENAMED: Readonly<Record<string, string>> = {
  OAuth2Grant: "grant",
  SessionSend: "token_place",
  Action: "actions",
  Param: "params",
  Webhook: "webhooks",
  WebhookVerify: "verify",
  WebhookChallenge: "challenge",
  WebhookRoute: "webhook_routes",
  WebhookSample: "webhook_samples",
  ConfigInput: "config",
  Hook: "hooks",
  RecordStep: "steps",
  Field: "fields",
  Relation: "relations",
  Partition: "partitions",
  MultipartPart: "part",
  ResponseRule: "responses",
  ResponseThen: "then",
  ResponseWait: "wait",
};

/** The group of a type of the model: `PageSize` is `page_size`. */
export function groupName(type: string): string {
  return RENAMED[type] ?? type.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/** The word of one branch of a choice, if it is only one. */
export function wordOf(branch: Schema): string | null {
  if (typeof branch.const === "string") return branch.const;
  const tag = branch.properties?.["type"]?.const;
  return typeof tag === "string" ? tag : (branch.required?.[0] ?? null);
}

/** The schema with its descriptions in German, for completing and explaining the text of a definition. */
export function germanSchema(schema: Schema): Schema {
  const types = Object.entries(schema.$defs ?? {}).map(([type, each]) => [type, germanType(type, each)] as const);
  return { ...germanSettings(schema, "connector"), $defs: Object.fromEntries(types) };
}

function germanType(type: string, schema: Schema): Schema {
  const plain = values[type];
  if (plain !== undefined) {
    const forms = schema.anyOf?.map((each, at) => described(each, plain[at + 1]));
    return { ...described(schema, plain[0]), ...(forms === undefined ? {} : { anyOf: forms }) };
  }
  const group = groupName(type);
  const branches = schema.oneOf?.map((each) => germanBranch(each, group));
  return { ...germanSettings(schema, group), ...(branches === undefined ? {} : { oneOf: branches }) };
}

function germanSettings(schema: Schema, group: string): Schema {
  const { words, fields } = kindDe(group, "");
  const properties = Object.entries(schema.properties ?? {}).map(([name, each]) => [name, described(each, fields[name]?.[1])] as const);
  return { ...described(schema, words?.[1]), ...(schema.properties === undefined ? {} : { properties: Object.fromEntries(properties) }) };
}

function germanBranch(branch: Schema, group: string): Schema {
  const word = wordOf(branch);
  if (word === null) return branch;
  const { words, fields } = kindDe(group, word);
  const help = (name: string) => fields[name]?.[1] ?? (name === word || name === "type" ? fields[""]?.[1] || words?.[1] : undefined);
  const properties = Object.entries(branch.properties ?? {}).map(([name, each]) => [name, described(each, help(name))] as const);
  return { ...described(branch, words?.[1]), ...(branch.properties === undefined ? {} : { properties: Object.fromEntries(properties) }) };
}

/** Only what is described is described in German. */
function described(schema: Schema, german: string | undefined): Schema {
  return schema.description === undefined || german === undefined || german === "" ? schema : { ...schema, description: german };
}

/** What expressions may use, explained in German. */
export function germanCatalog(entries: ExpressionEntry[]): ExpressionEntry[] {
  const said = ({ kind, name }: ExpressionEntry) => {
    if (kind === "name") return expressions.name[name];
    if (kind === "function" || kind === "filter_or_function") return expressions.function[name];
    return kind === "filter" ? expressions.filter[name] : undefined;
  };
  return entries.map((entry) => ({ ...entry, words: said(entry) ?? entry.words }));
}
