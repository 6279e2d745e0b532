import type { FormKind } from "../api";
import { words } from "../strings";
import { unset, type ControlProps } from "./Control";
import { Ticked } from "../components/Ticked";
import { Settings } from "./SettingsControl";
import { useForms } from "./context";
import { groupOf, innerPath, makeKind, readKind, writeKind } from "./edit";

/** One of several kinds: the chooser, what the kind does, an example, and its settings. */
export function KindControl(props: ControlProps) {
  const { spec, field, id, about, label, path, value, onChange } = props;
  const { forms } = useForms();
  const group = groupOf(forms, spec.group);
  if (group === undefined) return null;
  // Where nothing stands, the kind `none` holds.
  const none = group.kinds.find((kind) => kind.type === "none");
  const found = readKind(group, value) ?? (none === undefined ? null : { kind: none, inner: {} });
  const choose = (word: string) => {
    const kind = group.kinds.find((each) => each.type === word);
    onChange(kind === undefined || (kind.type === "none" && field?.required !== true) ? undefined : makeKind(forms, kind, found));
  };
  return (
    <div className="form-kind">
      <select
        id={id}
        className="input form-short"
        aria-label={field === undefined || field.kind === "kind" ? label : undefined}
        aria-describedby={about}
        data-testid={`form-${path}`}
        value={found?.kind.type ?? ""}
        onChange={(event) => choose(event.target.value)}
      >
        {none === undefined && (field?.required !== true || found === null) && <option value="">{found === null && value !== undefined ? words.forms.unknown : unset(field)}</option>}
        {group.kinds.map((kind) => (
          <option key={kind.type} value={kind.type}>
            {kind.title}
          </option>
        ))}
      </select>
      {found !== null && <KindHelp kind={found.kind} />}
      {found !== null && found.kind.fields.length > 0 && (
        <Settings
          key={found.kind.type}
          kind={found.kind}
          inner={found.inner}
          path={innerPath(found.kind, path)}
          outer={path}
          onChange={(inner) => onChange(writeKind(found.kind, inner))}
        />
      )}
    </div>
  );
}

function KindHelp({ kind }: { kind: FormKind }) {
  const example = kind.example == null || kind.fields.length < 2 ? null : JSON.stringify(kind.example, null, 2);
  return (
    <div className="form-about">
      <p className="form-help">
        <Ticked text={kind.help} />
      </p>
      {example !== null && (
        <details>
          <summary>{words.forms.exampleOf}</summary>
          <pre className="text">{example}</pre>
        </details>
      )}
    </div>
  );
}
