import { Columns3, TriangleAlert } from "lucide-react";
import { call, type Field, type FieldType, type NewField, type RunView, type StreamRun } from "../api";
import { count } from "../app/format";
import { app, toastFault } from "../app/store";
import { openConnector, setDefinition } from "../app/workbench";
import { goToField } from "../builder/go";
import { Button } from "../components/Button";
import { runWords } from "../strings/runs";

const words = runWords.news;
/** Names that a line tells. */
const TOLD = 8;

/** What came in records and is in no column, a line for each stream, with the way to the mapping. */
export function RunNews({ view }: { view: RunView }) {
  const streams = view.streams.filter((stream) => newFields(stream).length > 0);
  if (streams.length === 0) return null;
  return (
    <ul className="run-proof" data-testid="run-news">
      {streams.map((stream) => (
        <li key={stream.stream} data-testid={`run-news-${stream.stream}`}>
          <TriangleAlert className="icon warn" aria-hidden />
          <span>
            {view.streams.length > 1 && <span className="mono">{stream.stream}: </span>}
            {sentence(newFields(stream))}
          </span>
          <Button look="quiet" icon={<Columns3 className="icon" aria-hidden />} data-testid="run-news-add" onClick={() => void toMapping(view.run.connection, stream)}>
            {newFields(stream).length === 1 ? words.addOne : words.addAll}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function newFields(stream: StreamRun): NewField[] {
  return stream.new_fields;
}

function sentence(fields: NewField[]): string {
  const names = fields.slice(0, TOLD).map((field) => field.name);
  if (fields.length > TOLD) names.push(`… +${count(fields.length - TOLD)}`);
  const most = fields.reduce((one, other) => (other.records > one.records ? other : one));
  return words.line(count(most.records), count(most.of), names.join(", "), most.of);
}

/** Puts the new columns behind the others and opens the mapping at the first of them. One step back takes them out. */
async function toMapping(connection: string, stream: StreamRun): Promise<void> {
  const about = await call("connection_get", { id: connection }).catch(toastFault);
  if (about === undefined) return;
  await openConnector(about.connector);
  const { workbench } = app.get();
  if (workbench?.id !== about.connector) return;
  const { definition } = workbench;
  const at = (definition.streams ?? []).findIndex((each) => each.name === stream.stream);
  const own = definition.streams?.[at];
  if (own === undefined) return;
  const old = own.fields ?? [];
  const added = newFields(stream).filter((field) => !old.some((known) => known.name === field.name || known.from === field.path));
  const fields = [...old, ...added.map(column)];
  if (added.length > 0) {
    setDefinition({ ...definition, streams: (definition.streams ?? []).map((each, place) => (place === at ? { ...own, fields } : each)) });
  }
  await goToField(`streams[${at}].fields[${added.length > 0 ? old.length : 0}]`);
}

function column(field: NewField): Field {
  return { name: field.name, from: field.path, type: field.type as FieldType };
}
