import { useId, useState, type FormEvent, type KeyboardEvent, type ReactNode } from "react";
import type { EndpointChoice, EndpointList } from "../api";
import { count } from "../app/format";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { TrustInput } from "../share/TrustInput";
import { openWords } from "../strings/open";
import { asksOf, braces, firstChosen, foundIn, grouped, missingOf, taken, type TakenEndpoints } from "./endpoints";
import { KeyringLine } from "./KeyringLine";
import "./tables.css";

const W = openWords.endpoints;
/** The most rows that are shown: more are found by searching. */
const MOST_SHOWN = 400;

interface EndpointChooserProps {
  list: EndpointList;
  busy: boolean;
  onTake: (taken: TakenEndpoints) => void;
  /** Buttons beside the one that takes the choice. */
  others: ReactNode;
  children: ReactNode;
}

/** Requests to choose from, the address that they begin with, and the values that the chosen ones need. */
export function EndpointChooser({ list, busy, onTake, others, children }: EndpointChooserProps) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(() => firstChosen(list.endpoints));
  const [base, setBase] = useState(braces(list.base_url));
  const [given, setGiven] = useState<Record<string, string>>(() => Object.fromEntries(list.inputs.map((ask) => [ask.name, ask.type === "secret" ? "" : (ask.default ?? "")])));
  const [tried, setTried] = useState(false);
  const shown = foundIn(list.endpoints, text);
  const asks = asksOf(list, chosen, base);
  const missing = missingOf(list, asks, given);
  const noBase = base.trim() === "";
  const turn = (names: string[], on: boolean) => {
    const next = new Set(chosen);
    for (const name of names) {
      if (on) next.add(name);
      else next.delete(name);
    }
    setChosen(next);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!busy && chosen.size > 0 && missing.length === 0 && !noBase) onTake(taken(list, chosen, base, asks, given));
  };
  const lists = shown.filter((one) => one.list).map((one) => one.name);
  return (
    <form className="table-chooser" onSubmit={send} noValidate>
      <div className="table-tools">
        <input
          className="input"
          type="search"
          aria-label={W.search}
          placeholder={W.search}
          data-testid="endpoints-search"
          // What there is to do first is to look for one.
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one field of this page
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={intoList}
        />
        <Button data-testid="endpoints-lists" disabled={lists.length === 0} onClick={() => turn(lists, true)}>
          {W.lists}
        </Button>
        <Button data-testid="endpoints-none" disabled={chosen.size === 0} onClick={() => turn([...chosen], false)}>
          {W.none}
        </Button>
        <span className="dim num" role="status" data-testid="endpoints-chosen">
          {W.chosen(chosen.size, list.endpoints.length)}
        </span>
      </div>
      <List endpoints={shown.slice(0, MOST_SHOWN)} chosen={chosen} onTurn={turn} />
      {shown.length === 0 && <p className="dim">{W.noMatch}</p>}
      {shown.length > MOST_SHOWN && <p className="dim">{W.more(shown.length - MOST_SHOWN)}</p>}
      <div className="key-form">
        <Base list={list} base={base} error={tried && noBase ? W.baseMissing : undefined} onChange={setBase} />
        {asks.map((ask) => (
          <TrustInput
            key={ask.name}
            ask={ask}
            first={false}
            error={tried && missing.includes(ask) ? W.missing : undefined}
            value={given[ask.name] ?? ""}
            onChange={(value) => setGiven((before) => ({ ...before, [ask.name]: value }))}
          />
        ))}
        {asks.some((ask) => ask.type === "secret") && <KeyringLine host="" />}
      </div>
      {children}
      {!busy && (
        <div className="form-end">
          <Button look="primary" main type="submit" data-testid="endpoints-take" disabled={chosen.size === 0}>
            {W.take(chosen.size)}
          </Button>
          {others}
        </div>
      )}
    </form>
  );
}

function Base({ list, base, error, onChange }: { list: EndpointList; base: string; error: string | undefined; onChange: (base: string) => void }) {
  const options = useId();
  return (
    <Field label={W.base} help={W.baseHelp} error={error}>
      {({ id, describedBy }) => (
        <>
          <input
            id={id}
            aria-describedby={describedBy}
            aria-invalid={error !== undefined}
            className="input mono"
            autoComplete="off"
            spellCheck={false}
            data-testid="endpoints-base"
            list={list.servers.length > 1 ? options : undefined}
            value={base}
            onChange={(event) => onChange(event.target.value)}
          />
          {list.servers.length > 1 && (
            <datalist id={options}>
              {list.servers.map((server) => (
                <option key={server} value={braces(server)} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}

/** Down from the search leads into the list. */
function intoList(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown") return;
  event.preventDefault();
  event.currentTarget.closest("form")?.querySelector<HTMLElement>(".table-list input")?.focus();
}

/** Up and down lead from one request to the next. */
function alongList(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("input")];
  const at = all.findIndex((each) => each === document.activeElement);
  const next = all[at + step];
  if (at < 0) return;
  event.preventDefault();
  if (next !== undefined) next.focus();
  else if (step < 0) event.currentTarget.closest("form")?.querySelector<HTMLElement>("input[type=search]")?.focus();
}

interface ListProps {
  endpoints: EndpointChoice[];
  chosen: Set<string>;
  onTurn: (names: string[], on: boolean) => void;
}

function List({ endpoints, chosen, onTurn }: ListProps) {
  const groups = grouped(endpoints);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys of the boxes in it
    <div className="table-list" onKeyDown={alongList}>
      <table aria-label={W.label}>
        <thead>
          <tr>
            <th scope="col">{W.head.name}</th>
            <th scope="col">{W.head.path}</th>
            <th scope="col">{W.head.answer}</th>
          </tr>
        </thead>
        {groups.map(({ group, endpoints: some }) => (
          <tbody key={group}>
            {(groups.length > 1 || group !== "") && (
              <tr className="table-group">
                <th scope="rowgroup" colSpan={3}>
                  {group === "" ? W.others : group}
                </th>
              </tr>
            )}
            {some.map((one) => (
              <Row key={one.name} one={one} on={chosen.has(one.name)} onTurn={onTurn} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Row({ one, on, onTurn }: { one: EndpointChoice; on: boolean; onTurn: ListProps["onTurn"] }) {
  return (
    <tr data-testid={`endpoint-${one.name}`} data-chosen={on}>
      <td>
        <label className="check" title={one.title}>
          <input type="checkbox" aria-label={W.choose(one.name)} checked={on} onChange={(event) => onTurn([one.name], event.target.checked)} />
          <span className="table-name">{one.name}</span>
          {one.title !== "" && <span className="dim table-title">{one.title}</span>}
        </label>
      </td>
      <td className="mono" title={`${one.method} ${one.path}`}>
        {one.method === "GET" ? one.path : `${one.method} ${one.path}`}
      </td>
      <td className="dim">
        {one.list ? W.list : W.one}
        {one.fields > 0 && ` · ${W.fields(count(one.fields))}`}
      </td>
    </tr>
  );
}
