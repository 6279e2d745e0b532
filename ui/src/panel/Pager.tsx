import { ChevronLeft, ChevronRight } from "lucide-react";
import type { PagePreview } from "../api";
import { app, useApp } from "../app/store";
import { Button } from "../components/Button";
import { words } from "../strings";
import { partWords } from "./parts";

/** The page that is looked at, and the way to others: the same in every tab. */
export function usePage(pages: PagePreview[]): { page: number; show: (page: number) => void } {
  const wanted = useApp((state) => state.page);
  return { page: Math.max(0, Math.min(wanted, pages.length - 1)), show: (page) => app.set({ page }) };
}

/** The parts that pages belong to, each with its pages' places, in the order in which they were read. */
export function partsOf(pages: PagePreview[]): { part: string; pages: number[] }[] {
  const parts = new Map<string, number[]>();
  for (const [at, page] of pages.entries()) {
    const part = page.partition ?? "";
    parts.set(part, [...(parts.get(part) ?? []), at]);
  }
  return [...parts].map(([part, places]) => ({ part, pages: places }));
}

/** Which part and which page of it is shown. */
export function Pager({ pages, page, onChange }: { pages: PagePreview[]; page: number; onChange: (page: number) => void }) {
  const parts = partsOf(pages);
  const at = Math.max(0, parts.findIndex((each) => each.pages.includes(page)));
  const mine = parts[at]?.pages ?? [];
  const place = mine.indexOf(page);
  return (
    <div className="pager" role="group" aria-label={words.tree.page}>
      {(parts.length > 1 || (parts[0]?.part ?? "") !== "") && (
        <select className="input pager-part" aria-label={words.tree.part} data-testid="partition" value={at} onChange={(event) => onChange(parts[Number(event.target.value)]?.pages[0] ?? 0)}>
          {parts.map((each, index) => (
            <option key={each.part} value={index}>
              {partWords(each.part)}
            </option>
          ))}
        </select>
      )}
      <Button look="quiet" icon={<ChevronLeft className="icon" aria-hidden />} aria-label={words.tree.previous} disabled={place <= 0} onClick={() => onChange(mine[place - 1] ?? page)} />
      <span className="num">{words.tree.of(place + 1, mine.length)}</span>
      <Button look="quiet" icon={<ChevronRight className="icon" aria-hidden />} aria-label={words.tree.next} data-testid="page-next" disabled={place >= mine.length - 1} onClick={() => onChange(mine[place + 1] ?? page)} />
    </div>
  );
}
