export declare function withLiveLine<T>(
  what: string,
  work: () => Promise<T>,
  detail?: () => string,
): Promise<T>
