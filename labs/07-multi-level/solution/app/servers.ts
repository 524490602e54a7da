/** `redis://near1,near2`: the names in it. NEAR_URL has the groups, REDIS_URL the master and its copy. */
export const namesIn = (url = ''): readonly string[] =>
  url
    .replace(/^redis:\/\//, '')
    .split(',')
    .filter(Boolean)
