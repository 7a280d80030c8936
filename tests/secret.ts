/** One secret for all tests: cards are read and packets were sealed with it, and a demonstration that one part loaded serves another. */
export const SECRET = 'petaguru-e2e-secret-0123456789'
