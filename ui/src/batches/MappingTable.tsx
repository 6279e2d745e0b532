import type { BatchLook, BatchParam, BatchProposal } from "../api";
import { TransformChips } from "../mapping/TransformChips";
import { words } from "../strings";
import { asGiven, chosen } from "./mapping";
import "../mapping/mapping.css";
import { said } from "../app/said";

interface MappingTableProps {
  look: BatchLook;
  params: BatchParam[];
  onChange: (params: BatchParam[]) => void;
}

/** What each parameter is given: what is proposed, with its reason, until the person says otherwise. */
export function MappingTable({ look, params, onChange }: MappingTableProps) {
  const set = (next: BatchParam) => onChange([...params.filter((one) => one.param !== next.param), next]);
  return (
    <div className="batch-table-box" role="region" tabIndex={0} aria-label={words.batches.mapping}>
      <table className="batch-table" data-testid="batch-mapping">
        <caption>{words.batches.mapping}</caption>
        <thead>
          <tr>
            <th scope="col">{words.batches.param}</th>
            <th scope="col">{words.batches.given}</th>
            <th scope="col">{words.batches.value}</th>
            <th scope="col">{words.batches.transform}</th>
            <th scope="col">{words.batches.why}</th>
          </tr>
        </thead>
        <tbody>
          {look.proposals.map((proposal) => (
            <Row key={proposal.param} look={look} proposal={proposal} given={params.find((one) => one.param === proposal.param)} onChange={set} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  look: BatchLook;
  proposal: BatchProposal;
  given: BatchParam | undefined;
  onChange: (given: BatchParam) => void;
}

function Row({ look, proposal, given, onChange }: RowProps) {
  const name = proposal.param;
  const at = chosen(proposal, given);
  const transforms = given?.transform ?? [];
  return (
    <tr>
      <th scope="row">
        {name} <span className="dim">{proposal.type}</span> {proposal.required && <span className="tag">{words.batches.required}</span>}
      </th>
      <td>
        <select
          className="input"
          aria-label={`${words.batches.given}: ${name}`}
          data-testid={`batch-column-${name}`}
          value={at}
          onChange={(event) => onChange(asGiven(name, event.target.value, transforms))}
        >
          <option value="">{words.batches.nothing}</option>
          <option value="=">{words.batches.fixed}</option>
          {look.columns.map((column) => (
            <option key={column.name} value={`:${column.name}`}>
              {column.name}
              {column.samples.length > 0 ? ` (${column.samples.slice(0, 2).join(", ").slice(0, 40)})` : ""}
            </option>
          ))}
        </select>
      </td>
      <td>
        {at === "=" && (
          <input
            className="input mono"
            aria-label={`${words.batches.value}: ${name}`}
            data-testid={`batch-value-${name}`}
            placeholder="{{ record.first }} {{ record.last }}"
            value={given?.template ?? ""}
            onChange={(event) => onChange({ ...asGiven(name, "=", transforms), template: event.target.value })}
          />
        )}
      </td>
      <td>
        {at !== "" && (
          <TransformChips
            field={name}
            transforms={transforms}
            onChange={(transform) => onChange({ ...asGiven(name, at, transform), ...(at === "=" ? { template: given?.template ?? "" } : {}) })}
          />
        )}
      </td>
      <td className="soft">{given === undefined ? (proposal.reason != null ? said(proposal.reason) : proposal.candidates.join(", ")) : words.batches.asYouSaid}</td>
    </tr>
  );
}
