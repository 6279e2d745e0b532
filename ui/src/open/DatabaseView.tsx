import { useEffect, useRef, useState, type FormEvent } from "react";
import { call, toProblem, type DatabaseAsk, type Problem, type TableChoice } from "../api";
import { cancelBusy } from "../app/busy";
import { goHome } from "../app/navigate";
import { signInToDatabase, takeTables } from "../app/source";
import { useApp } from "../app/store";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { SecretInput } from "../components/SecretInput";
import { Working } from "../components/Working";
import { words } from "../strings";
import { openWords } from "../strings/open";
import { KeyringLine } from "./KeyringLine";
import { Notes } from "./Notes";
import { TableChooser } from "./TableChooser";
import "./open.css";
import { said } from "../app/said";

const W = openWords.database;

interface DatabaseViewProps {
  id: string;
  database: DatabaseAsk;
  notes: string[];
}

/** A database that was opened: its password where it asks for one, then its tables to choose from. */
export function DatabaseView({ id, database, notes }: DatabaseViewProps) {
  const [other, setOther] = useState(false);
  const [asked, setAsked] = useState(database);
  if (asked !== database) {
    // Another answer of the database: whoever signed in is in.
    setAsked(database);
    setOther(false);
  }
  if (database.password != null || other) return <Password id={id} database={database} notes={notes} />;
  return <Tables id={id} database={database} notes={notes} onOther={() => setOther(true)} />;
}

function Password({ id, database, notes }: DatabaseViewProps) {
  const busy = useApp((state) => state.busy);
  const failed = useApp((state) => state.problem);
  const [username, setUsername] = useState(database.username ?? "");
  const [password, setPassword] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (busy === null) void signInToDatabase(id, username, password).then(() => setPassword(""));
  };
  return (
    <div className="page narrow" data-testid="database-password">
      <div className="page-lead">
        <h1>{database.password?.refused === true ? W.refused : W.password}</h1>
        <p className="soft mono break">{database.address}</p>
        {database.password != null && (
          <p className="soft" data-testid="database-reason">
            {said(database.password.reason)}
          </p>
        )}
      </div>
      <form className="key-form" onSubmit={send}>
        <Field label={W.username}>
          {({ id: field }) => (
            <input id={field} className="input" autoComplete="off" spellCheck={false} data-testid="database-username" value={username} onChange={(event) => setUsername(event.target.value)} />
          )}
        </Field>
        <Field label={W.secret}>
          {({ id: field, describedBy }) => (
            <SecretInput inputRef={input} id={field} describedBy={describedBy} testId="database-secret" value={password} onChange={setPassword} />
          )}
        </Field>
        <KeyringLine host={host(database.address)} />
        {busy === null ? (
          <div className="form-end">
            <Button look="primary" main type="submit" data-testid="database-sign-in" disabled={password === "" && username === (database.username ?? "")}>
              {W.signIn}
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

/** The part of an address that a password goes to. */
function host(address: string): string {
  return address.replace(/^[a-z]+:\/\//, "").replace(/^[^@/]*@/, "").replace(/\/.*$/, "");
}

function Tables({ id, database, notes, onOther }: DatabaseViewProps & { onOther: () => void }) {
  const busy = useApp((state) => state.busy);
  const failed = useApp((state) => state.problem);
  const { tables, problem, again } = useTables(id);
  const name = database.address.replace(/\?.*$/, "").split("/").at(-1) ?? "";
  return (
    <div className="page" data-testid="database-tables">
      <div className="page-lead">
        <h1>{W.title(name === "" ? database.address : name)}</h1>
        <p className="soft">
          {database.product} <span className="mono break">{database.address}</span>
        </p>
        <p className="soft">{W.lead}</p>
      </div>
      <Notes notes={notes} />
      {failed !== null && <ProblemView problem={failed} />}
      {problem !== null && <ProblemView problem={problem} onRetry={again} />}
      {tables === null && problem === null && <Working message={W.reading} />}
      {tables !== null && (
        <TableChooser
          tables={tables}
          busy={busy !== null}
          onTake={(chosen) => void takeTables(id, chosen)}
          others={
            <>
              <Button onClick={goHome}>{words.back}</Button>
              {database.username != null && (
                <Button look="quiet" onClick={onOther}>
                  {W.other}
                </Button>
              )}
            </>
          }
        />
      )}
      {busy !== null && <Working message={busy.message} onCancel={cancelBusy} />}
    </div>
  );
}

/** The tables of a workbench's database. */
export function useTables(id: string) {
  const [tables, setTables] = useState<TableChoice[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let here = true;
    setProblem(null);
    call("tables", { id })
      .then((list) => here && setTables(list.tables))
      .catch((thrown: unknown) => here && setProblem(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, [id, turn]);
  return { tables, problem, again: () => setTurn(turn + 1) };
}
