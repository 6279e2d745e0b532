import type { Param } from "../api";
import { Field } from "../components/Field";
import { actionWords as words } from "../strings/actions";

interface ParamFieldProps {
  param: Param;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** One field of an action's form, by the parameter's type. All values are text: the program types them. */
export function ParamField({ param, value, error, onChange }: ParamFieldProps) {
  const type = param.type ?? "string";
  const options = type === "boolean" ? [words.yes, words.no] : (param.enum ?? []);
  const long = type === "json" || type === "object";
  const label = `${param.title || param.name}${param.required === true ? ` (${words.required})` : ""}`;
  const testId = `param-${param.name}`;
  return (
    <Field label={label} help={helpOf(param)} error={error}>
      {({ id, describedBy }) => {
        const shared = { id, "aria-describedby": describedBy, "aria-invalid": error !== undefined, value, "data-testid": testId };
        if (options.length > 0)
          return (
            <select className="input" {...shared} onChange={(event) => onChange(event.target.value)}>
              <option value="">{defaultOf(param) || words.notGiven}</option>
              {options.map((option) => (
                <option key={option}>{option}</option>
              ))}
            </select>
          );
        if (long) return <textarea className="input mono" rows={3} {...shared} onChange={(event) => onChange(event.target.value)} />;
        return (
          <input
            className="input"
            type={param.secret === true ? "password" : "text"}
            autoComplete="off"
            inputMode={type === "integer" || type === "number" || type === "decimal" ? "decimal" : undefined}
            placeholder={defaultOf(param) || placeholderOf(type)}
            {...shared}
            onChange={(event) => onChange(event.target.value)}
          />
        );
      }}
    </Field>
  );
}

function defaultOf(param: Param): string {
  if (param.default === undefined || param.default === null) return "";
  return typeof param.default === "string" ? param.default : JSON.stringify(param.default);
}

function placeholderOf(type: string): string {
  const forms: Record<string, string> = { date: "2024-01-31", datetime: "2024-01-31T09:00:00Z", time: "09:00:00" };
  return forms[type] ?? "";
}

function helpOf(param: Param): string | undefined {
  const facts: string[] = [];
  if (param.description !== undefined && param.description !== null && param.description !== "") facts.push(param.description);
  if (param.type === "array" && facts.length === 0) facts.push(words.listHelp);
  if (param.type === "json" || param.type === "object") facts.push(words.jsonHelp);
  if (param.min !== undefined && param.min !== null) facts.push(`≥ ${param.min}`);
  if (param.max !== undefined && param.max !== null) facts.push(`≤ ${param.max}`);
  return facts.length === 0 ? undefined : facts.join(" · ");
}
