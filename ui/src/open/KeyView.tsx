import { useCallback, useEffect, useRef, useState, type FormEvent } from "react";
import { call, toProblem, type AuthAsk, type AuthGiven, type AuthKind } from "../api";
import { cancelBusy } from "../app/busy";
import { goHome } from "../app/navigate";
import { loadForms } from "../app/forms";
import { app, useApp } from "../app/store";
import { giveAuth } from "../app/workbench";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { SecretInput } from "../components/SecretInput";
import { Segmented } from "../components/Segmented";
import { Working } from "../components/Working";
import { words } from "../strings";
import { AuthFields } from "./AuthFields";
import { FORM_KINDS, givenForm, isComplete, kindOfForm, startForm, withAddresses, type Filled } from "./authForm";
import { KeyringLine } from "./KeyringLine";
import { Notes } from "./Notes";
import "./open.css";
import { said } from "../app/said";

const KINDS: AuthKind[] = ["bearer", "api_key", "basic", "digest", ...FORM_KINDS, "none"];

/** The server asks for a key: one field, the kind preselected with its reason. Enter sends, once. */
export function KeyView({ ask, notes }: { ask: AuthAsk; notes: string[] }) {
  const busy = useApp((state) => state.busy);
  const failed = useApp((state) => state.problem);
  const form = useKeyForm(ask);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (busy !== null) return;
    if (form.complete) void giveAuth(form.given());
    else form.tell();
  };
  return (
    <div className="page narrow">
      <div className="page-lead">
        <h1>{words.key.title}</h1>
        <p className="soft" data-testid="key-reason">
          {ask.refused && `${words.key.refused} `}
          {said(ask.reason)}
        </p>
      </div>
      <form className="key-form" onSubmit={send}>
        <Segmented
          label={words.key.kind}
          value={form.kind}
          options={KINDS.map((value) => ({ value, label: words.key.kinds[value], testId: `key-kind-${value}` }))}
          onChange={form.setKind}
        />
        {form.form === null ? (
          <KeyFields ask={ask} form={form} />
        ) : (
          <>
            {form.kind === "oauth2" && ask.metadata != null && <Addresses url={ask.metadata} onFound={form.form.change} />}
            <AuthFields forms={form.form.forms} kind={form.form.kind} filled={form.form.filled} onChange={form.form.change} />
          </>
        )}
        <KeyringLine host={ask.host} />
        {busy === null ? (
          <div className="form-end">
            <Button look="primary" main type="submit" data-testid="key-send" disabled={form.form !== null && !form.complete}>
              {words.key.send}
            </Button>
            <Button onClick={goHome}>{words.back}</Button>
          </div>
        ) : (
          <Working message={busy.message} onCancel={cancelBusy} />
        )}
      </form>
      {failed !== null && <ProblemView problem={failed} />}
      <Notes notes={notes} />
    </div>
  );
}

type KeyForm = ReturnType<typeof useKeyForm>;

function useKeyForm(ask: AuthAsk) {
  const [kind, setKind] = useState(ask.kind);
  const [name, setName] = useState(ask.name === "" ? "X-API-Key" : ask.name);
  const [inQuery, setInQuery] = useState(ask.in_query);
  const [prefix, setPrefix] = useState(ask.prefix ?? "");
  const [username, setUsername] = useState(ask.username ?? "");
  const [secret, setSecret] = useState(ask.refused ? "" : (ask.suggestion ?? ""));
  const withUser = kind === "basic" || kind === "digest";
  const named = kind === "api_key" ? name.trim() !== "" : !withUser || username !== "";
  const full = kind === "none" || (named && (withUser || secret !== ""));
  const form = useAuthForm(kind, ask);
  const [told, setTold] = useState(0);
  const tell = () => setTold((times) => times + 1);
  const given = (): AuthGiven => {
    const definition = app.get().workbench?.definition;
    if (form !== null && definition !== undefined) return { kind, secret: "", form: givenForm(form.kind, form.filled, definition) };
    return keyGiven();
  };
  const keyGiven = (): AuthGiven => ({
    kind,
    secret: kind === "none" ? "" : secret,
    ...(kind === "api_key" ? { name: name.trim(), in_query: inQuery, prefix: inQuery ? "" : prefix } : {}),
    ...(withUser ? { username } : {}),
  });
  const complete = form === null ? full && !isForm(kind) : isComplete(form.kind, form.filled);
  return { form, withUser, kind, setKind, name, setName, inQuery, setInQuery, prefix, setPrefix, username, setUsername, secret, setSecret, complete, given, told, tell };
}

function isForm(kind: AuthKind): boolean {
  return FORM_KINDS.some((each) => each === kind);
}

