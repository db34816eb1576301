/** A secret of a source, and the one place it may go. */
export interface SecretSlot {
  /** Also the name of the environment variable that may hold it. */
  readonly name: string;
  /** Where it is sent. A key entered for one address is not there for another. */
  readonly origin: string;
  /** The source's own address, which whoever set the environment variable trusts with it. */
  readonly usualOrigin: string;
  /** Names the environment variable by which its owner trusts another address. */
  readonly addressVariable: string;
}

export interface FoundSecret {
  readonly value: string;
  readonly heldIn: 'key-store' | 'environment';
}

/** Where secrets come from. Values are read when they are used, and go nowhere else: no page, no log, no database. */
export interface SecretStore {
  /** Null when secrets can be put into it; else why not and what to do instead. */
  refusal(): Promise<string | null>;
  find(slot: SecretSlot): Promise<FoundSecret | null>;
  /** Null removes it. Throws an AppError when the store refuses. */
  put(slot: SecretSlot, value: string | null): Promise<void>;
}
