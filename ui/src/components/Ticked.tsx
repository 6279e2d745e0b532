/** Text whose parts in backticks are code. Nothing between two backticks is an empty text. */
export function Ticked({ text }: { text: string }) {
  return text.split("`").map((part, at) => (at % 2 === 1 ? <code key={at}>{part === "" ? '""' : part}</code> : part));
}
