import type { BinaryPayload } from '../../shared/contract/contract.ts';
import { unpackFrame, type WireFrame } from '../../shared/contract/wire.ts';

/** The columns in a binary answer, as views on its bytes. */
export async function readFrame<Meta>(payload: BinaryPayload): Promise<WireFrame<Meta>> {
  return unpackFrame<Meta>(await payload.arrayBuffer());
}
