import type { Bug } from '../nginx/planted-bugs.ts'

/** Mistakes that a textbook, or a tired author, makes. */
export const frameBugs: readonly Bug[] = [
  {
    name: 'the director lets a packet live as long as before',
    file: 'lvs/director.ts',
    find: 'const handed = routed(packet)',
    replace: 'const handed = packet',
  },
  {
    name: 'NAT forgets the port',
    file: 'lvs/director.ts',
    find: ', destinationPort: serverPort }',
    replace: ' }',
  },
  {
    name: 'direct routing rewrites the address, too',
    file: 'lvs/director.ts',
    find: "trace.send('director', server, 'lan', handed, 'readdresses')",
    replace:
      "trace.send('director', server, 'lan', { ...handed, destination: real }, 'readdresses')",
  },
  {
    name: 'the tunnel’s envelope is sent by the client',
    file: 'lvs/director.ts',
    find: 'source: director.address',
    replace: 'source: packet.source',
  },
  {
    name: 'the envelope begins with 64 hops to live',
    file: 'lvs/director.ts',
    find: 'ttl: handed.ttl }',
    replace: 'ttl: 64 }',
  },
  {
    name: 'the router takes from the inner packet’s hops, not the envelope’s',
    file: 'lvs/director.ts',
    find: '{ ...handed, outer: { ...outer, ttl: outer.ttl - 1 } }',
    replace: '{ ...routed(handed), outer }',
  },
  {
    name: 'NAT answers go round the director',
    file: 'lvs/journey.ts',
    find: "setup.mode === 'nat' && !setup",
    replace: "setup.mode === 'nat' && setup",
  },
  {
    name: 'direct routing answers come back through the director',
    file: 'lvs/journey.ts',
    find: "setup.mode === 'nat' && !setup.faults.includes('wrong-gateway')",
    replace:
      "(setup.mode === 'nat' && !setup.faults.includes('wrong-gateway')) || setup.mode === 'direct-routing'",
  },
  {
    name: 'the answer keeps the server’s own port',
    file: 'lvs/journey.ts',
    find: ', sourcePort: virtual.port }',
    replace: ' }',
  },
  {
    name: 'the client takes an answer from anybody',
    file: 'lvs/journey.ts',
    find: "  trace.send('client', 'router', 'internet', reset, 'resets')\n",
    replace: '',
  },
  {
    name: 'a server without the virtual IP answers nevertheless',
    file: 'lvs/journey.ts',
    find: "if (faults.includes('no-virtual-address')) return 'not-mine'",
    replace: '',
  },
  {
    name: 'rp_filter lets the tunnel’s packets in',
    file: 'lvs/journey.ts',
    find: "faults.includes('reverse-path-check') ? 'reverse-path' : undefined",
    replace: "faults.includes('reverse-path-check') ? undefined : undefined",
  },
  {
    name: 'direct routing reaches the mapped port',
    file: 'lvs/journey.ts',
    find: 'arrived.destinationPort === setup.serverPort',
    replace: 'arrived.destinationPort > 0',
  },
  {
    name: 'the servers never answer ARP for the virtual IP',
    file: 'lvs/arp.ts',
    find: "|| !faults.includes('no-arp-ignore')",
    replace: '|| true',
  },
  {
    name: 'a server asks for its router in its own name, always',
    file: 'lvs/arp.ts',
    find: '{ ...seeks, senderAddress: source,',
    replace: '{ ...seeks,',
  },
  {
    name: 'the router does not believe a question',
    file: 'lvs/arp.ts',
    find: '{ holder: server, knowRouter }',
    replace: '{ ...arp, knowRouter }',
  },
  {
    name: 'a server at another site does not know its router',
    file: 'lvs/arp.ts',
    find: "setup.mode === 'tunnel' || source",
    replace: 'source',
  },
  {
    name: 'who has answered the router asks for it nevertheless',
    file: 'lvs/arp.ts',
    find: '[...arp.knowRouter, ...servers]',
    replace: '[...arp.knowRouter]',
  },
  {
    name: 'the router asks anew for every connection',
    file: 'lvs/arp.ts',
    find: 'if (arp.holder) return { frames: [], arp }',
    replace: '',
  },
  {
    name: 'round robin begins with the server that was added first',
    file: 'lvs/service.ts',
    find: '[{ name, weight, active: 0, inactive: 0 }, ...service.servers]',
    replace: '[...service.servers, { name, weight, active: 0, inactive: 0 }]',
  },
]
