/** Raised whenever bridge, broker, gateway or terminal of one version could misunderstand those of another. */
export const PROTOCOL = 1

/** The longest message of the broker's own protocol; longer ones end the connection. In bytes, a line each. */
export const MAX_FRAME_BYTES = 1024 * 1024
