/** Reads one workbook in a process of its own and tells the most memory (bytes) that it held meanwhile. */
import { readGrid } from '@/lib/platform/sheet'

process.on('message', (bytes) => {
  void readGrid(Buffer.from(bytes as Uint8Array)).then(() => process.send!(process.resourceUsage().maxRSS * 1024))
})
