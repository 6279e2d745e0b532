import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "../components/Button";
import { words } from "../strings";

/** Which page is shown, from 0. */
export function Pager({ page, pages, onChange }: { page: number; pages: number; onChange: (page: number) => void }) {
  return (
    <div className="pager" role="group" aria-label={words.tree.page}>
      <Button look="quiet" icon={<ChevronLeft className="icon" aria-hidden />} aria-label={words.tree.previous} disabled={page === 0} onClick={() => onChange(page - 1)} />
      <span className="num">{words.tree.of(page + 1, pages)}</span>
      <Button look="quiet" icon={<ChevronRight className="icon" aria-hidden />} aria-label={words.tree.next} disabled={page >= pages - 1} onClick={() => onChange(page + 1)} />
    </div>
  );
}
