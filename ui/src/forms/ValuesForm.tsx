import { useEffect, useState, type FormEvent } from "react";
import { call, type InputAsk, type Workbench } from "../api";
import { useApp } from "../app/store";
import { flushEdit, giveInputs } from "../app/workbench";
import { unsaved } from "../connection/ConnectionSettings";
import { Button } from "../components/Button";
import { KeyringLine } from "../open/KeyringLine";
import { TrustInput } from "../share/TrustInput";
import { words } from "../strings";

/** The values of the inputs on this machine: secrets in the keyring, the others with the connection. */
export function ValuesForm({ workbench }: { workbench: Workbench }) {
  const [asks, setAsks] = useState<InputAsk[]>([]);
  const [given, setGiven] = useState<Record<string, string>>({});
  const idle = useApp((state) => state.busy === null);
  const inputs = JSON.stringify(workbench.definition.config ?? []);
  useEffect(() => {
    let left = false;
    const ask = async () => {
      await flushEdit();
      const next = await call("inputs", { id: workbench.id });
      if (!left) setAsks(next);
    };
    ask().catch(() => undefined);
    return () => {
      left = true;
    };
  }, [workbench.id, inputs, workbench.yaml]);
  if (asks.length === 0) return null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    const [values, secrets] = split(asks, given);
    void giveInputs(values, secrets).then((done) => done && setGiven((now) => unsaved(now, given)));
  };
  return (
    <form className="forms-values" onSubmit={send} noValidate data-own-undo>
      <h3>{words.forms.values}</h3>
      <p className="form-help">{words.forms.valuesHelp}</p>
      {asks.map((ask) => (
        <TrustInput
          key={ask.name}
          ask={ask}
          first={false}
          error={undefined}
          value={given[ask.name] ?? (ask.type === "secret" ? "" : (ask.default ?? ""))}
          onChange={(value) => setGiven((before) => ({ ...before, [ask.name]: value }))}
        />
      ))}
      {asks.some((ask) => ask.type === "secret") && <KeyringLine host="" />}
      <div>
        <Button type="submit" look="primary" data-testid="values-save" disabled={!idle || Object.keys(given).length === 0}>
          {words.forms.saveValues}
        </Button>
      </div>
    </form>
  );
}

/** Plain values and secrets go their own ways. What was not touched is not sent. */
function split(asks: InputAsk[], given: Record<string, string>): [Record<string, string>, Record<string, string>] {
  const values: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const ask of asks) {
    const value = given[ask.name];
    if (value !== undefined) (ask.type === "secret" ? secrets : values)[ask.name] = value;
  }
  return [values, secrets];
}
