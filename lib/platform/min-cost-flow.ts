/**
 * Assignment of supplies to a sink at the least total cost: successive shortest paths with potentials (Ahuja, Magnanti &
 * Orlin 1993, ch. 9). Costs are whole numbers of at least 0, so that nothing is lost to rounding.
 */
export class Network {
  private readonly head: number[] = []
  private readonly to: number[] = []
  private readonly cost: number[] = []
  private readonly room: number[] = []
  private readonly next: number[] = []
  private potential = new Float64Array(0)

  constructor(readonly nodes: number) {
    for (let i = 0; i < nodes; i++) this.head.push(-1)
  }

  /** Adds an arc and its reverse; answers the arc's number. */
  arc(from: number, to: number, capacity: number, cost: number): number {
    if (!Number.isInteger(cost) || cost < 0) throw new Error(`A cost of ${cost} is not a whole number of at least 0.`)
    const id = this.to.length
    this.push(from, to, capacity, cost)
    this.push(to, from, 0, -cost)
    return id
  }

  private push(from: number, to: number, capacity: number, cost: number): void {
    this.next.push(this.head[from]!)
    this.head[from] = this.to.length
    this.to.push(to)
    this.room.push(capacity)
    this.cost.push(cost)
  }

  /** Whether one unit runs through an arc of capacity 1. */
  used = (arc: number): boolean => this.room[arc] === 0

  /** Reduced cost that a further arc would have now; below 0 it would improve the solution. */
  reduced = (from: number, to: number, cost: number): number => cost + this.potential[from]! - this.potential[to]!

  /** Sends one unit from every source to `sink`; every source must be able to reach it. Answers the total cost. */
  solve(sources: readonly number[], sink: number): number {
    this.potential = new Float64Array(this.nodes)
    const distance = new Float64Array(this.nodes).fill(Infinity)
    const via = new Int32Array(this.nodes).fill(-1)
    const done = new Uint8Array(this.nodes)
    const touched: number[] = []
    const heap = new Heap()
    let total = 0
    for (const source of sources) {
      distance[source] = 0
      touched.push(source)
      heap.add(source, 0)
      while (heap.size > 0) {
        const [u, d] = heap.take()
        if (done[u] || d > distance[u]!) continue
        done[u] = 1
        if (u === sink) break
        for (let a = this.head[u]!; a >= 0; a = this.next[a]!) {
          const v = this.to[a]!
          if (this.room[a] === 0 || done[v]) continue
          const through = d + this.cost[a]! + this.potential[u]! - this.potential[v]!
          if (through < distance[v]!) {
            if (distance[v] === Infinity) touched.push(v)
            distance[v] = through
            via[v] = a
            heap.add(v, through)
          }
        }
      }
      const end = distance[sink]!
      if (end === Infinity) throw new Error('A source cannot reach the sink.')
      for (const v of touched) if (done[v] && distance[v]! < end) this.potential[v]! += distance[v]! - end
      for (let v = sink; v !== source;) {
        const a = via[v]!
        this.room[a]!--
        this.room[a ^ 1]!++
        total += this.cost[a]!
        v = this.to[a ^ 1]!
      }
      for (const v of touched) {
        distance[v] = Infinity
        done[v] = 0
        via[v] = -1
      }
      touched.length = 0
      heap.clear()
    }
    return total
  }
}

/** A binary heap of (node, key); a node may stand in it more than once. */
class Heap {
  private readonly nodes: number[] = []
  private readonly keys: number[] = []

  get size(): number {
    return this.nodes.length
  }
  clear(): void {
    this.nodes.length = 0
    this.keys.length = 0
  }
  add(node: number, key: number): void {
    let i = this.nodes.length
    this.nodes.push(node)
    this.keys.push(key)
    for (; i > 0;) {
      const up = (i - 1) >> 1
      if (this.keys[up]! <= key) break
      this.nodes[i] = this.nodes[up]!
      this.keys[i] = this.keys[up]!
      i = up
    }
    this.nodes[i] = node
    this.keys[i] = key
  }
  take(): [number, number] {
    const top: [number, number] = [this.nodes[0]!, this.keys[0]!]
    const node = this.nodes.pop()!
    const key = this.keys.pop()!
    const n = this.nodes.length
    if (n > 0) {
      let i = 0
      for (;;) {
        let down = 2 * i + 1
        if (down >= n) break
        if (down + 1 < n && this.keys[down + 1]! < this.keys[down]!) down++
        if (this.keys[down]! >= key) break
        this.nodes[i] = this.nodes[down]!
        this.keys[i] = this.keys[down]!
        i = down
      }
      this.nodes[i] = node
      this.keys[i] = key
    }
    return top
  }
}
