/** Recorded from AWS for a bad one: "Invalid HttpMethod specified. Valid options are …". */
export const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY'] as const

export function isMethod(word: string): word is (typeof methods)[number] {
  return (methods as readonly string[]).includes(word)
}
