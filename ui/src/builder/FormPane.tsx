import { RefreshCw, Trash2 } from "lucide-react";
import { useRef } from "react";
import type { ConfigInput, Definition, Descriptors, FormSection, Stream, Workbench } from "../api";
import { go } from "../app/navigate";
import { app, useApp } from "../app/store";
import { setDefinition, flushEdit, nameStream, openConnector, reread } from "../app/workbench";
import { Button } from "../components/Button";
import { words } from "../strings";
import { Control } from "../forms/Control";
import { FaultLines } from "../forms/FaultLines";
import { FormField } from "../forms/FormField";
import { FormsProvider, type FormsWorld } from "../forms/context";
import { get, isPlain, ownFaults, put, shownFields, groupOf } from "../forms/edit";
import { SignIn } from "../forms/SignIn";
import { ValuesForm } from "../forms/ValuesForm";
import { removeItem, renameItem } from "./go";
import { namesOf, type ListName } from "./rows";
import { useGoal } from "./useGoal";
import "../forms/forms.css";

interface FormPaneProps {
  forms: Descriptors;
  workbench: Workbench;
  /** The stream that is chosen. */
  stream: Stream | undefined;
}

/** The form of the part of the definition that is chosen. */
export function FormPane({ forms, workbench, stream }: FormPaneProps) {
  const chosen = useApp((state) => state.section);
  const item = useApp((state) => state.item);
  const typing = useApp((state) => state.typing);
  const box = useRef<HTMLDivElement>(null);
  useGoal(box, "form");
  const { definition } = workbench;
  const index = definition.streams?.findIndex((each) => each.name === stream?.name) ?? -1;
  const section = forms.sections.find((each) => each.name === chosen && (each.scope === "connector" || index >= 0)) ?? forms.sections[0];
  const world: FormsWorld = {
    forms,
    faults: workbench.faults,
    inputs: definition.config ?? [],
    streams: (definition.streams ?? []).map((each) => each.name).filter((name) => name !== stream?.name),
    addSecret: (wanted, title) => addInput({ name: wanted, type: "secret", title, required: true }),
    giveValues: () => app.set({ section: "config", item: null }),
  };
  if (section === undefined) return null;
  // What was typed as text a moment ago comes first: a form over the definition before it would take it back.
  if (typing) return <p className="dim builder-wait">{words.working}</p>;
  // What can't be read can't be changed by a form: the text comes first.
  const blocked = (workbench.text_faults ?? []).length > 0;
  const at = item !== null && item.list === section.name ? item.index : null;
  return (
    <FormsProvider value={world}>
      <div ref={box} className="forms" inert={blocked} data-app-undo>
        {at !== null && item !== null ? (
          <Item key={`${section.name} ${at}`} list={item.list} at={at} section={section} workbench={workbench} forms={forms} />
        ) : (
          <Section key={`${section.name} ${section.scope === "stream" ? index : ""}`} section={section} workbench={workbench} stream={stream} index={index} />
        )}
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
  if (definition !== undefined) setDefinition({ ...definition, config: [...(definition.config ?? []), input] });
  return input.name;
}

/** A draft that never read anything is opened anew. */
async function readAnew(id: string): Promise<void> {
  await flushEdit();
  await openConnector(id);
}

/** Reads again, and shows what came where there is no room for both. */
function test(workbench: Workbench): void {
  if (document.querySelector(".builder.narrow") !== null) app.set({ pane: "none" });
  void (workbench.stage === "ready" ? reread() : readAnew(workbench.id));
}

interface SectionProps {
  section: FormSection;
  workbench: Workbench;
  stream: Stream | undefined;
  /** The stream's place; -1 for none. */
  index: number;
}

function Section({ section, workbench, stream, index }: SectionProps) {
  const ofStream = section.scope === "stream";
  const root: unknown = ofStream ? stream : workbench.definition;
  const change = (path: string, next: unknown) => {
    const definition = current();
    if (definition === undefined) return;
    if (!ofStream) return setDefinition(write(definition, path, next));
    const before = definition.streams?.[index];
    if (before === undefined) return;
    if (path === "name") return renameItem("streams", index, String(next));
    const after = put(before, path, next) as Stream;
    setDefinition({ ...definition, streams: (definition.streams ?? []).with(index, after) });
  };
  const alone = section.fields.length === 1;
  const streams = workbench.definition.streams ?? [];
  return (
    <section
      className="forms-section"
      aria-label={section.title}
      tabIndex={-1}
      data-testid={`form-section-${section.name}`}
      // A path that was written names a stream that nobody named.
      onBlur={(event) => {
        if (event.target.closest("[data-path$='.request.path']") !== null) void nameStream();
      }}
    >
      <header>
        <div>
          {ofStream && <p className="crumb">{stream?.name}</p>}
          <h2>{section.title}</h2>
          <p className="soft">{section.help}</p>
        </div>
        {stream !== undefined && (
          <Button icon={<RefreshCw className="icon" aria-hidden />} data-testid="form-test" disabled={workbench.faults.length > 0} onClick={() => test(workbench)}>
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
          <Button look="quiet" icon={<Trash2 className="icon" aria-hidden />} data-testid="stream-remove" onClick={() => removeItem("streams", index)}>
            {words.forms.removeStream(stream?.name ?? "")}
          </Button>
        </div>
      )}
    </section>
  );
}

interface ItemProps {
  list: ListName;
  at: number;
  section: FormSection;
  workbench: Workbench;
  forms: Descriptors;
}

/** One action, webhook or destination. */
function Item({ list, at, section, workbench, forms }: ItemProps) {
  const spec = section.fields[0]?.item;
  const value: unknown = workbench.definition[list]?.[at];
  if (spec == null || value === undefined) return null;
  const path = `${list}[${at}]`;
  const name = namesOf(workbench.definition, list)[at] ?? "";
  const change = (next: unknown) => {
    const definition = current();
    if (definition === undefined || !isPlain(next)) return;
    setDefinition({ ...definition, [list]: (definition[list] ?? []).map((each, index) => (index === at ? next : each)) } as Definition);
  };
  const kind = groupOf(forms, spec.group)?.kinds[0];
  const within = kind === undefined ? [] : [...shownFields(kind, value).plain, ...shownFields(kind, value).advanced].map((field) => `${path}.${field.path}`);
  return (
    <section className="forms-section" aria-label={name} tabIndex={-1} data-testid={`form-item-${list}`}>
      <header>
        <div>
          <p className="crumb">{section.title}</p>
          <h2>{name}</h2>
          <p className="soft">{kind?.help === undefined || kind.help === "" ? section.help : kind.help}</p>
        </div>
        {(list === "actions" || list === "webhooks") && workbench.connection != null && (
          <Button className="narrow-only" data-testid="try-there" onClick={() => go({ name: "connection", id: workbench.connection ?? "", tab: list })}>
            {words.builder.tryOut.there}
          </Button>
        )}
        <Button look="quiet" icon={<Trash2 className="icon" aria-hidden />} aria-label={words.forms.remove(name)} title={words.forms.remove(name)} onClick={() => removeItem(list, at)} />
      </header>
      {kind === undefined && <FaultLines faults={ownFaults(workbench.faults, path, within)} />}
      <Control spec={spec} id={`item-${path}`} about={undefined} label={name} path={path} value={value} faulty={false} optional={false} onChange={change} />
    </section>
  );
}

/** The settings of all requests have an address, even where it is not written yet. */
function write(definition: Definition, path: string, next: unknown): Definition {
  const http = path.startsWith("http.") && definition.http == null ? { base_url: "" } : definition.http;
  return put(http == null ? definition : { ...definition, http }, path, next) as Definition;
}
