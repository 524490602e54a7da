/** Where the dev server tells of the labs of this machine: server-sent events, one stream for all tabs. */
export const livePath = '/__four-tiers/live'
