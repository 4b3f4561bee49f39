import { type Network } from './network.ts'

/** A merchant's own programme: its own address with one parameter, whose name the account says. */
export const direct: Network = {
  id: 'direct',
  name: 'Merchant’s own programme',
  kind: 'client-buildable',
  forms: [],
  template: '+{parameter}={ref}',
}
