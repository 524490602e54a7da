import { server } from './server.mts'

// #region graceful
process.on('SIGTERM', () => {
  // No new connections. What is in flight is finished; then nothing keeps the process alive,
  server.close()
  // not even a connection that its reader keeps for the next request: by default, for some six seconds.
  server.keepAliveTimeout = 1
})
// #endregion graceful
