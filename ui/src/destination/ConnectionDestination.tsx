import { useState, type FormEvent } from "react";
import { call, toProblem, type ConnectionView, type Problem } from "../api";
import { toast } from "../app/store";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { SecretInput } from "../components/SecretInput";
import { words } from "../strings";
import { kindOf, placeOf, written, type DestinationKind } from "./place";

const KINDS: DestinationKind[] = ["own", "sqlite", "postgres", "parquet", "csv"];

/** Where a connection's records go, and the way to change it. */
export function ConnectionDestination({ view }: { view: ConnectionView }) {
  const [now, setNow] = useState(view.destination);
  const [kind, setKind] = useState<DestinationKind>(kindOf(view.destination));
  const [place, setPlace] = useState(placeOf(view.destination));
  const [password, setPassword] = useState("");
  const [failed, setFailed] = useState<Problem | null>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setFailed(null);
    try {
      const set = await call("destination_set", { connection: view.id, destination: written(kind, place), password: password === "" ? null : password });
      setNow(set.destination);
      setPassword((typed) => (typed === password ? "" : typed));
      toast(words.destination.saved(set.destination));
      if (set.not_kept != null) toast(words.destination.notKept(set.not_kept));
    } catch (thrown) {
      setFailed(toProblem(thrown));
    }
  };
  return (
    <form className="section" onSubmit={(event) => void send(event)} noValidate data-testid="destination">
      <h3>{words.destination.title}</h3>
      <p className="soft break">
        {words.destination.now} <code data-testid="destination-now">{now}</code>
      </p>
      <Field label={words.destination.kind} help={words.destination.help[kind]}>
        {({ id, describedBy }) => (
          <select id={id} aria-describedby={describedBy} className="input" data-testid="destination-kind" value={kind} onChange={(event) => setKind(event.target.value as DestinationKind)}>
            {KINDS.map((each) => (
              <option key={each} value={each}>
                {words.destination.kinds[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {kind !== "own" && (
        <Field label={words.destination.place}>
          {({ id, describedBy }) => (
            <input id={id} aria-describedby={describedBy} className="input mono" data-testid="destination-place" value={place} onChange={(event) => setPlace(event.target.value)} spellCheck={false} />
          )}
        </Field>
      )}
      {kind === "postgres" && (
        <Field label={words.destination.password} help={words.destination.passwordHelp}>
          {({ id, describedBy }) => <SecretInput id={id} describedBy={describedBy} testId="destination-password" value={password} onChange={setPassword} />}
        </Field>
      )}
      {failed !== null && <ProblemView problem={failed} />}
      <p className="soft">{words.destination.stays}</p>
      <div>
        <Button look="primary" type="submit" data-testid="destination-save" disabled={kind !== "own" && place.trim() === ""}>
          {words.destination.save}
        </Button>
      </div>
    </form>
  );
}
