/**
 * Solves A·x = b for a small symmetric positive definite A (row-major, P × P) by Cholesky; inner loops call it a hundred
 * thousand times on 2 × 2 to 6 × 6. A matrix that is not positive definite gets a ridge, so that the step still climbs;
 * one that holds no numbers gets a step of zero.
 */
export function solveSymmetric(A: Float64Array, b: Float64Array): Float64Array {
  const P = b.length
  let trace = 0
  for (let r = 0; r < P; r++) trace += Math.abs(A[r * P + r]!)
  for (let ridge = 0; ; ridge = ridge ? ridge * 10 : 1e-8 * (trace / P + 1e-8)) {
    const L = cholesky(A, P, ridge)
    if (L) return substitute(L, b)
    if (!(ridge < 1e12 * (trace + 1))) return new Float64Array(P)
  }
}

function cholesky(A: Float64Array, P: number, ridge: number): Float64Array | null {
  const L = new Float64Array(P * P)
  for (let r = 0; r < P; r++) {
    for (let c = 0; c <= r; c++) {
      let sum = A[r * P + c]! + (r === c ? ridge : 0)
      for (let k = 0; k < c; k++) sum -= L[r * P + k]! * L[c * P + k]!
      if (r !== c) L[r * P + c] = sum / L[c * P + c]!
      else if (sum > 1e-14 * (Math.abs(A[r * P + r]!) + ridge)) L[r * P + r] = Math.sqrt(sum)
      else return null
    }
  }
  return L
}

function substitute(L: Float64Array, b: Float64Array): Float64Array {
  const P = b.length
  const x = Float64Array.from(b)
  for (let r = 0; r < P; r++) {
    for (let k = 0; k < r; k++) x[r]! -= L[r * P + k]! * x[k]!
    x[r]! /= L[r * P + r]!
  }
  for (let r = P - 1; r >= 0; r--) {
    for (let k = r + 1; k < P; k++) x[r]! -= L[k * P + r]! * x[k]!
    x[r]! /= L[r * P + r]!
  }
  return x
}
