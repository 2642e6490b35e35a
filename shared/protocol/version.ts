/** Raised whenever bridge, broker, gateway or terminal of one version could misunderstand those of another. */
export const PROTOCOL = 1

/** The longest message of the broker's own protocol; longer ones end the connection. In bytes, a line each. */
export const MAX_FRAME_BYTES = 1024 * 1024

/** The longest line of a client that a gateway reads: at most 4 MB of the client's own, written anew. */
export const MAX_CLIENT_LINE_BYTES = 5 * 1024 * 1024
