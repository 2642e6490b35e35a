/** An event as Electron gives it to listeners, with whatever it tells. */
export type HostEvent<Parts extends object = object> = Parts & {
  preventDefault(): void
  readonly defaultPrevented: boolean
}

/** @param parts what the event tells */
export function makeEvent<Parts extends object>(parts?: Parts): HostEvent<Parts> {
  let prevented = false
  const event = Object.create(null, Object.getOwnPropertyDescriptors(parts ?? {}))
  Object.defineProperty(event, 'defaultPrevented', { get: () => prevented })
  event.preventDefault = () => {
    prevented = true
  }
  return event
}
