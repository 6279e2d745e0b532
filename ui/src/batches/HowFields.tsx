import { Field } from "../components/Field";
import { words } from "../strings";
import type { How } from "./mapping";

/** How a batch goes: what happens where a row fails, how many requests go at once. */
export function HowFields({ how, onChange }: { how: How; onChange: (how: How) => void }) {
  const number = (key: "most" | "concurrency" | "chunk", label: string, help: string, placeholder: string) => (
    <Field label={label} help={help}>
      {({ id, describedBy }) => (
        <input
          id={id}
          className="input num"
          inputMode="numeric"
          aria-describedby={describedBy}
          data-testid={`batch-${key}`}
          placeholder={placeholder}
          value={how[key]}
          onChange={(event) => onChange({ ...how, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <fieldset className="batch-how">
      <legend>{words.batches.how}</legend>
      <label className="batch-check">
        <input type="checkbox" data-testid="batch-skip" checked={how.skip} onChange={(event) => onChange({ ...how, skip: event.target.checked })} /> {words.batches.skip}
      </label>
      <div className="batch-numbers">
        {number("concurrency", words.batches.concurrency, words.batches.concurrencyHelp, words.batches.connectors)}
        {number("chunk", words.batches.chunk, words.batches.chunkHelp, "500")}
        {number("most", words.batches.most, words.batches.mostHelp, how.skip ? words.batches.any : "0")}
      </div>
    </fieldset>
  );
}
