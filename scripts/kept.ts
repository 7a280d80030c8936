/** Loaded before a program that `npm start` keeps alive: it leads a session of its own, so it is told when the one that keeps it is gone. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
