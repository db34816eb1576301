import type { BinaryPayload } from '../../shared/contract/contract.ts';

/** Offers bytes as a download: a save dialog on the desktop, the download folder in a browser. */
export async function saveFile(payload: BinaryPayload, name: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([await payload.arrayBuffer()], { type: payload.type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The browser reads the object after this turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
