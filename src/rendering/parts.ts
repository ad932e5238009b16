/** Bytes of a large result that travel together: small enough for the receiver to decode within a millisecond or two. */
const PART_BYTES = 256 * 1024;

/** Sends bytes in parts. */
export const emitBytes = async (bytes: Uint8Array, emit: (part: { bytes: Uint8Array }) => Promise<void>): Promise<void> => {
  for (let start = 0; start < bytes.length; start += PART_BYTES) await emit({ bytes: bytes.subarray(start, start + PART_BYTES) });
};
