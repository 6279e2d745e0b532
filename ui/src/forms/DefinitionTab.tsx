import { Plus, RefreshCw, Trash2 } from "lucide-react";
import { useEffect } from "react";
import type { ConfigInput, Definition, Descriptors, FormSection, Stream, Workbench } from "../api";
import { app, useApp } from "../app/store";
import { loadForms } from "../app/forms";
import { editDefinition, flushEdit, openConnector, reread, selectStream } from "../app/workbench";
import { Button } from "../components/Button";
import { words } from "../strings";
import { FormField } from "./FormField";
import { FormsProvider, type FormsWorld } from "./context";
import { faultsBelow, freeName, get, put } from "./edit";
import { SignIn } from "./SignIn";
import { ValuesForm } from "./ValuesForm";
import "./forms.css";

/** The definition as forms: its parts on the left, the settings of one of them on the right. */
export function DefinitionTab({ workbench, stream }: { workbench: Workbench; stream: Stream | undefined }) {
  const forms = useApp((state) => state.forms);
  useEffect(() => {
    if (forms === null) void loadForms();
  }, [forms]);
  if (forms === null) return null;
  return <Editor forms={forms} workbench={workbench} stream={stream} />;
}

function Editor({ forms, workbench, stream }: { forms: Descriptors; workbench: Workbench; stream: Stream | undefined }) {
  const chosen = useApp((state) => state.section);
  const { definition } = workbench;
  const index = definition.streams?.findIndex((each) => each.name === stream?.name) ?? -1;
  const section = forms.sections.find((each) => each.name === chosen && (each.scope === "connector" || index >= 0)) ?? forms.sections[0];
  const world: FormsWorld = {
    forms,
    faults: workbench.faults,
    inputs: definition.config ?? [],
    streams: (definition.streams ?? []).map((each) => each.name).filter((name) => name !== stream?.name),
    addSecret: (wanted, title) => addInput({ name: wanted, type: "secret", title, required: true }),
    giveValues: () => app.set({ section: "config" }),
  };
  if (section === undefined) return null;
  return (
    <FormsProvider value={world}>
      <div className="forms">
        <Outline forms={forms} workbench={workbench} stream={stream} index={index} current={section.name} />
        <Section key={`${section.name} ${index}`} section={section} workbench={workbench} stream={stream} index={index} />
      </div>
    </FormsProvider>
  );
}

/** The definition as it stands now: a control may change two parts of it at once. */
function current(): Definition | undefined {
  return app.get().workbench?.definition;
}

function addInput(input: ConfigInput): string {
  const definition = current();
  if (definition !== undefined) editDefinition({ ...definition, config: [...(definition.config ?? []), input] });
  return input.name;
}

interface PartProps {
  workbench: Workbench;
  stream: Stream | undefined;
  /** The stream's place; -1 for none. */
  index: number;
}

function Outline({ forms, workbench, stream, index, current: at }: PartProps & { forms: Descriptors; current: string }) {
  const item = (section: FormSection) => {
    const root = section.scope === "stream" ? `streams[${index}].` : "";
    const holder: unknown = section.scope === "stream" ? stream : workbench.definition;
    const faults = section.fields.flatMap((field) => faultsBelow(workbench.faults, `${root}${field.path}`)).length;
    const used = section.fields.some((field) => get(holder, field.path) !== undefined);
    return (
      <li key={section.name}>
        <button
          type="button"
          className={used ? undefined : "unused"}
          aria-current={section.name === at ? "true" : undefined}
          data-testid={`section-${section.name}`}
          onClick={() => app.set({ section: section.name })}
        >
          {section.title}
          {faults > 0 && (
            <span className="form-count" title={words.result.faults(faults)}>
              {faults}
            </span>
          )}
        </button>
      </li>
    );
  };
  return (
    <nav className="forms-outline" aria-label={words.forms.parts}>
      <h2>{words.forms.connector}</h2>
      <ul>{forms.sections.filter((section) => section.scope === "connector").map(item)}</ul>
      <h2>{stream === undefined ? words.forms.noStream : words.forms.stream(stream.name)}</h2>
      {stream !== undefined && <ul>{forms.sections.filter((section) => section.scope === "stream").map(item)}</ul>}
      <Button look="quiet" icon={<Plus className="icon" aria-hidden />} data-testid="stream-add" onClick={addStream}>
        {words.forms.addStream}
      </Button>
    </nav>
  );
}

/** A draft that never read anything is opened anew. */
async function readAnew(id: string): Promise<void> {
  await flushEdit();
  await openConnector(id);
}

function addStream(): void {
  const definition = current();
  if (definition === undefined) return;
  const streams = definition.streams ?? [];
  const name = freeName("stream", streams.map((each) => each.name));
  const added = { name, request: { path: "" } } as Stream;
  editDefinition({ ...definition, streams: [...streams, added] });
  app.set({ stream: name, section: "stream" });
}

function removeStream(index: number): void {
  const definition = current();
  if (definition === undefined) return;
  const streams = (definition.streams ?? []).filter((_, at) => at !== index);
  editDefinition({ ...definition, streams });
  void selectStream(streams[0]?.name ?? "");
}

function Section({ section, workbench, stream, index }: PartProps & { section: FormSection }) {
  const ofStream = section.scope === "stream";
  const root: unknown = ofStream ? stream : workbench.definition;
  const change = (path: string, next: unknown) => {
    const definition = current();
    if (definition === undefined) return;
    if (!ofStream) return editDefinition(write(definition, path, next));
    const before = definition.streams?.[index];
    if (before === undefined) return;
    const after = put(before, path, next) as Stream;
    editDefinition({ ...definition, streams: (definition.streams ?? []).with(index, after) });
    if (path === "name") app.set({ stream: after.name });
  };
  const alone = section.fields.length === 1;
  const streams = workbench.definition.streams ?? [];
  return (
    <section className="forms-section" aria-label={section.title} tabIndex={-1} data-testid={`form-section-${section.name}`}>
      <header>
        <div>
          <h2>{section.title}</h2>
          <p className="soft">{section.help}</p>
        </div>
        {stream !== undefined && (
          <Button
            icon={<RefreshCw className="icon" aria-hidden />}
            data-testid="form-test"
            disabled={workbench.faults.length > 0}
            onClick={() => void (workbench.stage === "ready" ? reread() : readAnew(workbench.id))}
          >
            {words.forms.test}
          </Button>
        )}
      </header>
      {section.fields.map((field) => (
        <FormField
          key={field.path}
          field={field}
          value={get(root, field.path)}
          path={ofStream ? `streams[${index}].${field.path}` : field.path}
          bare={alone}
          lazy={field.path === "name"}
          onChange={(next) => change(field.path, next)}
        />
      ))}
      {section.name === "auth" && <SignIn workbench={workbench} />}
      {section.name === "config" && <ValuesForm workbench={workbench} />}
      {section.name === "stream" && streams.length > 1 && (
        <div>
          <Button look="quiet" icon={<Trash2 className="icon" aria-hidden />} data-testid="stream-remove" onClick={() => removeStream(index)}>
            {words.forms.removeStream(stream?.name ?? "")}
          </Button>
        </div>
      )}
    </section>
  );
}

/** The settings of all requests have an address, even where it is not written yet. */
function write(definition: Definition, path: string, next: unknown): Definition {
  const http = path.startsWith("http.") && definition.http == null ? { base_url: "" } : definition.http;
  return put(http == null ? definition : { ...definition, http }, path, next) as Definition;
}