/** The form of a kind with more settings than a key; each kind keeps what was typed. */
function useAuthForm(word: AuthKind, ask: AuthAsk) {
  const forms = useApp((state) => state.forms);
  const [filled, setFilled] = useState<Partial<Record<AuthKind, Filled>>>({});
  const wanted = isForm(word);
  useEffect(() => {
    if (wanted && forms === null) void loadForms();
  }, [wanted, forms]);
  const kind = forms === null || !wanted ? undefined : kindOfForm(forms, word);
  const change = useCallback(
    (next: (before: Filled) => Filled) => {
      if (forms === null || kind === undefined) return;
      setFilled((all) => ({ ...all, [word]: next(all[word] ?? startForm(forms, kind, ask)) }));
    },
    [forms, kind, word, ask],
  );
  if (forms === null || kind === undefined) return null;
  return { forms, kind, filled: filled[word] ?? startForm(forms, kind, ask), change };
}

function KeyFields({ ask, form }: { ask: AuthAsk; form: KeyForm }) {
  const input = useRef<HTMLInputElement>(null);
  const user = useRef<HTMLInputElement>(null);
  const noUser = form.withUser && form.username === "";
  // What is missing is where one types first, and again when it was sent without.
  useEffect(() => {
    (noUser ? user : input).current?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- not while it is typed
  }, [form.kind, form.told, ask]);
  if (form.kind === "none") return null;
  const suggested = ask.suggestion != null && form.secret === ask.suggestion;
  const noSecret = !form.withUser && form.secret === "";
  const help = suggested ? words.key.suggestion : form.withUser ? words.key.keyAlone : undefined;
  return (
    <>
      {form.kind === "api_key" && <ApiKeyPlace form={form} />}
      {form.withUser && (
        <Field label={words.key.username} error={form.told > 0 && noUser ? words.key.userMissing : undefined}>
          {({ id, describedBy }) => (
            <input
              ref={user}
              id={id}
              aria-describedby={describedBy}
              className="input"
              autoComplete="off"
              data-testid="key-username"
              value={form.username}
              onChange={(event) => form.setUsername(event.target.value)}
            />
          )}
        </Field>
      )}
      <Field label={words.key.secret[form.kind]} help={help} error={form.told > 0 && noSecret ? words.key.secretMissing : undefined}>
        {({ id, describedBy }) => (
          <SecretInput inputRef={input} id={id} describedBy={describedBy} testId="key-input" value={form.secret} onChange={form.setSecret} />
        )}
      </Field>
    </>
  );
}

function ApiKeyPlace({ form }: { form: KeyForm }) {
  // A header that schemes share has one before the key, mostly.
  const withPrefix = !form.inQuery && (form.prefix !== "" || form.name.trim().toLowerCase() === "authorization");
  return (
    <div className="pair">
      <Field label={words.key.place}>
        {({ id }) => (
          <select
            id={id}
            className="input"
            data-testid="key-place"
            value={form.inQuery ? "query" : "header"}
            onChange={(event) => form.setInQuery(event.target.value === "query")}
          >
            <option value="header">{words.key.inHeader}</option>
            <option value="query">{words.key.inQuery}</option>
          </select>
        )}
      </Field>
      <Field label={form.inQuery ? words.key.parameter : words.key.header}>
        {({ id }) => (
          <input
            id={id}
            className="input mono"
            autoComplete="off"
            data-testid="key-name"
            value={form.name}
            onChange={(event) => form.setName(event.target.value)}
          />
        )}
      </Field>
      {withPrefix && (
        <Field label={words.key.prefix}>
          {({ id }) => (
            <input id={id} className="input mono" autoComplete="off" data-testid="key-prefix" value={form.prefix} onChange={(event) => form.setPrefix(event.target.value)} />
          )}
        </Field>
      )}
    </div>
  );
}

/** The server named where its sign-in is described: a click asks there, and fills the addresses in. */
function Addresses({ url, onFound }: { url: string; onFound: (change: (before: Filled) => Filled) => void }) {
  const [waits, setWaits] = useState(false);
  const [told, setTold] = useState("");
  const look = async () => {
    setWaits(true);
    try {
      const named = await call("auth_addresses", { url });
      onFound((before) => ({ ...before, auth: withAddresses(before.auth, named) }));
      setTold(words.key.addressesFound);
    } catch (thrown) {
      const problem = toProblem(thrown);
      setTold([problem.message, problem.hint ?? ""].filter((part) => part !== "").map(said).join(" "));
    }
    setWaits(false);
  };
  return (
    <p className="key-addresses">
      <Button data-testid="key-addresses" disabled={waits} onClick={() => void look()}>
        {words.key.addresses(new URL(url).host)}
      </Button>{" "}
      <span className="soft" role="status">
        {told}
      </span>
    </p>
  );
}
