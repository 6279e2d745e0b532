/** A label and what it means; for some fields also what vendors call it, where their words are not simply kept. */
export type Said = readonly [label: string, help: string, also?: string];

/** Words by the name of a field, as it stands in a definition. */
export type FieldsDe = Readonly<Record<string, Said>>;

/** The German words of one group of the forms, by the names that the definition itself uses. */
export interface GroupDe {
  words: Said;
  /** Of plain settings. */
  fields?: FieldsDe;
  /** Of kinds to choose from, by the word in the file. The one value of a kind stands at "". */
  kinds?: Readonly<Record<string, { words: Said; fields?: FieldsDe }>>;
}

export type GroupsDe = Readonly<Record<string, GroupDe>>;
