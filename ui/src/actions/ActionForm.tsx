import { Play, ScanSearch } from "lucide-react";
import { useState, type FormEvent } from "react";
import { call, toProblem, type ActionCall, type ActionDryRun, type ActionForm as Form, type Problem } from "../api";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { Sheet } from "../components/Sheet";
import { keepInStash, stashed } from "../components/useStash";
import { words as all } from "../strings";
import { actionWords as words } from "../strings/actions";
import { CallView, RequestText } from "./CallView";
import { ParamField } from "./ParamField";
import { said } from "../app/said";

interface ActionFormProps {
  connection: string;
  form: Form;
  /** What the fields start with: those of an earlier call. */
  start: Record<string, string>;
  onCalled: () => void;
  /** Whether it stands beside something whose next step is another one. */
  beside?: boolean;
}

/** An action's form: its parameters, a dry run, the call and its answer. */
export function ActionForm({ connection, form, start, onCalled, beside = false }: ActionFormProps) {
  const kept = `action ${connection} ${form.name}`;
  const [values, setValues] = useState(() => (Object.keys(start).length > 0 ? start : stashed<Record<string, string>>(kept, {})));
  const put = (name: string, value: string) => {
    const next = { ...values, [name]: value };
    setValues(next);
    const secrets = form.params.filter((param) => param.secret === true).map((param) => param.name);
    keepInStash(kept, Object.fromEntries(Object.entries(next).filter(([each]) => !secrets.includes(each))));
  };
  const [key, setKey] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [dry, setDry] = useState<ActionDryRun | null>(null);
  const [done, setDone] = useState<ActionCall | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  /** The call that goes on, by which it is stopped. */
  const [turn, setTurn] = useState<string | null>(null);

  const request = () => ({
    connection,
    action: form.name,
    params: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")),
    idempotency_key: key === "" ? undefined : key,
  });
  const stop = () => {
    if (turn !== null) call("action_cancel", { id: turn }).catch((thrown: unknown) => setProblem(toProblem(thrown)));
  };
  const send = async (work: () => Promise<{ faults: { param: string; message: string }[] }>) => {
    setBusy(true);
    setProblem(null);
    setDry(null);
    setDone(null);
    try {
      const { faults } = await work();
      setErrors(Object.fromEntries(faults.map((fault) => [fault.param, said(fault.message)])));
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const rehearse = () =>
    send(async () => {
      const answer = await call("action_dry_run", request());
      if (answer.request != null) setDry(answer);
      return answer;
    });
  const run = () =>
    send(async () => {
      setAsking(false);
      const name = crypto.randomUUID();
      setTurn(name);
      const answer = await call("action_run", { ...request(), turn: name }).finally(() => setTurn(null));
      if (answer.call != null) {
        setDone(answer.call);
        onCalled();
      }
      return answer;
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.kind === "delete") setAsking(true);
    else void run();
  };
  return (
    <div className="action-form">
      <form onSubmit={submit} noValidate aria-label={form.name}>
        {form.description !== "" && <p className="soft">{form.description}</p>}
        {form.params.map((param) => (
          <ParamField
            key={param.name}
            param={param}
            value={values[param.name] ?? ""}
            error={errors[param.name]}
            onChange={(value) => put(param.name, value)}
          />
        ))}
        {form.has_idempotency && (
          <Field label={words.key} help={words.keyHelp}>
            {({ id, describedBy }) => (
              <input className="input mono" id={id} aria-describedby={describedBy} value={key} onChange={(event) => setKey(event.target.value)} />
            )}
          </Field>
        )}
        <div className="action-buttons">
          <Button data-testid="action-dry-run" disabled={busy} icon={<ScanSearch className="icon" aria-hidden />} onClick={() => void rehearse()}>
            {words.dryRun}
          </Button>
          <Button type="submit" look="primary" main={!beside} data-testid="action-run" disabled={busy} icon={<Play className="icon" aria-hidden />}>
            {busy ? words.running : words.run}
          </Button>
          {turn !== null && (
            <Button data-testid="action-cancel" onClick={stop}>
              {all.cancel}
            </Button>
          )}
        </div>
      </form>
      {errors[""] !== undefined && <p role="alert">{errors[""]}</p>}
      {problem !== null && <ProblemView problem={problem} />}
      {dry?.request != null && (
        <section className="section" aria-label={words.request} data-testid="action-dry">
          <h3>{words.request}</h3>
          <p className="soft">{words.nothingSent}</p>
          {dry.note != null && <p className="soft">{said(dry.note)}</p>}
          <RequestText request={dry.request} curl={dry.curl} />
        </section>
      )}
      {done !== null && <CallView call={done} />}
      {asking && (
        <Sheet
          title={words.confirmTitle(form.name)}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{all.cancel}</Button>
              <Button look="danger" data-testid="action-confirm" onClick={() => void run()}>
                {words.confirm}
              </Button>
            </>
          }
        >
          <p>{words.confirmText}</p>
        </Sheet>
      )}
    </div>
  );
}
