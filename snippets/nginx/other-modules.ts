/**
 * Directives of well-known modules that are not nginx's own, as far as they have no say in who answers.
 * Without the module nginx refuses them; whoever has one in their configuration has the module, too.
 */
const names =
  /^(?:brotli|brotli_\w+|zstd|zstd_\w+|more_(?:set|clear)_(?:input_)?headers|modsecurity|modsecurity_\w+|vhost_traffic_status\w*|passenger_\w+|pagespeed|fancyindex\w*|geoip2|geoip2_\w+)$/

export const isOfOtherModule = (name: string): boolean => names.test(name)
