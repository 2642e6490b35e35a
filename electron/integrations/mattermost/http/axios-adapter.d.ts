/** axios's own transport for Node, without the merging and transforming around it. */
declare module 'axios/unsafe/adapters/http.js' {
  import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios'

  const httpAdapter: (
    config: Omit<InternalAxiosRequestConfig, 'headers'> & { headers: Record<string, string> },
  ) => Promise<AxiosResponse<Buffer>>
  export default httpAdapter
}
