import { Info } from "lucide-react";
import { Ticked } from "../components/Ticked";
import { said } from "../app/said";

/** What the person was told about what they pasted. */
export function Notes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null;
  return (
    <div className="notes" data-testid="notes">
      {notes.map((note) => (
        <p key={note} className="note">
          <Info className="icon" aria-hidden />
          <span className="break">
            <Ticked text={said(note)} />
          </span>
        </p>
      ))}
    </div>
  );
}
