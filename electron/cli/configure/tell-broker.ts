import { connectBroker } from '../../broker/broker-client.ts'

/** A broker that runs gives its gateways the new account with their next call. */
export function tellBroker(variables: Record<string, string | undefined>) {
  return async (integration: string): Promise<void> => {
    const client = await connectBroker({ variables, interactive: false })
    if (client === undefined) return
    try {
      await client.broker.integrationChanged({ integration })
    } finally {
      client.close()
    }
  }
}
