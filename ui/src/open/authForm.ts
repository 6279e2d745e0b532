import type { Auth, AuthForm, ConfigInput, Definition, Descriptors, FormField, FormKind } from "../api";
import { freeName, get, groupOf, isPlain, makeKind, put, reference, referenceOf, shownFields } from "../forms/edit";

/** The kinds of sign-in that have more settings than a key. */
export const FORM_KINDS = ["oauth2", "jwt", "session", "aws_sigv4"] as const;

/** What is filled in: the settings, and by place the values that go to inputs. */
export interface Filled {
  auth: unknown;
  /** Values of settings, by their place: `auth.client_secret`. */
  texts: Record<string, string>;
  /** Values of other inputs that the settings refer to, by name. */
  others: Record<string, string>;
}

/** Whether a setting's value is a person's own: it goes to an input, and the settings refer to it. */
export function isOwn(field: FormField): boolean {
  return field.secret || (field.kind === "expression" && referenceOf(field.example) !== null);
}

/** The kind of a form. */
export function kindOfForm(forms: Descriptors, word: string): FormKind | undefined {
  return groupOf(forms, "auth")?.kinds.find((kind) => kind.type === word);
}

/** The addresses that a server named when it refused. */
export interface Named {
  authorize_url?: string | null;
  token_url?: string | null;
}

/** Where a form starts. A login is described best by its example: a request, where the token is, where it goes. */
export function startForm(forms: Descriptors, kind: FormKind, named: Named = {}): Filled {
  const auth = kind.type === "session" && isPlain(kind.example) ? kind.example : makeKind(forms, kind);
  return { auth: kind.type === "oauth2" ? withAddresses(auth, named) : auth, texts: {}, others: {} };
}

/** The settings of OAuth with the addresses that are known. One that was typed stays. */
export function withAddresses(auth: unknown, named: Named): unknown {
  let next = auth;
  for (const place of ["authorize_url", "token_url"] as const) {
    const url = named[place];
    const own = get(next, place);
    if (url != null && (own === undefined || own === "")) next = put(next, place, url);
  }
  return next;
}

function ownFields(kind: FormKind, auth: unknown): FormField[] {
  const { plain, advanced } = shownFields(kind, auth);
  return [...plain, ...advanced].filter(isOwn);
}

/** The inputs that the settings refer to by themselves. */
export function otherNames(auth: unknown): string[] {
  const found = [...JSON.stringify(auth ?? null).matchAll(/config\.([A-Za-z_]\w*)/g)].map((match) => match[1] ?? "");
  return [...new Set(found)];
}

/** Whether an input of this name holds a secret. */
export function soundsSecret(name: string): boolean {
  return /pass|secret|token|key|code|pin/i.test(name);
}

/** Whether all that is needed is there. */
export function isComplete(kind: FormKind, filled: Filled): boolean {
  const { plain } = shownFields(kind, filled.auth);
  const has = (field: FormField) => {
    if (!field.required) return true;
    if (isOwn(field)) return (filled.texts[`auth.${field.path}`] ?? "") !== "";
    const value = get(filled.auth, field.path);
    return value !== undefined && value !== "";
  };
  return plain.every(has) && otherNames(filled.auth).every((name) => (filled.others[name] ?? "") !== "");
}

/** The settings with references in the place of values, the inputs, and the values apart. */
export function givenForm(kind: FormKind, filled: Filled, definition: Definition): AuthForm {
  const kept = otherNames(definition.http?.auth);
  const taken = (definition.config ?? []).map((input) => input.name).filter((name) => !kept.includes(name));
  let auth = filled.auth;
  const inputs: ConfigInput[] = [];
  const values: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  const give = (name: string, label: string, secret: boolean, text: string) => {
    inputs.push({ name, title: label, required: true, ...(secret ? { type: "secret" as const } : {}) });
    (secret ? secrets : values)[name] = text;
  };
  for (const name of otherNames(auth)) give(name, title(name), soundsSecret(name), filled.others[name] ?? "");
  for (const field of ownFields(kind, auth)) {
    const text = filled.texts[`auth.${field.path}`] ?? "";
    if (text === "") {
      if (!field.required) auth = put(auth, field.path, undefined);
      continue;
    }
    const name = freeName(field.path, [...taken, ...inputs.map((input) => input.name)]);
    auth = put(auth, field.path, reference(name));
    give(name, field.label, field.secret, text);
  }
  return { auth: auth as Auth, inputs, values, secrets };
}

/** An input's name as a label. */
export function title(name: string): string {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
