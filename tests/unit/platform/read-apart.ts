/** Reads one workbook in a process of its own and tells the most memory (bytes) that it held meanwhile. */
import { readSheets } from '@/lib/platform/sheet'

process.on('message', (bytes) => {
  void readSheets(Buffer.from(bytes as Uint8Array), { dates: 'iso' }).then(() => process.send!(process.resourceUsage().maxRSS * 1024))
})
